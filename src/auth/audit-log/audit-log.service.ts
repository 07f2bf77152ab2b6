import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Clock } from '../../domain/clock.js';
import { CLOCK } from '../../platform/clock/clock.token.js';
import { MalformedRequest } from '../../platform/http/app-errors.js';
import type { CursorPage } from '../../platform/http/paging.js';
import type { SignedInUser } from '../access.js';
import { AuditEntry } from './audit-entry.entity.js';
import { maskSecrets } from './mask-secrets.js';

/** One line of the log, as its writer gives it. */
export interface AuditRecord {
  /** Null: nobody is signed in (a failed sign-in), or the program itself acts. */
  readonly actor: Pick<SignedInUser, 'id' | 'email'> | null;
  /** `<thing>.<what happened>`, such as `api.changed`. */
  readonly action: string;
  readonly target_type: string;
  readonly target_id: string;
  /** Only the fields that changed; secrets are masked here, whatever is handed in. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly trace_id?: string;
}

@Injectable()
export class AuditLogService {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Adds a line. Hand in the manager of the transaction that makes the change, so that neither is there
   * without the other. Called twice it writes two lines.
   */
  async record(entry: AuditRecord, manager: EntityManager = this.dataSource.manager): Promise<void> {
    await manager.insert(AuditEntry, {
      occurredAt: this.clock.now(),
      actorId: entry.actor?.id ?? null,
      actorEmail: entry.actor?.email ?? null,
      action: entry.action,
      targetType: entry.target_type,
      targetId: entry.target_id.slice(0, 200),
      before: entry.before ? masked(entry.before) : null,
      after: entry.after ? masked(entry.after) : null,
      traceId: entry.trace_id ?? null,
    });
  }

  /**
   * The log, newest first.
   * @throws MalformedRequest (400 `bad_cursor`) for a cursor that is none of ours.
   */
  async list(query: { limit: number; cursor?: string }): Promise<CursorPage<AuditEntry>> {
    const before = cursorOf(query.cursor);
    const entries = await this.dataSource
      .getRepository(AuditEntry)
      .createQueryBuilder('entry')
      .where(before === null ? 'true' : 'entry.id < :before', { before })
      .orderBy('entry.id', 'DESC')
      .limit(query.limit + 1)
      .getMany();
    const items = entries.slice(0, query.limit);
    const last = items.at(-1);
    return { items, next_cursor: entries.length > query.limit && last ? last.id : null };
  }
}

function masked(fields: Readonly<Record<string, unknown>>): Record<string, never> {
  // TypeORM types the values of a jsonb column as partial entities; this one holds any JSON.
  return maskSecrets(fields) as Record<string, never>;
}

/** The id of the last entry of the page before. 18 digits fit a bigint. */
function cursorOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  if (/^\d{1,18}$/.test(cursor)) return cursor;
  throw new MalformedRequest('bad_cursor', 'Send the next_cursor of the page before, as it is.', [
    { pointer: '/cursor', code: 'bad_cursor', message: 'This is no cursor of this list.' },
  ]);
}
