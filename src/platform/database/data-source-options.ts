import type { DataSourceOptions, MixedList } from 'typeorm';

type ClassList = MixedList<new (...args: never[]) => object>;

/** Name under which our connections are seen in `pg_stat_activity`. */
const APPLICATION_NAME = 'conclave';

/** A statement that runs longer than this is a defect or an attack, not work. */
const STATEMENT_TIMEOUT_MS = 30_000;

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: ClassList;
  readonly migrations: ClassList;
  /** Connections of the pool; 10 unless told. */
  readonly poolSize?: number;
  /** Called when an idle connection breaks; the pool replaces it. */
  readonly onConnectionError?: (error: Error) => void;
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
    poolSize: options.poolSize ?? 10,
    poolErrorHandler: options.onConnectionError ?? (() => undefined),
    connectTimeoutMS: 10_000,
    applicationName: APPLICATION_NAME,
    extra: { statement_timeout: STATEMENT_TIMEOUT_MS, keepAlive: true },
  };
}
