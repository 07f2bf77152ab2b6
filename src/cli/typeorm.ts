import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { openDatabaseServer } from '../database-server.js';
import type { Environment } from '../platform/config/environment.js';

const CLI = createRequire(import.meta.url).resolve('typeorm/cli.js');
const DATA_SOURCE = fileURLToPath(new URL('../../ormconfig.js', import.meta.url));
/** They write a file; a bare name means one in migrations/. */
const WRITES_MIGRATION = new Set(['migration:generate', 'migration:create']);
const BARE_NAME = /^[\w-]+$/;

/** `npm run typeorm -- COMMAND`: TypeORM's own command line, on ormconfig.ts and the database of the program. */
export async function run(args: readonly string[], environment: Environment): Promise<void> {
  const server = await openDatabaseServer(environment);
  try {
    process.exitCode = await runTypeOrm(argumentsFor(args), server.ownerUrl);
  } finally {
    await server.release();
  }
}

function argumentsFor([command = '--help', ...rest]: readonly string[]): string[] {
  if (!WRITES_MIGRATION.has(command)) return [command, ...rest, '--dataSource', DATA_SOURCE];
  const paths = rest.map((word) => (BARE_NAME.test(word) && !word.startsWith('-') ? `migrations/${word}` : word));
  return command === 'migration:create' ? [command, ...paths] : [command, ...paths, '--dataSource', DATA_SOURCE];
}

function runTypeOrm(args: readonly string[], databaseUrl: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const child = spawn(process.execPath, [CLI, ...args], { stdio: 'inherit', env });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
