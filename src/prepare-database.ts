import { DataSource } from 'typeorm';
import { seedDefinitions } from '../seeds/definitions.js';
import { seedFirstAdmin, type GeneratedPassword } from '../seeds/first-admin.js';
import { seedRegistries } from '../seeds/registries.js';
import type { AppConfig } from './platform/config/app-config.js';
import { grantAppRights } from './platform/database/app-role.js';
import { migrate, withSchemaLock } from './platform/database/migrate.js';
import { ensureMonthPartitions } from './platform/database/month-partitions.js';
import { databaseOptions } from './schema.js';

export interface SeedReport {
  /** Generated passwords. Only their hashes are stored, so the caller must print them. */
  readonly passwords: readonly GeneratedPassword[];
}

export interface DatabasePreparation extends Pick<AppConfig, 'adminEmail' | 'adminPassword'> {
  /** Connection string of the owner of the tables. */
  readonly databaseUrl: string;
  /** Role that receives the program's rights. Leave it out when the program connects as the owner. */
  readonly appRole?: string;
}

/**
 * Migrates and seeds under a lock, so that one process at a time does it. Idempotent.
 * @param steps the command `migrate` leaves the seeds out.
 */
export async function prepareDatabase(
  config: DatabasePreparation,
  steps: { readonly migrate: boolean; readonly seed: boolean } = { migrate: true, seed: true },
): Promise<SeedReport & { readonly migrations: readonly string[] }> {
  const dataSource = new DataSource(databaseOptions(config.databaseUrl, { poolSize: 2 }));
  await dataSource.initialize();
  try {
    return await withSchemaLock(config.databaseUrl, async () => {
      const migrations = steps.migrate ? await migrate(dataSource) : [];
      if (steps.migrate) await ensureMonthPartitions(dataSource, new Date());
      if (steps.migrate && config.appRole !== undefined) await grantAppRights(dataSource, config.appRole);
      const passwords = steps.seed ? await seed(dataSource, config) : [];
      return { migrations, passwords };
    });
  } finally {
    await dataSource.destroy();
  }
}

async function seed(
  dataSource: DataSource,
  config: Pick<AppConfig, 'adminEmail' | 'adminPassword'>,
): Promise<GeneratedPassword[]> {
  return dataSource.transaction(async (manager) => {
    await seedRegistries(manager);
    await seedDefinitions(manager);
    const admin = await seedFirstAdmin(manager, config.adminEmail, config.adminPassword);
    return admin ? [admin] : [];
  });
}
