import { PgClientWithDeadline } from './pg-client-with-deadline.js';

/** A statement that runs longer than this is a defect or an attack, not work. */
export const STATEMENT_TIMEOUT_MS = 15_000;

/**
 * How long a transaction may wait for its own program. A process that was stopped, or whose machine is gone, holds
 * locks that others wait for: the server ends its session, and they go on.
 */
export const IDLE_IN_TRANSACTION_MS = 20_000;

const CONNECT_WITHIN_MS = 10_000;

/**
 * A connection is dear: the server starts a process for it, which reads the catalogue anew for its first statements.
 * Closed after every lull of seconds, they would all be opened again by the next burst, while people wait.
 */
const IDLE_MS = 300_000;

/** Probes of the server towards us, so that it notices a machine that is gone: after 10 s of silence, for 15 s. */
const SERVER_PROBES = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/**
 * Settings of every connection of a running process, the queue's too: neither end waits for the other for ever. With
 * them a process is back within half a minute after its connections have been cut, whether or not anybody said so.
 */
export const SESSION_LIMITS = {
  Client: PgClientWithDeadline,
  connectionTimeoutMillis: CONNECT_WITHIN_MS,
  idleTimeoutMillis: IDLE_MS,
  statement_timeout: STATEMENT_TIMEOUT_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  options: SERVER_PROBES,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const;
