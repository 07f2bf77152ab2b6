/** All that is written into the audit log, `<thing>.<what happened>`; in the order in which a reader looks for it. */
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

/** What it is done to. */
export const AUDIT_TARGETS = ['strategy', 'strategy_definition', 'agent', 'tool', 'api', 'user'] as const;
export type AuditTarget = (typeof AUDIT_TARGETS)[number];
