import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, IsNull, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

const LIFETIME_MS = 24 * 60 * 60_000;
const REMOVED_EVERY_MS = 60 * 60_000;

export interface KeyedRequest {
  readonly caller: string;
  readonly key: string;
  /** Of method, path and body. The same key with another hash is an error of the caller. */
  readonly requestHash: string;
}

export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
}

export interface EarlierRequest {
  readonly requestHash: string;
  readonly resourceId: string;
  /** Null: the process ended before it answered. */
  readonly answer: StoredAnswer | null;
}

/** Keys expire after 24 hours. */
@Injectable()
export class IdempotencyStore {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async find(request: KeyedRequest, manager: EntityManager = this.database.manager): Promise<EarlierRequest | null> {
    const { caller, key } = request;
    const row = await manager.findOneBy(IdempotencyKey, { caller, key, expires_at: MoreThan(this.clock.now()) });
    return row ? toEarlierRequest(row) : null;
  }

  /** Locks the key until the transaction ends. @returns false when another transaction holds it. */
  async tryLock(request: KeyedRequest, manager: EntityManager): Promise<boolean> {
    const [row] = await manager.query<{ locked: boolean }[]>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked`,
      [`conclave:idempotency:${request.caller}:${request.key}`],
    );
    return row!.locked;
  }

  /** Records the created resource, in place of an expired row. The key must be locked. */
  async insert(request: KeyedRequest, resourceId: string, manager: EntityManager): Promise<void> {
    const { caller, key, requestHash } = request;
    const row = {
      caller,
      key,
      request_hash: requestHash,
      resource_id: resourceId,
      expires_at: new Date(this.clock.now().getTime() + LIFETIME_MS),
      answer_status: null,
      answer_headers: null,
      answer_body: null,
    };
    await manager.upsert(IdempotencyKey, row, ['caller', 'key']);
  }

  /** Stores the answer, unless one is stored. */
  async storeAnswer(request: KeyedRequest, answer: StoredAnswer): Promise<void> {
    const { caller, key } = request;
    await this.database.manager.update(
      IdempotencyKey,
      { caller, key, answer_status: IsNull() },
      { answer_status: answer.status, answer_headers: answer.headers, answer_body: answer.body },
    );
  }

  @Interval(REMOVED_EVERY_MS)
  async removeExpired(): Promise<void> {
    await this.database.manager.delete(IdempotencyKey, { expires_at: LessThanOrEqual(this.clock.now()) });
  }
}

function toEarlierRequest(row: IdempotencyKey): EarlierRequest {
  const { answer_status: status, answer_headers: headers, answer_body: body } = row;
  const answer = status === null || body === null ? null : { status, headers: headers ?? {}, body };
  return { requestHash: row.request_hash, resourceId: row.resource_id, answer };
}
