import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { appUrlOf, roleOf } from '../../src/platform/database/app-role.js';
import { databaseOptions } from '../../src/schema.js';

export interface TestDatabase {
  /** As the owner of the tables. */
  readonly url: string;
  /** As the role that the program works under; has rights on copies of `conclave_template` only. */
  readonly appUrl: string;
  /** Connected; closed by {@link close}. */
  readonly dataSource: DataSource;
  /** Drops the database, also when others are still connected. */
  close(): Promise<void>;
}

function serverUrl(): URL {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url)
    throw new Error(
      'TEST_DATABASE_URL is not set: run the tests with jest.config.mjs, whose global setup starts the server.',
    );
  return new URL(url);
}

/** Runs one statement on the test server's own database. */
async function administrate(sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl().toString() });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A new database. @param template `conclave_template` (migrated, seeded) or `template0` (empty). */
export async function createTestDatabase(template = 'conclave_template'): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  // The default writes the copy to the log as well, to spare two checkpoints; without fsync they cost nothing.
  await administrate(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  // Rights on the database itself are not copied with the template.
  await administrate(`GRANT CREATE ON DATABASE ${name} TO ${roleOf(appUrlOf(serverUrl().toString()))}`);
  const url = serverUrl();
  url.pathname = `/${name}`;
  const dataSource = new DataSource(databaseOptions(url.toString()));
  await dataSource.initialize();
  return {
    url: url.toString(),
    appUrl: appUrlOf(url.toString()),
    dataSource,
    async close() {
      await dataSource.destroy();
      await administrate(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
