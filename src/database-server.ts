import { Client } from 'pg';
import { EmbeddedServer } from './platform/embedded-postgres/embedded-server.js';
import type { Environment } from './platform/config/environment.js';
import { appUrlOf, ensureAppRole } from './platform/database/app-role.js';
import { StartError } from './platform/config/start-error.js';

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

async function tryServer(url: string, setting: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (cause) {
    const { host } = new URL(url);
    const detail = (cause as Error).message || (cause as { code?: string }).code || 'no answer';
    throw Object.assign(new StartError(`The database at ${host} (${setting}) refuses: ${detail}`), { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}
