import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, type EntityManager } from 'typeorm';
import { type Clock, CLOCK } from '../../domain/clock.js';
const KEPT_MS = 24 * 60 * 60_000;
const REMOVED_EVERY_MS = 60 * 60_000;

/** A request that wants to count once. */
export interface KeyedRequest {
  readonly caller: string;
  readonly key: string;
  /** Of method, path and body: the same key with another hash is a mistake of the caller. */
  readonly requestHash: string;
}

/** An answer as it can be given again. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
}

/** What an earlier request with the same key has left. */
export interface EarlierRequest {
  readonly requestHash: string;
  readonly resourceId: string;
  /** Null: the process ended before it answered. */
  readonly answer: StoredAnswer | null;
}

interface Row {
  readonly request_hash: string;
  readonly resource_id: string;
  readonly answer_status: number | null;
  readonly answer_headers: Record<string, string> | null;
  readonly answer_body: string | null;
}

/** The statements on idempotency keys. A key counts for 24 hours. */
@Injectable()
export class IdempotencyStore {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async find(request: KeyedRequest, manager: EntityManager = this.database.manager): Promise<EarlierRequest | null> {
    const [row] = await manager.query<Row[]>(
      `SELECT request_hash, resource_id, answer_status, answer_headers, answer_body
       FROM idempotency_keys WHERE caller = $1 AND key = $2 AND expires_at > $3`,
      [request.caller, request.key, this.clock.now()],
    );
    return row ? toEarlierRequest(row) : null;
  }

  /** Takes the key until the transaction ends, however it ends. @returns false when another transaction has it. */
  async tryLock(request: KeyedRequest, manager: EntityManager): Promise<boolean> {
    const [row] = await manager.query<{ locked: boolean }[]>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked`,
      [`conclave:idempotency:${request.caller}:${request.key}`],
    );
    return row!.locked;
  }

  /** Notes what was made; a row that has run out gives way. The key must be locked. */
  async insert(request: KeyedRequest, resourceId: string, manager: EntityManager): Promise<void> {
    const expiresAt = new Date(this.clock.now().getTime() + KEPT_MS);
    await manager.query(
      `INSERT INTO idempotency_keys (caller, key, request_hash, resource_id, expires_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (caller, key) DO UPDATE
       SET request_hash = $3, resource_id = $4, expires_at = $5,
         answer_status = NULL, answer_headers = NULL, answer_body = NULL`,
      [request.caller, request.key, request.requestHash, resourceId, expiresAt],
    );
  }

  /** Keeps the answer, unless there is one. */
  async storeAnswer(request: KeyedRequest, answer: StoredAnswer): Promise<void> {
    await this.database.query(
      `UPDATE idempotency_keys SET answer_status = $3, answer_headers = $4::jsonb, answer_body = $5
       WHERE caller = $1 AND key = $2 AND answer_status IS NULL`,
      [request.caller, request.key, answer.status, JSON.stringify(answer.headers), answer.body],
    );
  }

  @Interval(REMOVED_EVERY_MS)
  async removeExpired(): Promise<void> {
    await this.database.query(`DELETE FROM idempotency_keys WHERE expires_at <= $1`, [this.clock.now()]);
  }
}

function toEarlierRequest(row: Row): EarlierRequest {
  const { answer_status: status, answer_headers: headers, answer_body: body } = row;
  const answer = status === null || body === null ? null : { status, headers: headers ?? {}, body };
  return { requestHash: row.request_hash, resourceId: row.resource_id, answer };
}
