import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { StartError } from '../config/start-error.js';
import { ADVISORY_LOCK } from './advisory-locks.js';

/**
 * Runs `work` while no other process migrates or seeds the same database; others wait. The lock belongs to a connection
 * of its own, so it ends with the process.
 */
export async function withSchemaLock<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'conclave-schema-lock' });
  // A lost connection fails the next statement. Without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK.schema]);
    return await work();
  } finally {
    await client.end();
  }
}

/** PostgreSQL's `insufficient_privilege`. */
const NOT_ALLOWED = '42501';

/**
 * Runs the pending migrations. Idempotent.
 * @returns their names.
 * @throws StartError when some are pending and the role may not change tables.
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  try {
    const migrations = await dataSource.runMigrations();
    return migrations.map((migration) => migration.name);
  } catch (cause) {
    if ((cause as { code?: string }).code !== NOT_ALLOWED) throw cause;
    const error = new StartError(
      'The tables are not up to date, and this role may not change them: run `npm run migrate` with DATABASE_MIGRATION_URL, ' +
        `the database as its owner. (${(cause as Error).message})`,
    );
    throw Object.assign(error, { cause });
  }
}
