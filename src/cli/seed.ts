import { openDatabaseServer } from '../database-server.js';
import type { Environment } from '../platform/config/environment.js';
import { buildConfig } from '../platform/config/load-config.js';
import { prepareDatabase } from '../prepare-database.js';

/** `npm run seed`: definitions, registries and the first admin; adds what is missing and keeps the rest. */
export async function run(environment: Environment): Promise<void> {
  const server = await openDatabaseServer(environment);
  try {
    const config = buildConfig(environment, server.ownerUrl);
    const { passwords } = await prepareDatabase(config);
    for (const { who, email, password } of passwords) {
      process.stdout.write(`${who}: ${email}  password: ${password}  (generated, shown only this once)\n`);
    }
    process.stdout.write('Definitions, registries and the first admin are there.\n');
  } finally {
    await server.release();
  }
}
