import type { DataSourceOptions, MixedList } from 'typeorm';
import { SESSION_LIMITS } from './session-limits.js';

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
