import { Inject, Injectable, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { traceIdOf } from '../../platform/http/request-log.js';
import type { SignedInUser } from '../access.js';
import { AuditEntry } from './audit-entry.entity.js';

export interface AuditRecord {
  /** Null: not signed in (a failed sign-in), or the program itself. */
  readonly actor: Pick<SignedInUser, 'id' | 'email'> | null;
  readonly action: AuditAction;
  readonly target_type: AuditTarget;
  readonly target_id: string;
  /** Only the changed fields. Secrets are masked here. */
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
   * Adds an entry. Pass the manager of the transaction that makes the change, so that both are committed or neither. A
   * second call writes a second entry.
   */
  async record(entry: AuditRecord, manager: EntityManager = this.dataSource.manager): Promise<void> {
    await this.recordAll([entry], manager);
  }

  /** The same for many entries, in one statement. */
  async recordAll(entries: readonly AuditRecord[], manager: EntityManager): Promise<void> {
    await manager.insert(
      AuditEntry,
      entries.map((entry) => ({
        occurred_at: this.clock.now(),
        actor_id: entry.actor?.id ?? null,
        actor_email: entry.actor?.email ?? null,
        action: entry.action,
        target_type: entry.target_type,
        target_id: entry.target_id.slice(0, 200),
        before: entry.before ? masked(entry.before) : null,
        after: entry.after ? masked(entry.after) : null,
        trace_id: entry.trace_id ?? null,
      })),
    );
  }
}

function masked(fields: Readonly<Record<string, unknown>>): Record<string, never> {
  // TypeORM types the values of a jsonb column as partial entities; this one holds any JSON.
  return maskSecrets(fields) as Record<string, never>;
}

const SECRET_NAME = /password|secret|token|api_?key|private_?key|authorization/i;
/** Token limits of language models are not secret, and they decide about costs. */
const NO_SECRET = /^llm_answer_tokens$/;
/** Replaces a value; the log still shows that one was set or removed. */
const MASK = '[hidden]';

/**
 * A copy in which every value under a secret-sounding name is {@link MASK}, at any depth. `null` and booleans stay
 * (`has_secret: true` reveals nothing), so that "was set" and "was removed" can be told apart.
 */
export function maskSecrets(value: unknown, name = ''): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
  if (SECRET_NAME.test(name) && !NO_SECRET.test(name)) return MASK;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((entry) => maskSecrets(entry, name));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, maskSecrets(entry, key)]));
}

/** All actions of the audit log, `<object>.<what happened>`, in the order in which readers search for them. */
export const AUDIT_ACTIONS = [
  'instance.created',
  'instance.changed',
  'instance.archived',
  'definition.created',
  'definition.changed',
  'run.requested',
  'agent.changed',
  'tool.changed',
  'api.changed',
  'api_keys.rotated',
  'user.registered',
  'user.created',
  'user.changed',
  'user.password_refused',
  'session.opened',
  'session.closed',
  'session.revoked',
  'session.refused',
  'session.blocked',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_TARGETS = ['strategy', 'strategy_definition', 'agent', 'tool', 'api', 'user'] as const;
type AuditTarget = (typeof AUDIT_TARGETS)[number];

/** Who made a request, and its trace id: the audit log adds both to a change. */
export interface RequestOrigin {
  readonly actor: SignedInUser | null;
  readonly trace_id: string;
}

/** `@RequestedBy() by: RequestOrigin`: spread it into `AuditLogService.record`. */
export const RequestedBy = createParamDecorator((_data: unknown, context: ExecutionContext): RequestOrigin => {
  const request = context.switchToHttp().getRequest<{ user?: SignedInUser }>();
  return { actor: request.user ?? null, trace_id: traceIdOf(request) };
});
