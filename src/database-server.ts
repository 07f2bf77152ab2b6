import { Client } from 'pg';
import { EmbeddedServer } from './platform/embedded-postgres/embedded-server.js';
import type { Environment } from './platform/config/environment.js';
import { appUrlOf, ensureAppRole } from './platform/database/app-role.js';
import { StartError } from './platform/config/start-error.js';
import { STATEMENT_TIMEOUT_MS } from './platform/database/data-source-options.js';

/** PgBouncer's error for a setting of a session that it is not told to ignore. */
const POOLER_REFUSAL = 'unsupported startup parameter';

export interface DatabaseServer {
  /** Connection string of the program's restricted role. */
  readonly url: string;
  /** Connection string of the owner of the tables, for migrations and the operator's commands. May equal `url`. */
  readonly ownerUrl: string;
  /** Stops the embedded server unless another process still uses it. Does nothing to an external server. */
  release(): Promise<void>;
}

/**
 * The server of DATABASE_URL, or the embedded one, which is started unless it is running.
 * @throws StartError when the server cannot be reached or started.
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
 * @param setting name of the connection string in the error.
 * @throws StartError when the server refuses, or a pooler stands in front of it.
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
    const { rows } = await client.query<{ statement_timeout: string }>('SHOW statement_timeout');
    if (rows[0]?.statement_timeout !== `${STATEMENT_TIMEOUT_MS / 1000}s`) throw new Error(POOLER_REFUSAL);
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
