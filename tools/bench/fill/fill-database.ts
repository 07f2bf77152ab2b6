import { Client } from 'pg';
import { PasswordsService } from '../../../src/auth/passwords.service.js';
import { HISTORY_STATEMENTS } from './history-statements.js';
import { INSTANCE_STATEMENTS } from './instance-statements.js';
import type { FillSizes } from './fill-sizes.js';
import { TRADE_STATEMENTS } from './trade-statements.js';

/** Everybody the bench makes signs in with it; they exist in a throw-away database only. */
export const BENCH_PASSWORD = 'only in a throw-away database';

/** A trader of the bench with instances of their own. */
export const BENCH_TRADER = 'bench-1@conclave.local';

/**
 * Fills a migrated and seeded database with traders, instances and their history, by one statement a table. All
 * invariants hold of what it makes; the reasons of decisions are of the right shape and size, but not computed.
 * For an empty database: a second call fails.
 * @param url needs the rights to create temporary tables; the statements take as long as they take.
 * @param progress is told of each statement when it is done.
 */
export async function fillDatabase(
  url: string,
  sizes: FillSizes,
  progress: (what: string, rows: number, milliseconds: number) => void,
): Promise<void> {
  const passwordHash = await new PasswordsService().hash(BENCH_PASSWORD);
  const client = new Client({ connectionString: url, application_name: 'conclave-bench' });
  // A broken connection shows in the next statement; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const { what, sql, values } of [...INSTANCE_STATEMENTS, ...HISTORY_STATEMENTS, ...TRADE_STATEMENTS]) {
      const started = performance.now();
      const { rowCount } = await client.query(sql, values?.({ ...sizes, passwordHash }));
      progress(what, rowCount ?? 0, performance.now() - started);
    }
    // What autovacuum would have done by and by: statistics, and the map that lets an index answer alone.
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}
