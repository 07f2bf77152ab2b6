import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Clock } from '../../domain/clock.js';
import { CLOCK } from '../../platform/clock/clock.token.js';
import type { SignedInUser } from '../access.js';
import { AuditEntry } from './audit-entry.entity.js';
import type { AuditAction, AuditTarget } from './audit-names.js';
import { maskSecrets } from './mask-secrets.js';

/** One line of the log, as its writer gives it. */
export interface AuditRecord {
  /** Null: nobody is signed in (a failed sign-in), or the program itself acts. */
  readonly actor: Pick<SignedInUser, 'id' | 'email'> | null;
  readonly action: AuditAction;
  readonly target_type: AuditTarget;
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
      occurred_at: this.clock.now(),
      actor_id: entry.actor?.id ?? null,
      actor_email: entry.actor?.email ?? null,
      action: entry.action,
      target_type: entry.target_type,
      target_id: entry.target_id.slice(0, 200),
      before: entry.before ? masked(entry.before) : null,
      after: entry.after ? masked(entry.after) : null,
      trace_id: entry.trace_id ?? null,
    });
  }
}

function masked(fields: Readonly<Record<string, unknown>>): Record<string, never> {
  // TypeORM types the values of a jsonb column as partial entities; this one holds any JSON.
  return maskSecrets(fields) as Record<string, never>;
}
