import { Client } from 'pg';
import { EmbeddedServer } from './platform/embedded-postgres/embedded-server.js';
import type { Environment } from './platform/config/environment.js';
import { StartError } from './platform/config/start-error.js';

/** The PostgreSQL server that this process works with. */
export interface DatabaseServer {
  readonly url: string;
  /** Lets go of it; the embedded server stops when nobody else uses it. */
  release(): Promise<void>;
}

/**
 * The server of DATABASE_URL, or the embedded one, started when it does not run.
 * @throws StartError when it cannot be reached or started.
 */
export async function openDatabaseServer(environment: Environment): Promise<DatabaseServer> {
  if (environment.DATABASE_URL !== undefined) {
    await tryServer(environment.DATABASE_URL);
    return { url: environment.DATABASE_URL, release: async () => undefined };
  }
  const server = new EmbeddedServer({ dataDir: environment.DATA_DIR });
  return { url: await server.start(), release: () => server.stop() };
}

async function tryServer(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (cause) {
    const { host } = new URL(url);
    const detail = (cause as Error).message || (cause as { code?: string }).code || 'no answer';
    throw Object.assign(new StartError(`The database at ${host} (DATABASE_URL) refuses: ${detail}`), { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}
