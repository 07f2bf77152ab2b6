import { Client } from 'pg';
import { EmbeddedServer } from './platform/embedded-postgres/embedded-server.js';
import type { Environment } from './platform/config/environment.js';
import { appUrlOf, ensureAppRole } from './platform/database/app-role.js';
import { StartError } from './platform/config/start-error.js';
import { STATEMENT_TIMEOUT_MS } from './platform/database/data-source-options.js';

/** What PgBouncer says about a setting of a session, unless it was told to ignore it. */
const POOLER_REFUSAL = 'unsupported startup parameter';

/** The PostgreSQL server that this process works with. */
export interface DatabaseServer {
  /** Signs in as the role that the program works under. */
  readonly url: string;
  /** Signs in as the owner of the tables: for migrations and the operator's commands. May be the same. */
  readonly ownerUrl: string;
  /** Lets go of it; the embedded server stops when nobody else uses it. */
  release(): Promise<void>;
}

/**
 * The server of DATABASE_URL, or the embedded one, started when it does not run.
 * @throws StartError when it cannot be reached or started.
 */
export async function openDatabaseServer(environment: Environment): Promise<DatabaseServer> {
  if (environment.DATABASE_URL !== undefined) {
    const { DATABASE_URL: url, DATABASE_MIGRATION_URL: ownerUrl = url } = environment;
    await tryServer(ownerUrl, ownerUrl === url ? 'DATABASE_URL' : 'DATABASE_MIGRATION_URL');
    return { url, ownerUrl, release: async () => undefined };
  }
  const server = new EmbeddedServer({ dataDir: environment.DATA_DIR });
  const ownerUrl = await server.start();
  try {
    await ensureAppRole(ownerUrl);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: appUrlOf(ownerUrl), ownerUrl, release: () => server.stop() };
}

/**
 * @param setting names the connection string in the error.
 * @throws StartError when the server refuses, and when a pooler stands in front of it.
 */
export async function tryServer(url: string, setting: string): Promise<void> {
  const { host } = new URL(url);
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const limit = await client.query<{ setting: string }>(
      `SELECT setting FROM pg_settings WHERE name = 'statement_timeout'`,
    );
    if (limit.rows[0]?.setting !== String(STATEMENT_TIMEOUT_MS)) throw new Error(POOLER_REFUSAL);
  } catch (cause) {
    const detail = (cause as Error).message || (cause as { code?: string }).code || 'no answer';
    const pooler = detail.startsWith(POOLER_REFUSAL);
    const message = pooler
      ? `The database at ${host} (${setting}) is behind a pooler such as PgBouncer, which drops the time limits of a session ` +
        'and what the job queue listens to. Give the address of the server itself.'
      : `The database at ${host} (${setting}) refuses: ${detail}`;
    throw Object.assign(new StartError(message), { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}
