import type { DataSourceOptions, MixedList, DataSource } from 'typeorm';
import { PgClientWithDeadline } from './pg-client-with-deadline.js';

type ClassList = MixedList<new (...args: never[]) => object>;

/** Name of our connections in `pg_stat_activity`. */
export const APPLICATION_NAME = 'conclave';

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: ClassList;
  readonly migrations: ClassList;
  /** Connections of the pool. Default: 10. */
  readonly poolSize?: number;
  /** Called when an idle connection breaks; the pool replaces it. */
  readonly onConnectionError?: (error: Error) => void;
  /**
   * True for a process that serves: its statements have a time limit. Migrations and the operator's commands have none.
   */
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
    // gen_random_uuid() is built in since PostgreSQL 13, so no extension is installed.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolSize: options.poolSize ?? 10,
    poolErrorHandler: options.onConnectionError ?? (() => undefined),
    connectTimeoutMS: 10_000,
    applicationName: APPLICATION_NAME,
    extra: options.limited ? SESSION_LIMITS : { keepAlive: true },
  };
}

/** A statement that runs longer is a defect or an attack. */
export const STATEMENT_TIMEOUT_MS = 15_000;

/**
 * How long a transaction may be idle. A stopped process or a lost machine holds locks that others wait for; the server
 * ends its session and so releases them.
 */
export const IDLE_IN_TRANSACTION_MS = 20_000;

const CONNECT_WITHIN_MS = 10_000;

/**
 * The pool closes a connection after this idle time. A new one is expensive: the server starts a process for it, which
 * loads the catalogue. With a shorter time every burst would open all of them again, while users wait.
 */
const IDLE_MS = 300_000;

/** TCP probes by which the server notices a lost machine: after 10 s of silence, for 15 s. */
const SERVER_PROBES = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/**
 * Settings of every connection of a serving process, those of the queue included: neither end waits forever. A process
 * recovers within half a minute after its connections were cut, even when nothing reports the cut.
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
 * Ends sessions of this program that were in the middle of a statement for longer than a statement may take, because
 * their process was stopped while it sent a COPY or read rows. The server's own limits miss them: they apply between
 * messages, and the system of a stopped process still answers TCP probes. Such a session would hold its locks until the
 * process resumes. The process then finds its connection lost and its work rolled back.
 * @returns the number of sessions ended; a second call finds none.
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
