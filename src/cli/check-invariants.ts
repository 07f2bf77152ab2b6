import { DataSource } from 'typeorm';
import { openDatabaseServer } from '../database-server.js';
import type { Environment } from '../platform/config/environment.js';
import { checkInvariants } from '../invariants/check-invariants.js';
import { databaseOptions } from '../schema.js';

/** `conclave check:invariants`: one line an invariant; ends with 1 when one is violated. */
export async function run(environment: Environment): Promise<void> {
  const server = await openDatabaseServer(environment);
  const dataSource = new DataSource(databaseOptions(server.ownerUrl, { poolSize: 2 }));
  try {
    await dataSource.initialize();
    const results = await checkInvariants(dataSource);
    for (const { name, forbids, violations, examples } of results) {
      const detail = violations === 0 ? '' : `  (${forbids}; for example ${examples.join(', ')})`;
      process.stdout.write(`${violations}  ${name}${detail}\n`);
    }
    const violated = results.filter((result) => result.violations > 0);
    process.stdout.write(`${results.length} invariants, ${violated.length} violated\n`);
    if (violated.length > 0) process.exitCode = 1;
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await server.release();
  }
}
