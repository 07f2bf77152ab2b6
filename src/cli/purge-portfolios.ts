import { DataSource } from 'typeorm';
import { openDatabaseServer } from '../database-server.js';
import type { Environment } from '../platform/config/environment.js';
import { databaseOptions } from '../schema.js';
import { PortfolioPurge } from '../instances/portfolios/portfolio-purge.store.js';

/**
 * `conclave portfolios:purge`: counts, and with `--yes` removes, every portfolio and its dependent rows. Users stay.
 */
export async function run({ yes }: { readonly yes: boolean }, environment: Environment): Promise<void> {
  const server = await openDatabaseServer(environment);
  const dataSource = new DataSource(databaseOptions(server.ownerUrl, { poolSize: 2 }));
  try {
    await dataSource.initialize();
    const purge = new PortfolioPurge(dataSource);
    const counts = yes ? await purge.remove() : await purge.count();
    for (const [table, rows] of Object.entries(counts)) process.stdout.write(`${table}: ${rows}\n`);
    process.stdout.write(yes ? 'Removed.\n' : 'Nothing was removed. Add --yes to remove these rows.\n');
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await server.release();
  }
}
