import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Clock } from '../../domain/clock.js';
import { CLOCK } from '../../platform/clock/clock.token.js';
import { cursorOf, pageOf } from '../../platform/http/cursor.js';
import type { CursorPage } from '../../platform/http/paging.js';
import type { SignedInUser } from '../access.js';
import { AuditEntry } from './audit-entry.entity.js';
import { maskSecrets } from './mask-secrets.js';

/** Its name in cursors. */
const LIST = 'audit-log';

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

/** Which lines to list; what is left out lets everything through. */
export interface AuditFilter {
  readonly action?: string;
  /** Id or e-mail address of who did it. */
  readonly actor?: string;
  readonly targetType?: string;
  /** Id or name of what it was done to. */
  readonly target?: string;
  readonly from?: Date;
  /** Not included. */
  readonly to?: Date;
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
  async list(filter: AuditFilter, page: { limit: number; cursor?: string }): Promise<CursorPage<AuditEntry>> {
    const before = cursorOf(LIST, page.cursor, 'bigint');
    const query = this.dataSource.getRepository(AuditEntry).createQueryBuilder('entry');
    if (before !== null) query.andWhere('entry.id < :before', { before });
    for (const [condition, values] of conditionsOf(filter)) query.andWhere(condition, values);
    const entries = await query
      .orderBy('entry.id', 'DESC')
      .limit(page.limit + 1)
      .getMany();
    return pageOf(
      LIST,
      entries,
      page.limit,
      (entry) => entry,
      (entry) => entry.id,
    );
  }
}

function conditionsOf(filter: AuditFilter): [condition: string, values: Record<string, unknown>][] {
  const { action, actor, targetType, target, from, to } = filter;
  const conditions: [string, Record<string, unknown> | null][] = [
    ['entry.action = :action', action === undefined ? null : { action }],
    // The id as text, so that an address can be compared with it.
    [
      '(entry.actorEmail = :actor OR CAST(entry.actorId AS text) = :actor)',
      actor === undefined ? null : { actor: actor.toLowerCase() },
    ],
    ['entry.targetType = :targetType', targetType === undefined ? null : { targetType }],
    ['entry.targetId = :target', target === undefined ? null : { target }],
    ['entry.occurredAt >= :from', from === undefined ? null : { from }],
    ['entry.occurredAt < :to', to === undefined ? null : { to }],
  ];
  return conditions.filter((condition): condition is [string, Record<string, unknown>] => condition[1] !== null);
}

function masked(fields: Readonly<Record<string, unknown>>): Record<string, never> {
  // TypeORM types the values of a jsonb column as partial entities; this one holds any JSON.
  return maskSecrets(fields) as Record<string, never>;
}
