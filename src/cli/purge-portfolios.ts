import { parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import { openDatabaseServer } from '../database-server.js';
import { loadEnvironment } from '../platform/config/load-config.js';
import { StartError } from '../platform/config/start-error.js';
import { databaseOptions } from '../schema.js';
import { PortfolioPurge } from '../instances/portfolios/portfolio-purge.store.js';
import { runMain } from './run-main.js';

/** `npm run portfolios:purge [-- --yes]`: removes every portfolio with all that hangs on it; users stay. */
await runMain(async () => {
  const yes = readArguments();
  const environment = loadEnvironment();
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
});

function readArguments(): boolean {
  try {
    const { values } = parseArgs({ options: { yes: { type: 'boolean', default: false } } });
    return values.yes;
  } catch (error) {
    throw new StartError(`${(error as Error).message} Usage: npm run portfolios:purge -- [--yes]`, 2);
  }
}
