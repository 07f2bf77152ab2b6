import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { ADVISORY_LOCK } from '../platform/database/advisory-locks.js';

const PREFIX = 'conclave_replay_';

/** A database of its own for one replay. */
export interface ReplayDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * Makes an empty database on the server; removes those that killed replays left behind. It gives up the wait for
 * the disk at each commit: what a replay loses in a crash is computed again.
 */
export async function createReplayDatabase(serverUrl: string): Promise<ReplayDatabase> {
  const name = `${PREFIX}${randomBytes(6).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  // Says for the whole time that somebody works with it: a replay that starts meanwhile leaves it alone.
  const presence = new Client({ connectionString: url.toString() });
  presence.on('error', () => undefined);
  await onServer(serverUrl, async (client) => {
    // Between CREATE and the first connection a database looks abandoned: the lock keeps others from looking then.
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK.replayDatabase]);
    const abandoned = await client.query<{ datname: string }>(
      `SELECT datname FROM pg_database d WHERE datname LIKE $1
         AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname)`,
      [`${PREFIX.replaceAll('_', '\\_')}%`],
    );
    for (const { datname } of abandoned.rows) await client.query(`DROP DATABASE IF EXISTS "${datname}"`);
    await client.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
    await client.query(`ALTER DATABASE "${name}" SET synchronous_commit = off`);
    await presence.connect();
  });
  return {
    url: url.toString(),
    async drop() {
      await presence.end();
      await onServer(serverUrl, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      });
    },
  };
}

async function onServer(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  // A broken connection shows in the next statement; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
