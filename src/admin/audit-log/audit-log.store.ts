import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AuditEntry } from '../../auth/audit-log/audit-entry.entity.js';
import type { Row } from '../../platform/database/row.js';

/** A line of the log as it is shown. */
export type AuditRow = Row<AuditEntry>;

/** Which lines to list; null lets everything through. */
export interface AuditFilter {
  readonly action: string | null;
  readonly actorId: string | null;
  readonly actorEmail: string | null;
  readonly targetType: string | null;
  readonly targetId: string | null;
  readonly from: Date | null;
  /** Not included. */
  readonly to: Date | null;
}

/**
 * The statement by which the log is read. Every filter has an index in the order of the list, so that a page reads as
 * many rows as it shows, however long the log is.
 */
@Injectable()
export class AuditLogStore {
  constructor(private readonly database: DataSource) {}

  /** Newest first. @param before id of the last line of the page before: lines are never removed, so it is there. */
  async list(filter: AuditFilter, before: string | null, limit: number): Promise<AuditRow[]> {
    return this.database.query(
      `SELECT * FROM audit_log
       WHERE ($1::bigint IS NULL OR (occurred_at, id) < (SELECT last.occurred_at, last.id FROM audit_log last WHERE last.id = $1))
         AND ($3::text IS NULL OR action = $3)
         AND ($4::uuid IS NULL OR actor_id = $4) AND ($5::text IS NULL OR actor_email = $5)
         AND ($6::text IS NULL OR target_type = $6) AND ($7::text IS NULL OR target_id = $7)
         AND ($8::timestamptz IS NULL OR occurred_at >= $8) AND ($9::timestamptz IS NULL OR occurred_at < $9)
       ORDER BY occurred_at DESC, id DESC LIMIT $2`,
      [
        before,
        limit,
        filter.action,
        filter.actorId,
        filter.actorEmail,
        filter.targetType,
        filter.targetId,
        filter.from,
        filter.to,
      ],
    );
  }
}
