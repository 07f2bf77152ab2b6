import type { DataSourceOptions, MixedList, DataSource } from 'typeorm';
import { PgClientWithDeadline } from './pg-client-with-deadline.js';

type ClassList = MixedList<new (...args: never[]) => object>;

/** Name under which our connections are seen in `pg_stat_activity`. */
export const APPLICATION_NAME = 'conclave';

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: ClassList;
  readonly migrations: ClassList;
  /** Connections of the pool; 10 unless told. */
  readonly poolSize?: number;
  /** Called when an idle connection breaks; the pool replaces it. */
  readonly onConnectionError?: (error: Error) => void;
  /** True for a process that serves. Migrations and the operator's commands take as long as they take. */
  readonly limited?: boolean;
}

/** Options of a TypeORM data source. The schema is changed by migrations only. */
export function dataSourceOptions(options: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url: options.url,
    entities: options.entities as never,
    migrations: options.migrations as never,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    // gen_random_uuid() is PostgreSQL's own since 13: there is no extension to install.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize: options.poolSize ?? 10,
    poolErrorHandler: options.onConnectionError ?? (() => undefined),
    connectTimeoutMS: 10_000,
    applicationName: APPLICATION_NAME,
    extra: options.limited ? SESSION_LIMITS : { keepAlive: true },
  };
}

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

/**
 * Ends sessions of this program that wait for their process in the middle of a statement for longer than a statement may
 * take: it was stopped while it sent a COPY, or while it read rows. The server's own limits do not reach them, as it obeys
 * those between two messages only, and the system of a stopped process goes on to answer for it; the locks of such a
 * session would be held until the process wakes up. When it does, it finds its connection lost and its work undone.
 * @returns how many were ended; a second call finds none.
 */
export async function endStuckSessions(dataSource: DataSource, stuckForMs = STATEMENT_TIMEOUT_MS): Promise<number> {
  const [row] = await dataSource.query<{ ended: number }[]>(
    `SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))::integer AS ended FROM pg_stat_activity
     WHERE datname = current_database() AND usename = current_user AND application_name = $1
       AND state = 'active' AND wait_event_type = 'Client'
       AND query_start < clock_timestamp() - $2 * interval '1 millisecond'`,
    [APPLICATION_NAME, stuckForMs],
  );
  return row?.ended ?? 0;
}
