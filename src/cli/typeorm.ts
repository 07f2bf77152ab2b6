import { fileURLToPath } from 'node:url';
import { openDatabaseServer } from '../database-server.js';
import type { Environment } from '../platform/config/environment.js';
import { runScript } from './run-script.js';

const CLI = fileURLToPath(import.meta.resolve('typeorm/cli.js'));
const DATA_SOURCE = fileURLToPath(new URL('../../ormconfig.js', import.meta.url));
/** They write a file; a bare name means one in migrations/. */
const WRITES_MIGRATION = new Set(['migration:generate', 'migration:create']);
const BARE_NAME = /^[\w-]+$/;

/** `npm run typeorm -- COMMAND`: TypeORM's own command line, on ormconfig.ts and the database of the program. */
export async function run(args: readonly string[], environment: Environment): Promise<void> {
  const server = await openDatabaseServer(environment);
  try {
    process.exitCode = await runScript(CLI, argumentsFor(args), { DATABASE_URL: server.ownerUrl });
  } finally {
    await server.release();
  }
}

function argumentsFor([command = '--help', ...rest]: readonly string[]): string[] {
  if (!WRITES_MIGRATION.has(command)) return [command, ...rest, '--dataSource', DATA_SOURCE];
  const paths = rest.map((word) => (BARE_NAME.test(word) && !word.startsWith('-') ? `migrations/${word}` : word));
  return command === 'migration:create' ? [command, ...paths] : [command, ...paths, '--dataSource', DATA_SOURCE];
}
