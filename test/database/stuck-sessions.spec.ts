import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { endStuckSessions } from '../../src/platform/database/data-source-options.js';
import { databaseOptions } from '../../src/schema.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';

/** For a statement of the session; it does not keep it. */
const LIMIT_MS = 500;

/** A session of a process that was stopped is one that says nothing more on a connection that stands. */
describe('sessions of a process that was stopped', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let client: Client;
  let lost: Promise<string>;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = new DataSource(databaseOptions(database.appUrl, { limited: true, poolSize: 1 }));
    await dataSource.initialize();
    client = await connect('conclave');
  });

  afterEach(async () => {
    await client.end();
    await dataSource.destroy();
    await database.close();
  });

  async function connect(name: string): Promise<Client> {
    const session = new Client({ connectionString: database.appUrl, application_name: name });
    lost = new Promise((resolve) => {
      session.on('error', (error) => resolve(error.message));
    });
    await session.connect();
    return session;
  }

  /** In the middle of a COPY, with the lock on all definitions. */
  async function stopInCopy(): Promise<void> {
    await client.query('CREATE TEMP TABLE copied (name text)');
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM strategy_definitions FOR UPDATE');
    await client.query(`SET LOCAL statement_timeout = ${LIMIT_MS}`);
    const copy = client.query(copyFrom('COPY copied FROM STDIN'));
    copy.on('error', () => undefined);
    copy.write('a\n');
    await eventually('it waits for more', async () => ((await state()) === 'active Client' ? true : null));
  }

  async function state(): Promise<string> {
    const [row] = await database.dataSource.query<{ state: string }[]>(
      `SELECT state || ' ' || wait_event_type AS state FROM pg_stat_activity WHERE usename = $1 AND query LIKE 'COPY%'`,
      [new URL(database.appUrl).username],
    );
    return row?.state ?? 'gone';
  }

  it('are ended in the middle of a COPY, which no limit of the server does, and their locks are free', async () => {
    await stopInCopy();
    await new Promise((resolve) => setTimeout(resolve, 2 * LIMIT_MS));
    expect(await state()).toBe('active Client');
    expect(await endStuckSessions(dataSource, LIMIT_MS)).toBe(1);
    expect(await lost).toContain('terminat');
    await eventually('it is gone', async () => ((await state()) === 'gone' ? true : null));
    await dataSource.query('SELECT 1 FROM strategy_definitions FOR UPDATE NOWAIT');
    expect(await endStuckSessions(dataSource, 0)).toBe(0);
  });

  it('are left alone for as long as a statement may take', async () => {
    await stopInCopy();
    expect(await endStuckSessions(dataSource)).toBe(0);
    expect(await state()).toBe('active Client');
  });

  it('are those of the program alone', async () => {
    await client.end();
    client = await connect('psql');
    await stopInCopy();
    expect(await endStuckSessions(dataSource, 0)).toBe(0);
  });
});
