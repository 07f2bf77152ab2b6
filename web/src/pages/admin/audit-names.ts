/** Actions of the audit log, as the server writes them. */
export const ACTIONS = [
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
/** Target types of the audit log. */
export const TARGETS = ['strategy', 'strategy_definition', 'agent', 'tool', 'api', 'user'] as const;
