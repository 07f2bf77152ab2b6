import { openDatabaseServer } from '../database-server.js';
import type { Environment } from '../platform/config/environment.js';
import { buildConfig } from '../platform/config/load-config.js';
import { roleOf } from '../platform/database/app-role.js';
import { prepareDatabase } from '../prepare-database.js';

/** `npm run migrate`: brings the schema up to date and says what ran. */
export async function run(environment: Environment): Promise<void> {
  const server = await openDatabaseServer(environment);
  try {
    const config = buildConfig(environment, server.ownerUrl);
    const { migrations } = await prepareDatabase(
      { ...config, appRole: roleOf(server.url) },
      { migrate: true, seed: false },
    );
    const done = migrations.length > 0 ? `Migrated: ${migrations.join(', ')}` : 'The schema is up to date.';
    process.stdout.write(`${done}\n`);
  } finally {
    await server.release();
  }
}
