import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ExecutionStore } from '../../src/instances/history/execution.store.js';
import { BookStore } from '../../src/instances/history/book.store.js';
import { ChunkStore } from '../../src/scheduler/chunks/chunk.store.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';

const FIRST = Date.parse('2026-01-15T12:00:00Z');
const EVERYTHING = { signal: null, status: null, from: null, to: null };

/** How PostgreSQL carries out what the stores ask for when the history fills several months. */
describe('statements on a history of three months', () => {
  let engine: TestEngine;
  let portfolios: string[];
  let runs: { id: string; at: Date }[];
  let executions: { id: string; portfolio_id: string }[];

  beforeAll(async () => {
    engine = await createTestEngine({ startAt: new Date(FIRST) });
    portfolios = await engine.addInstances(5);
    const sql = (statement: string, ...values: unknown[]) => engine.database.dataSource.query(statement, values);
    // A run an hour for 80 days: from January into April.
    runs = (await sql(
      `
      INSERT INTO strategy_runs (id, definition_id, definition_version, scheduled_for, trigger, status, counters, created_at)
      SELECT lowest_id_at(at), d.id, 1, at, 'schedule', 'completed', '{}', at
      FROM strategy_definitions d, generate_series($1::timestamptz, $1::timestamptz + interval '80 days', interval '1 hour') at
      WHERE d.is_active RETURNING id, created_at AS at`,
      new Date(FIRST),
    )) as typeof runs;
    await sql(`SELECT ensure_month_partitions('2026-04-01')`);
    executions = (await sql(`
      INSERT INTO strategy_executions (id, run_id, portfolio_id, status, signal, should_execute, reasons, params_version,
        state_before, duration_us, executed_at)
      SELECT (left(r.id::text, 13) || '-7000-8000-' || right(md5(p.id::text), 12))::uuid, r.id, p.id, 'completed', 'HOLD', false, '[]', 1, '{}', 1,
        r.created_at FROM strategy_runs r, portfolios p RETURNING id, portfolio_id`)) as typeof executions;
    await sql(`
      INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value, price)
      SELECT p.id, r.created_at + interval '1 second', 1, 1, 0, 1 FROM strategy_runs r, portfolios p`);
    await sql(`ANALYZE`);
  });

  afterAll(() => engine.close());

  /** The plan of the last statement that is sent while `work` is done, as text. */
  async function planOf(work: () => Promise<unknown>): Promise<string> {
    const database = engine.app.get(DataSource);
    const query = database.query;
    let plan = '';
    database.query = async function explained(sql: string, ...rest: never[]) {
      const rows = (await query.call(
        database,
        `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ${sql}`,
        ...rest,
      )) as {
        'QUERY PLAN': string;
      }[];
      plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      return query.call(database, sql, ...rest);
    } as typeof query;
    try {
      await work();
    } finally {
      database.query = query;
    }
    return plan;
  }

  /** The plan without what was not carried out. */
  function readPart(plan: string): string {
    return plan
      .split('\n')
      .filter((line) => !line.includes('never executed'))
      .join('\n');
  }

  /** Partitions of a table that the plan really read. */
  function monthsRead(plan: string, table: string): string[] {
    const scans = plan.split('\n').filter((line) => line.includes(` on ${table}_`) && !line.includes('never executed'));
    return [...new Set(scans.map((line) => new RegExp(`${table}_(\\d{4}_\\d{2})`).exec(line)![1]!))];
  }

  /** How many runs of the definition the list went through, by whatever way of its index. */
  function runsLookedAt(plan: string): number {
    const scan = /(?:Index Scan(?: Backward)? using \w+|Bitmap Heap Scan) on strategy_runs r .*rows=(\d+)/.exec(plan);
    if (!scan) throw new Error(`No index of the runs was used:\n${plan}`);
    return Number(scan[1]);
  }

  const last = <T>(list: readonly T[]): T => list.at(-1)!;

  it('read the newest page of executions by the index, month after month, and stop', async () => {
    const store = engine.app.get(ExecutionStore);
    const plan = await planOf(() => store.list(portfolios[0]!, EVERYTHING, null, 51));
    expect(readPart(plan)).not.toMatch(/Sort|Seq Scan on strategy_/);
    expect(monthsRead(plan, 'strategy_executions')).toEqual(['2026_04']);
    expect(runsLookedAt(plan)).toBe(51);
  });

  it('go on from a cursor without a look at the months after it', async () => {
    const store = engine.app.get(ExecutionStore);
    const february = runs.find(({ at }) => at.getUTCMonth() === 1 && at.getUTCDate() === 20)!;
    let page: { run_id: string }[] = [];
    const plan = await planOf(async () => {
      page = await store.list(portfolios[0]!, EVERYTHING, february.id, 51);
    });
    expect(readPart(plan)).not.toMatch(/Sort|Seq Scan on strategy_/);
    expect(monthsRead(plan, 'strategy_executions')).toEqual(['2026_02']);
    expect(runsLookedAt(plan)).toBe(51);
    expect(page).toHaveLength(51);
    expect(page[0]!.run_id < february.id).toBe(true);
  });

  it('go through none of the runs from before an instance was made, or from after it was stopped', async () => {
    const store = engine.app.get(ExecutionStore);
    const sql = (statement: string) => engine.database.dataSource.query(statement, [portfolios[1]]);
    await sql(`UPDATE portfolios SET created_at = '2026-03-01' WHERE id = $1`);
    const young = await planOf(() => store.list(portfolios[1]!, { ...EVERYTHING, signal: 'BUY' }, null, 51));
    // A week of waiting, and a day more.
    const since = runs.filter(({ at }) => at >= new Date('2026-02-21')).length;
    expect(runsLookedAt(young)).toBe(since);
    await sql(`UPDATE portfolios SET is_active = false, updated_at = '2026-03-02' WHERE id = $1`);
    const stopped = await planOf(() => store.list(portfolios[1]!, { ...EVERYTHING, signal: 'BUY' }, null, 51));
    const between = runs.filter(({ at }) => at >= new Date('2026-02-21') && at <= new Date('2026-03-02')).length;
    expect(runsLookedAt(stopped)).toBe(between);
  });

  it('find one execution by one index of one month', async () => {
    const store = engine.app.get(ExecutionStore);
    const { id, portfolio_id: portfolio } = last(executions);
    let found: { id: string } | null = null;
    const plan = await planOf(async () => {
      found = await store.get(portfolio, id);
    });
    expect(found).toMatchObject({ id });
    expect(monthsRead(plan, 'strategy_executions')).toEqual(['2026_04']);
    expect(plan).toMatch(/Index Scan (using|on) strategy_executions_2026_04_pkey/);
  });

  it('read a chunk’s instances with a look at the month of the run alone', async () => {
    const definition = (await engine.database.dataSource.query(
      `SELECT id FROM strategy_definitions WHERE is_active`,
    )) as { id: number }[];
    const [first, end] = [portfolios[0]!, last(portfolios)];
    const task = {
      id: last(runs).id,
      definition_id: definition[0]!.id,
      trade_symbol: 'BTC',
      first_portfolio_id: first,
      last_portfolio_id: end,
    };
    const plan = await planOf(() =>
      engine.app
        .get(ChunkStore)
        .instances(engine.app.get(DataSource) as never, task as never, { lastTrade: true, perpetual: true }),
    );
    expect(new Set(monthsRead(plan, 'strategy_executions'))).toEqual(new Set(['2026_04']));
    expect(plan).not.toMatch(/strategy_executions_2026_03/);
  });

  it('read the newest page of snapshots by the index, month after month, and stop', async () => {
    const store = engine.app.get(BookStore);
    const plan = await planOf(() => store.snapshots(portfolios[0]!, { from: null, to: null }, null, 51));
    expect(plan).not.toMatch(/Sort|Seq Scan on portfolio_snapshots/);
    expect(last(monthsRead(plan, 'portfolio_snapshots'))).toBe('2026_04');
  });
});
