import { fileURLToPath } from 'node:url';
import { DataSource } from 'typeorm';
import { AuditLogService } from '../auth/audit-log/audit-log.service.js';
import { openDatabaseServer, type DatabaseServer } from '../database-server.js';
import { checkInvariants } from '../invariants/check-invariants.js';
import { DatabaseClock } from '../platform/clock.js';
import { buildConfig } from '../platform/config/app-config.js';
import type { Environment } from '../platform/config/environment.js';
import { StartError } from '../platform/config/start-error.js';
import { SecretBox, SecretUnreadable } from '../platform/crypto/secret-box.js';
import { roleOf } from '../platform/database/app-role.js';
import { prepareDatabase } from '../prepare-database.js';
import { ApiKeyService, KeyRotation } from '../registry/apis/api-key.service.js';
import { RegistryStore } from '../registry/registry.store.js';
import { databaseOptions } from '../schema.js';
import { runScript } from './run-main.js';

/** `npm run migrate`: brings the schema up to date and prints the migrations that ran. */
export async function migrate(environment: Environment): Promise<void> {
  await withServer(environment, async (server) => {
    const config = { ...buildConfig(environment, server.ownerUrl), appRole: roleOf(server.url) };
    const { migrations } = await prepareDatabase(config, { migrate: true, seed: false });
    const done = migrations.length > 0 ? `Migrated: ${migrations.join(', ')}` : 'The schema is up to date.';
    process.stdout.write(`${done}\n`);
  });
}

/**
 * `npm run seed`: migrates, then adds missing definitions, registries and the first admin. Existing rows stay
 * unchanged.
 */
export async function seed(environment: Environment): Promise<void> {
  await withServer(environment, async (server) => {
    const { passwords } = await prepareDatabase(buildConfig(environment, server.ownerUrl));
    for (const { who, email, password } of passwords) {
      process.stdout.write(`${who}: ${email}  password: ${password}  (generated, shown only this once)\n`);
    }
    process.stdout.write('Definitions, registries and the first admin are there.\n');
  });
}

/** `conclave check:invariants`: prints one line per invariant. Exit code 1 when one is violated. */
export async function reportInvariants(environment: Environment): Promise<void> {
  await withServer(environment, (server) =>
    withDataSource(server, async (dataSource) => {
      const results = await checkInvariants(dataSource);
      for (const { name, forbids, violations, examples } of results) {
        const detail = violations === 0 ? '' : `  (${forbids}; for example ${examples.join(', ')})`;
        process.stdout.write(`${violations}  ${name}${detail}\n`);
      }
      const violated = results.filter((result) => result.violations > 0);
      process.stdout.write(`${results.length} invariants, ${violated.length} violated\n`);
      if (violated.length > 0) process.exitCode = 1;
    }),
  );
}

/**
 * `conclave keys:rotate`: encrypts all stored API keys with the first key of ENCRYPTION_KEYS. To replace a key, put the
 * new one first and leave the old one behind it, restart every process, run this, then remove the old one.
 */
export async function rotateKeys(environment: Environment): Promise<void> {
  await withServer(environment, async (server) => {
    try {
      const { encryptionKeys } = buildConfig(environment, server.url);
      const count = await withDataSource(server, async (dataSource) => {
        const clock = new DatabaseClock(dataSource, () => undefined);
        await clock.synchronise();
        const keys = new ApiKeyService(new RegistryStore(dataSource), new SecretBox(encryptionKeys, clock));
        return new KeyRotation(dataSource, keys, new AuditLogService(dataSource, clock)).run();
      });
      process.stdout.write(`${count} keys and secrets are encrypted with the first key of ENCRYPTION_KEYS.\n`);
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      throw new StartError(`${error.message} Nothing was changed.`);
    }
  });
}

/** `npm run typeorm -- COMMAND`: TypeORM's own command line, with ormconfig.ts and the program's database. */
export async function typeorm(args: readonly string[], environment: Environment): Promise<void> {
  const cli = fileURLToPath(import.meta.resolve('typeorm/cli.js'));
  await withServer(environment, async (server) => {
    process.exitCode = await runScript(cli, typeormArguments(args), { DATABASE_URL: server.ownerUrl });
  });
}

/** Commands that write a file. A bare name is a file in migrations/. */
const WRITES_MIGRATION = new Set(['migration:generate', 'migration:create']);
const BARE_NAME = /^[\w-]+$/;

function typeormArguments([command = '--help', ...rest]: readonly string[]): string[] {
  const dataSource = ['--dataSource', fileURLToPath(new URL('../../ormconfig.js', import.meta.url))];
  if (!WRITES_MIGRATION.has(command)) return [command, ...rest, ...dataSource];
  const paths = rest.map((word) => (BARE_NAME.test(word) && !word.startsWith('-') ? `migrations/${word}` : word));
  return command === 'migration:create' ? [command, ...paths] : [command, ...paths, ...dataSource];
}

async function withServer(environment: Environment, work: (server: DatabaseServer) => Promise<void>): Promise<void> {
  const server = await openDatabaseServer(environment);
  try {
    await work(server);
  } finally {
    await server.release();
  }
}

async function withDataSource<T>(server: DatabaseServer, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = new DataSource(databaseOptions(server.ownerUrl, { poolSize: 2 }));
  try {
    await dataSource.initialize();
    return await work(dataSource);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}
