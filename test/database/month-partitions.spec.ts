import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { MonthPartitions } from '../../src/platform/database/month-partitions.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { countStatements } from '../support/statement-counter.js';

const TABLES = ['agent_executions', 'portfolio_snapshots', 'strategy_executions'];

describe('the partitions of a month', () => {
  let database: TestDatabase;
  let program: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    program = await connect(database.appUrl);
  });

  afterAll(async () => {
    await program.end();
    await database.close();
  });

  async function connect(url: string): Promise<Client> {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async function ensure(client: Client, at: string): Promise<number> {
    const { rows } = await client.query<{ made: number }>(`SELECT ensure_month_partitions($1) AS made`, [at]);
    return rows[0]!.made;
  }

  async function partitionsOf(year: number): Promise<string[]> {
    const rows = await database.dataSource.query<{ name: string }[]>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits JOIN pg_partitioned_table ON partrelid = inhparent
       WHERE inhrelid::regclass::text LIKE $1 ORDER BY 1`,
      [`%\\_${year}\\_%`],
    );
    return rows.map(({ name }) => name);
  }

  const named = (...months: string[]) => TABLES.flatMap((table) => months.map((month) => `${table}_${month}`));

  it('are there for now and two months more, once the database is prepared', async () => {
    expect(await ensure(program, new Date().toISOString())).toBe(0);
  });

  it('are made for a month and the two after it, once, by a role that cannot make tables itself', async () => {
    await expect(program.query(`CREATE TABLE own (id integer)`)).rejects.toThrow('permission denied');
    await expect(
      program.query(`CREATE TABLE own PARTITION OF agent_executions FOR VALUES FROM (NULL) TO (NULL)`),
    ).rejects.toThrow('permission denied');
    expect(await ensure(program, '2031-11-30T23:59:59.999Z')).toBe(9);
    expect(await partitionsOf(2031)).toEqual(named('2031_11', '2031_12'));
    expect(await partitionsOf(2032)).toEqual(named('2032_01'));
    expect(await ensure(program, '2031-11-01T00:00:00Z')).toBe(0);
    expect(await ensure(program, '2031-12-01T00:00:00Z')).toBe(3);
  });

  it('hold their month in UTC, whatever the time zone of who asks', async () => {
    await program.query(`SET timezone = 'Pacific/Kiritimati'`);
    expect(await ensure(program, '2033-06-30T23:30:00Z')).toBe(9);
    await program.query(`RESET timezone`);
    expect(await partitionsOf(2033)).toEqual(named('2033_06', '2033_07', '2033_08'));
    const [snapshots] = await database.dataSource.query<{ bounds: string }[]>(
      `SELECT pg_get_expr(relpartbound, oid) AS bounds FROM pg_class WHERE relname = 'portfolio_snapshots_2033_06'`,
    );
    expect(snapshots!.bounds).toMatch(/'2033-06-01 00:00:00\+00'.*'2033-07-01 00:00:00\+00'/);
    const hex = (time: string) => Date.parse(time).toString(16).padStart(12, '0').replace(/^.{8}/, '$&-');
    const [executions] = await database.dataSource.query<{ bounds: string }[]>(
      `SELECT pg_get_expr(relpartbound, oid) AS bounds FROM pg_class WHERE relname = 'strategy_executions_2033_06'`,
    );
    expect(executions!.bounds).toBe(
      `FOR VALUES FROM ('${hex('2033-06-01T00:00:00Z')}-0000-0000-000000000000') TO ('${hex('2033-07-01T00:00:00Z')}-0000-0000-000000000000')`,
    );
  });

  it('are made by many at once, each once', async () => {
    const clients = await Promise.all([1, 2, 3, 4].map(() => connect(database.appUrl)));
    try {
      const made = await Promise.all(clients.map((client) => ensure(client, '2035-03-05T00:00:00Z')));
      expect(made.reduce((sum, count) => sum + count)).toBe(9);
    } finally {
      for (const client of clients) await client.end();
    }
  });

  it('are made while others write and read, without either waiting', async () => {
    const writer = await connect(database.appUrl);
    try {
      const write = (agent: string) =>
        writer.query(
          `INSERT INTO agent_executions (run_id, agent_name, status, details, mode, duration_ms, created_at)
           VALUES (lowest_id_at(now()), $1, 'failed', '{}', 'rules', 1, now())`,
          [agent],
        );
      await writer.query('BEGIN');
      await writer.query(`SET LOCAL lock_timeout = '1s'`);
      await write('first');
      await program.query(`SET statement_timeout = '5s'`);
      expect(await ensure(program, '2036-01-01T00:00:00Z')).toBe(9);
      await write('second');
      const { rows } = await writer.query(`SELECT agent_name FROM agent_executions`);
      expect(rows).toHaveLength(2);
      await writer.query('ROLLBACK');
    } finally {
      await writer.end();
    }
  });

  it.each(['1999-12-31T23:59:59Z', '2100-01-01T00:00:00Z', 'infinity', null])('are refused for %s', async (at) => {
    await expect(program.query(`SELECT ensure_month_partitions($1)`, [at])).rejects.toThrow('a clock is wrong');
  });

  it('are asked for once a month by a process', async () => {
    const partitions = new MonthPartitions(database.dataSource);
    const counter = countStatements();
    try {
      for (const day of ['2037-01-15', '2037-01-31', '2037-03-31', '2037-04-01', '2037-01-01', '2037-06-30']) {
        await partitions.ensure(new Date(day));
      }
    } finally {
      counter.stop();
    }
    expect(counter.statements).toHaveLength(2);
    expect(await partitionsOf(2037)).toEqual(named('2037_01', '2037_02', '2037_03', '2037_04', '2037_05', '2037_06'));
  });

  it('are made by nobody else', async () => {
    await database.dataSource.query(`CREATE ROLE stranger_${process.pid} LOGIN PASSWORD 'stranger'`);
    const url = new URL(database.url);
    url.username = `stranger_${process.pid}`;
    url.password = 'stranger';
    const stranger = await connect(url.toString());
    try {
      await expect(ensure(stranger, '2040-01-01T00:00:00Z')).rejects.toThrow('permission denied');
    } finally {
      await stranger.end();
      await database.dataSource.query(`DROP ROLE stranger_${process.pid}`);
    }
  });
});
