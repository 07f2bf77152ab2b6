import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { RateLimit } from '../../src/platform/rate-limit/rate-limit.entity.js';
import { bulkInsert } from '../../src/platform/database/bulk-statements.js';
import { PgClientWithDeadline } from '../../src/platform/database/pg-client-with-deadline.js';
import { longTransaction } from '../../src/platform/database/long-transaction.js';
import { isConnectionError } from '../../src/platform/database/is-connection-error.js';
import { databaseOptions } from '../../src/schema.js';
import { Proxy } from '../faults/cluster/proxy.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('a connection whose other end is gone without a word', () => {
  let database: TestDatabase;
  let proxy: Proxy;
  let dataSource: DataSource;
  const clients: PgClientWithDeadline[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    const url = new URL(database.appUrl);
    proxy = await Proxy.to(Number(url.port));
    url.port = String(proxy.port);
    dataSource = new DataSource(databaseOptions(url.toString(), { limited: true, poolSize: 1 }));
    await dataSource.initialize();
  });

  afterEach(async () => {
    await dataSource.destroy();
    await Promise.all(clients.splice(0).map((client) => client.end()));
    await proxy.close();
    await database.close();
  });

  /** The only connection of the pool gives up that soon. */
  async function impatient(): Promise<void> {
    const runner = dataSource.createQueryRunner();
    const client = (await runner.connect()) as PgClientWithDeadline;
    client.waitUpTo(200);
    await runner.release();
  }

  /** A connection of nobody's pool. */
  async function connect(port: number): Promise<PgClientWithDeadline & { connection: { stream: Duplex } }> {
    const url = new URL(database.appUrl);
    url.port = String(port);
    const client = new PgClientWithDeadline({ connectionString: url.toString() });
    clients.push(client);
    await client.connect();
    return client as PgClientWithDeadline & { connection: { stream: Duplex } };
  }

  it('fails what waits for it, and is replaced', async () => {
    await impatient();
    proxy.forgetPresent();
    const failed = await dataSource.query('SELECT 1').then(
      () => null,
      (error: unknown) => error,
    );
    expect(String(failed)).toContain('Connection terminated: no answer for 0.2 s');
    expect(isConnectionError(failed)).toBe(true);
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('takes those beside it along that are silent too, and no others', async () => {
    const silent = await connect(proxy.port);
    const asked = await connect(proxy.port);
    const elsewhere = await connect(Number(new URL(database.appUrl).port));
    await impatient();
    proxy.forgetPresent();
    const ended = new Promise<void>((resolve) => silent.once('end', resolve));
    const late = asked.query('SELECT 1').catch((error: unknown) => error);
    const failed = dataSource.query('SELECT 1').catch((error: unknown) => String(error));
    const heard = await connect(proxy.port);
    await heard.query('SELECT 1');
    expect(await failed).toContain('no answer for 0.2 s');
    await ended;
    // A waiting caller has a limit of its own.
    expect(await Promise.race([late, 'still waiting'])).toBe('still waiting');
    for (const alive of [elsewhere, heard]) expect((await alive.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    asked.connection.stream.destroy();
    await late;
  });

  it('undoes a transaction that was under way, and the pool is whole again', async () => {
    await impatient();
    const broken = dataSource.transaction(async (manager) => {
      await manager.query(`UPDATE strategy_definitions SET description = 'half done'`);
      proxy.forgetPresent();
      await manager.query('SELECT 1');
    });
    await expect(broken).rejects.toThrow('no answer');
    const rows = await database.dataSource.query<unknown[]>(
      `SELECT 1 FROM strategy_definitions WHERE description = 'half done'`,
    );
    expect(rows).toEqual([]);
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('fails a COPY that it has swallowed', async () => {
    await impatient();
    const broken = dataSource.transaction(async (manager) => {
      await manager.query('SELECT 1');
      proxy.forgetPresent();
      await bulkInsert(manager, RateLimit, [{ key: 'a' }]);
    });
    await expect(broken).rejects.toThrow('no answer');
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('is given the time that long work asks for, and no more afterwards', async () => {
    await impatient();
    const slept = longTransaction(dataSource, 5000, (manager) => manager.query('SELECT pg_sleep(0.5), 1 AS one'));
    expect(await slept).toMatchObject([{ one: 1 }]);
    const tooLong = longTransaction(dataSource, 100, (manager) => manager.query('SELECT pg_sleep(5)'));
    await expect(tooLong).rejects.toThrow('statement timeout');
    const [limit] = await dataSource.query<{ statement_timeout: string }[]>('SHOW statement_timeout');
    expect(limit!.statement_timeout).toBe('15s');
  });

  it('does not keep others waiting for its locks: the server ends a transaction that its process has left', async () => {
    const rows = await dataSource.query<unknown[]>('SHOW idle_in_transaction_session_timeout');
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '20s' }]);
  });
});
