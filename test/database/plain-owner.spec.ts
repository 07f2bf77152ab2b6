import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { prepareDatabase } from '../../src/prepare-database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('a database whose owner is no superuser', () => {
  const suffix = randomBytes(4).toString('hex');
  const [owner, app] = [`owner_${suffix}`, `app_${suffix}`];
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase('template0');
    const name = new URL(database.url).pathname.slice(1);
    for (const role of [owner, app]) await database.dataSource.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
    await database.dataSource.query(`ALTER DATABASE ${name} OWNER TO ${owner}`);
  });

  afterAll(async () => {
    await database.dataSource.query(`REASSIGN OWNED BY ${owner}, ${app} TO current_user`);
    await database.dataSource.query(`DROP OWNED BY ${owner}, ${app}`);
    await database.dataSource.query(`DROP ROLE ${owner}, ${app}`);
    await database.close();
  });

  function as(role: string): string {
    const url = new URL(database.url);
    url.username = role;
    url.password = 'x';
    return url.toString();
  }

  it('is migrated again although the program has made its queue', async () => {
    const preparation = {
      databaseUrl: as(owner),
      appRole: app,
      adminEmail: 'admin@conclave.test',
      adminPassword: 'only in a test',
    };
    await prepareDatabase(preparation);
    const queue = new JobQueue({ kind: 'postgres', url: as(app) }, () => undefined);
    await queue.ready();
    await queue.close();
    expect((await prepareDatabase(preparation)).migrations).toEqual([]);
    const owners = await database.dataSource.query<{ owner: string }[]>(
      `SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class WHERE relnamespace = 'queue'::regnamespace`,
    );
    expect(owners).toEqual([{ owner: app }]);
  });
});
