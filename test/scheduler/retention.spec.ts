import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import pino from 'pino';
import { sharpeRatioOf, type DayValue } from '../../src/domain/portfolio/performance.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { readMonth, monthText } from '../../src/domain/month.js';
import { listPartitions, type MonthPartition } from '../../src/retention/history-partitions.store.js';
import { prunable, prune } from '../../src/retention/month-pruning.js';
import { RetentionSweep } from '../../src/retention/retention-sweep.js';
import { StatisticsStore } from '../../src/trading/valuation/statistics.store.js';
import { testConfig } from '../support/config.js';
import { lowestUuidv7 } from '../../src/platform/database/uuid.js';
import { dailyCurve } from '../support/daily-curve.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { FixedMarket } from '../support/fixed-market.js';
import { ALWAYS_BUY, ALWAYS_SELL } from '../support/params.js';

const DAY_MS = 86_400_000;
const TABLES = ['agent_executions', 'portfolio_snapshots', 'strategy_executions'];

/** Each test drops the next month of one history from January to July 2020, whatever the time is. */
describe('months that are not kept', () => {
  let engine: TestEngine;
  let owner: string;
  let curved: string;
  const market = new FixedMarket();
  const curve: DayValue[] = [];
  const clients: Client[] = [];

  beforeAll(async () => {
    engine = await createTestEngine({ startAt: new Date('2020-01-26T12:00:00Z'), source: market });
    owner = engine.database.url;
    await engine.addInstances(2, { params: ALWAYS_BUY });
    await engine.addInstances(1, { params: ALWAYS_SELL });
    [curved] = (await engine.addInstances(1)) as [string];
    for (const month of ['01', '02', '03', '04', '05', '06', '07']) {
      for (const day of ['27', '28']) {
        engine.clock.set(new Date(`2020-${month}-${day}T12:30:00Z`));
        market.priceText = String(100_000 + 137 * engine.clock.now().getUTCMonth());
        await engine.tick();
      }
    }
    await addCurve();
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) await client.end();
  });

  afterAll(() => engine.close());

  const sql = <T>(statement: string, ...values: unknown[]) => engine.database.dataSource.query<T[]>(statement, values);

  /** An instance's value at the end of each day of half a year, beside those that its runs noted. */
  async function addCurve(): Promise<void> {
    const start = Date.UTC(2020, 0, 3);
    const values = Array.from({ length: 190 }, (_, day) => 10_000 * (1 + 0.002 * day + 0.01 * Math.sin(day * 1.7)));
    // Days are missing within a month, and from the end of one month into the next.
    const isMissing = (day: number): boolean => (day >= 41 && day < 48) || (day >= 86 && day < 90);
    curve.push(...dailyCurve(values).filter(({ day }) => !isMissing(day)));
    const closes = curve.filter(({ day }) => day >= 0);
    await sql(
      `INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value)
       SELECT $1, taken_at, value, value, 0 FROM unnest($2::timestamptz[], $3::numeric[]) AS s (taken_at, value)`,
      curved,
      closes.map(({ day }) => new Date(start + day * DAY_MS + 23 * 3_600_000)),
      closes.map(({ value }) => value),
    );
  }

  /** A question to a language model, asked on that day, and what it cost. @returns its id. */
  async function addQuestion(day: string): Promise<string> {
    const id = lowestUuidv7(Date.parse(`${day}T12:00:00Z`));
    await sql(
      `INSERT INTO llm_calls (id, agent_name, provider, model, content_hash, prompt, status, reserved, cost, day, asked_at,
         expires_at, used_at)
       VALUES ($1, 'macro', 'https://llm.example/v1', 'small', $2, '[]', 'failed', 1, 1, $3::date, $3::date, $3::date,
         $3::date)`,
      id,
      day,
      day,
    );
    await sql(`INSERT INTO llm_spending (agent_name, day, spent) VALUES ('macro', $1, 1)`, day);
    return id;
  }

  const questions = () => sql<{ day: string }>(`SELECT day::text FROM llm_calls ORDER BY id`);

  async function connect(url = engine.database.appUrl): Promise<Client> {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  }

  async function partitions(month?: string): Promise<MonthPartition[]> {
    const all = await listPartitions(await connect(owner));
    return month === undefined ? all : all.filter((partition) => monthText(partition.month) === month);
  }

  const rowsOf = async () =>
    (
      await sql<Record<string, number>>(
        `SELECT (SELECT count(*) FROM orders)::integer AS orders, (SELECT count(*) FROM trades)::integer AS trades,
           (SELECT count(*) FROM ledger_entries)::integer AS ledger, (SELECT count(*) FROM strategy_runs)::integer AS runs`,
      )
    )[0]!;

  async function violated(): Promise<string[]> {
    const results = await checkInvariants(engine.database.dataSource);
    return results.filter(({ violations }) => violations > 0).map(({ name }) => name);
  }

  async function sharpe(): Promise<number | null> {
    await engine.app.get(StatisticsStore).computeSharpeRatios([curved], new Date('2020-07-11T01:00:00Z'));
    const rows = await sql<{ sharpe_ratio: number | null }>(
      `SELECT sharpe_ratio FROM portfolios WHERE id = $1`,
      curved,
    );
    return rows[0]!.sharpe_ratio;
  }

  /** Until the connection that drops waits for somebody. */
  async function waits(): Promise<void> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const rows = await sql(
        `SELECT 1 FROM pg_stat_activity WHERE application_name = 'conclave-prune' AND wait_event_type = 'Lock'
         AND datname = current_database()`,
      );
      if (rows.length > 0) return;
      if (Date.now() > deadline) throw new Error('Nothing waits.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const before = (month: string) => readMonth(month)!;

  it('are listed before anything is done, and nothing is', async () => {
    const found = await prunable(owner, before('2020-02'));
    expect(found.map(({ month, parent, state }) => [monthText(month), parent, state])).toEqual(
      TABLES.map((table) => ['2020-01', table, 'attached']),
    );
    expect(await partitions('2020-01')).toHaveLength(3);
  });

  it('are never the present one', async () => {
    const [row] = await sql<{ next: string }>(`SELECT to_char(now() + interval '1 month', 'YYYY-MM') AS next`);
    await expect(prune(owner, before(row!.next))).rejects.toThrow('cannot be dropped');
    await expect(prunable(owner, before(row!.next))).rejects.toThrow('cannot be dropped');
  });

  it('stay while a run of theirs is not finished', async () => {
    await sql(`UPDATE strategy_runs SET finished_at = NULL WHERE id = (SELECT min(id::text)::uuid FROM strategy_runs)`);
    await expect(prune(owner, before('2020-02'))).rejects.toThrow('not finished');
    await sql(`UPDATE strategy_runs SET finished_at = created_at WHERE finished_at IS NULL`);
    expect(await partitions('2020-01')).toHaveLength(3);
  });

  it('stay when the role does not own them, or another process is at it', async () => {
    await expect(prune(engine.database.appUrl, before('2020-02'))).rejects.toThrow('DATABASE_MIGRATION_URL');
    const other = await connect(owner);
    await other.query(`SELECT pg_advisory_lock(7262669)`);
    expect(await prune(owner, before('2020-02'))).toBe(false);
    expect(await partitions('2020-01')).toHaveLength(3);
  });

  it('are dropped with nothing that stays, and all invariants hold', async () => {
    const stays = await rowsOf();
    const kept = await sql(
      `SELECT run_id, portfolio_id FROM strategy_executions WHERE executed_at >= '2020-02-01' ORDER BY 1, 2`,
    );
    // An analysis of March was answered from the store.
    const reused = await addQuestion('2020-01-30');
    await sql(
      `UPDATE agent_executions SET llm_call_id = $1 WHERE agent_name = 'macro' AND created_at >= '2020-03-01'
         AND created_at < '2020-03-28'`,
      reused,
    );
    for (const day of ['2020-01-31', '2020-02-01']) await addQuestion(day);
    const dropped: string[] = [];
    expect(await prune(owner, before('2020-02'), ({ name }) => dropped.push(name))).toBe(true);
    const left = [{ day: '2020-02-01' }];
    expect(await questions()).toEqual([{ day: '2020-01-30' }, ...left]);
    expect(await sql(`SELECT day::text FROM llm_spending`)).toEqual(left);
    expect(dropped).toEqual(TABLES.map((table) => `${table}_2020_01`));
    expect(await partitions('2020-01')).toEqual([]);
    expect(await rowsOf()).toEqual(stays);
    expect(stays['trades']).toBeGreaterThan(5);
    expect(await sql(`SELECT run_id, portfolio_id FROM strategy_executions ORDER BY 1, 2`)).toEqual(kept);
    expect(await violated()).toEqual([]);
    const [noted] = await sql<{ finished_at: Date | null }>(`SELECT finished_at FROM dropped_months`);
    expect(noted!.finished_at).not.toBeNull();
    expect(await prune(owner, before('2020-02'))).toBe(true);
  });

  it('are not made again, and nothing can be written for them', async () => {
    await expect(sql(`SELECT ensure_month_partitions('2020-01-15')`)).rejects.toThrow('not kept any more');
    await sql(`SELECT ensure_month_partitions('2019-12-15')`);
    expect(await partitions('2019-12')).toHaveLength(3);
    expect(await partitions('2020-01')).toEqual([]);
    await prune(owner, before('2020-02'));
  });

  it('leave while a transaction holds locks on a month of today, and nobody waits for anybody', async () => {
    const today = await connect();
    await today.query('BEGIN');
    await today.query(`UPDATE strategy_executions SET duration_us = duration_us + 1 WHERE executed_at >= '2020-07-01'`);
    await today.query(`SELECT count(*) FROM portfolio_snapshots`);
    const dropping = prune(owner, before('2020-03'));
    await waits();

    // The one that holds locks goes on, whatever it does.
    await today.query(`UPDATE strategy_executions SET duration_us = duration_us + 1 WHERE executed_at >= '2020-07-01'`);
    // So do those who come later: nothing is queued in front of them.
    const later = await connect();
    await later.query(`SET lock_timeout = '3s'`);
    await later.query(`SELECT count(*) FROM strategy_executions`);
    await later.query(`DELETE FROM portfolio_snapshots WHERE taken_at = '2020-07-31'`);
    await later.query(`SELECT ensure_month_partitions('2020-11-01')`);
    engine.clock.set(new Date('2020-07-29T12:30:00Z'));
    expect(await engine.tick()).toHaveLength(1);
    const queued = await sql(
      `SELECT relation::regclass::text FROM pg_locks WHERE NOT granted AND locktype = 'relation' AND database =
         (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    expect(queued).toEqual([]);

    await today.query('COMMIT');
    expect(await dropping).toBe(true);
    expect(await partitions('2020-02')).toEqual([]);
    expect(await questions()).toEqual([{ day: '2020-01-30' }]);
    expect(await violated()).toEqual([]);
  });

  it('are dropped by the next call when one was cut off in the middle', async () => {
    const reader = await connect();
    await reader.query('BEGIN');
    await reader.query(`SELECT count(*) FROM strategy_executions`);
    const leaving = new AbortController();
    const cut = prune(owner, before('2020-04'), undefined, leaving.signal);
    await waits();
    leaving.abort();
    await expect(cut).rejects.toThrow(/terminated/i);
    const states = (await partitions('2020-03')).map(({ name, state }) => [name, state]);
    expect(states).toContainEqual(['strategy_executions_2020_03', 'leaving']);
    // What is half gone is missed by nobody.
    expect(await violated()).toEqual([]);
    await reader.query('COMMIT');
    // The server may not have noticed yet that the first one is away.
    for (let tries = 0; !(await prune(owner, before('2020-04'))); tries++) {
      expect(tries).toBeLessThan(100);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await partitions('2020-03')).toEqual([]);
    expect(await questions()).toEqual([]);
    expect(await violated()).toEqual([]);
    expect(await sql(`SELECT month FROM dropped_months WHERE finished_at IS NULL`)).toEqual([]);
  });

  it('leave alone what somebody has detached to keep it', async () => {
    await sql(`ALTER TABLE agent_executions DETACH PARTITION agent_executions_2020_04`);
    const found = await prunable(owner, before('2020-05'));
    expect(found.map(({ name }) => name)).toEqual(['portfolio_snapshots_2020_04', 'strategy_executions_2020_04']);
    await sql(
      `ALTER TABLE agent_executions ATTACH PARTITION agent_executions_2020_04
       FOR VALUES FROM ('${await lowest('2020-04-01')}') TO ('${await lowest('2020-05-01')}')`,
    );
  });

  async function lowest(at: string): Promise<string> {
    return (await sql<{ id: string }>(`SELECT lowest_id_at($1) AS id`, at))[0]!.id;
  }

  it('count in the Sharpe ratio as before, one or several at a time', async () => {
    // The days of runs have their own value; the curve's is the last of each.
    const expected = sharpeRatioOf(curve).value!;
    expect(await sharpe()).toBeCloseTo(expected, 9);
    await prune(owner, before('2020-05'));
    expect(await sharpe()).toBeCloseTo(expected, 9);
    await prune(owner, before('2020-07'));
    expect(await sharpe()).toBeCloseTo(expected, 9);
    expect(await violated()).toEqual([]);
  });

  it('are those before the last RETENTION_MONTHS full ones, for a sweep of a worker', async () => {
    engine.clock.set(new Date('2020-09-15T00:00:00Z'));
    const lines: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
    const sweep = (settings: Parameters<typeof testConfig>[1]) =>
      new RetentionSweep(testConfig(engine.database.appUrl, { ownerUrl: owner, ...settings }), engine.clock, logger);
    await sweep({ role: 'api', retentionMonths: 1 }).tick();
    await sweep({ role: 'worker', retentionMonths: null }).tick();
    await sweep({ role: 'worker', retentionMonths: 2 }).tick();
    expect(lines).toEqual([]);
    expect(await partitions('2020-07')).toHaveLength(3);
    await sweep({ role: 'worker', retentionMonths: 1 }).tick();
    expect(lines.map((line) => (JSON.parse(line) as { msg: string; month: string }).month)).toEqual(
      Array<string>(3).fill('2020-07'),
    );
    expect(await partitions('2020-07')).toEqual([]);
    expect(await violated()).toEqual([]);
  });
});
