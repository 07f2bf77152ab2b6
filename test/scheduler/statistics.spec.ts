import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import pino from 'pino';
import { sharpeRatioOf, type DayValue } from '../../src/domain/portfolio/performance.js';
import { PerformanceStore } from '../../src/instances/performance/performance.store.js';
import { DailyStatistics } from '../../src/trading/valuation/daily-statistics.js';
import { StatisticsStore } from '../../src/trading/valuation/statistics.store.js';
import { testConfig } from '../support/config.js';
import { dailyCurve } from '../support/daily-curve.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { randomNumbers } from '../support/random-numbers.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** More than two portions. */
const MANY = 430;

describe('statistics of the equity curve', () => {
  let engine: TestEngine;
  let statistics: DailyStatistics;
  const logged: { msg: string }[] = [];

  beforeEach(async () => {
    engine = await createTestEngine({ startAt: new Date('2026-01-01T06:00:00Z') });
    logged.splice(0);
    statistics = process();
  });

  afterEach(() => engine.close());

  const sql = <T>(statement: string, ...values: unknown[]) => engine.database.dataSource.query<T[]>(statement, values);

  /** The statistics of a process of its own. */
  function process(): DailyStatistics {
    const logger = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
    const config = testConfig(engine.database.appUrl, { role: 'worker' });
    return new DailyStatistics(engine.app.get(StatisticsStore), config, engine.clock, logger);
  }

  /** Snapshots twice a day; only the later one of a day counts. */
  async function addDays(id: string, values: readonly number[]): Promise<void> {
    const start = Date.UTC(2026, 0, 1);
    const rows = values.flatMap((value, day) => [
      [start + day * DAY_MS + DAY_MS / 3, value * 3],
      [start + day * DAY_MS + DAY_MS / 2, value],
    ]);
    await engine.database.dataSource.query(
      `INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value)
       SELECT $1, taken_at, value, value, 0 FROM unnest($2::timestamptz[], $3::numeric[]) AS s (taken_at, value)`,
      [id, rows.map(([at]) => new Date(at!)), rows.map(([, value]) => value)],
    );
  }

  async function sharpeOf(id: string): Promise<number | null> {
    const [row] = await sql<{ sharpe_ratio: number | null }>(`SELECT sharpe_ratio FROM portfolios WHERE id = $1`, id);
    return row!.sharpe_ratio;
  }

  /** Copies of one instance with a curve of 40 days each, all different. @returns the curves by id. */
  async function addMany(): Promise<Map<string, number[]>> {
    const [first] = await engine.addInstances(1);
    await sql(
      `INSERT INTO portfolios (id, user_id, strategy_definition_id, instance_number, instance_name, instance_description,
         instance_params, trading_mode, initial_balance, current_balance, total_value, total_pnl, peak_value, created_at,
         updated_at)
       SELECT gen_random_uuid(), user_id, strategy_definition_id, n, instance_name || n, instance_description,
         instance_params, trading_mode, initial_balance, current_balance, total_value, total_pnl, peak_value, created_at,
         updated_at
       FROM portfolios, generate_series(2, $1::integer) n WHERE id = $2`,
      MANY,
      first,
    );
    await sql(
      `INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value)
       SELECT p.id, timestamptz '2026-01-01 00:30Z' + h * interval '8 hours', v.value, v.value, 0
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM portfolios) p, generate_series(0, 119) h,
         LATERAL (SELECT (10000 + p.n + h * (p.n % 7) + 50 * ((h * 7 + p.n) % 5))::numeric AS value) v`,
    );
    engine.clock.set(new Date(Date.UTC(2026, 1, 10, 1)));
    const days = await sql<{ id: string; curve: number[] }>(
      `SELECT portfolio_id AS id, array_agg(total_value::float8 ORDER BY taken_at) AS curve FROM portfolio_snapshots
       WHERE extract(hour FROM taken_at AT TIME ZONE 'UTC') = 16 GROUP BY portfolio_id`,
    );
    return new Map(days.map(({ id, curve }) => [id, curve]));
  }

  const computed = () =>
    sql<{ id: string; ratio: number; version: string }>(
      `SELECT id, sharpe_ratio AS ratio, xmin::text AS version FROM portfolios WHERE sharpe_ratio IS NOT NULL ORDER BY id`,
    );

  async function connect(): Promise<Client> {
    const client = new Client({ connectionString: engine.database.url });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  it('agree with the domain’s Sharpe ratio, and stay away where there is too little or no variation', async () => {
    const [long, short, flat] = await engine.addInstances(3);
    const curve = Array.from({ length: 45 }, (_, day) => 10_000 * (1 + 0.002 * day + 0.01 * Math.sin(day * 1.7)));
    await addDays(long!, curve);
    // With the deposit, 29 returns.
    await addDays(short!, curve.slice(0, 29));
    await addDays(flat!, Array<number>(45).fill(10_000));
    engine.clock.set(new Date(Date.UTC(2026, 0, 46, 1)));
    await statistics.tick();
    expect(await sharpeOf(long!)).toBeCloseTo(sharpeRatioOf(dailyCurve(curve)).value!, 9);
    expect(await sharpeOf(short!)).toBeNull();
    expect(await sharpeOf(flat!)).toBeNull();
  });

  it('agree with the domain where days are missing, the first day falls and the end is ruin', async () => {
    const [torn, ruined] = await engine.addInstances(2);
    const curve = Array.from({ length: 50 }, (_, day) => 9000 * (1 + 0.002 * day + 0.01 * Math.sin(day * 1.7)));
    for (const [id, values] of [
      [torn!, curve],
      [ruined!, [...curve.slice(0, 48), 0, 0]],
    ] as const)
      await addDays(id, values);
    await sql(
      `DELETE FROM portfolio_snapshots WHERE portfolio_id = $1 AND taken_at >= '2026-01-13Z' AND taken_at < '2026-01-22Z'`,
      torn,
    );
    engine.clock.set(new Date(Date.UTC(2026, 0, 51, 1)));
    await statistics.tick();
    const whole = dailyCurve(curve);
    const expected = whole.filter(({ day }) => day < 12 || day > 20);
    expect(await sharpeOf(torn!)).toBeCloseTo(sharpeRatioOf(expected).value!, 9);
    expect(await sharpeOf(ruined!)).toBeCloseTo(sharpeRatioOf(dailyCurve([...curve.slice(0, 48), 0, 0])).value!, 9);
  });

  it('agree with the domain and with the performance on random curves with random gaps', async () => {
    const random = randomNumbers(20260101);
    const curves = new Map<string, DayValue[]>();
    for (const id of await engine.addInstances(6)) {
      let value = 10_000;
      const walk = Array.from({ length: 90 }, () => (value = Math.round(value * (0.97 + 0.06 * random()) * 100) / 100));
      await addDays(id, walk);
      const gaps = walk.map((_, day) => day).filter((day) => day % 30 !== 0 && random() < 0.25);
      await sql(
        `DELETE FROM portfolio_snapshots s USING unnest($2::integer[]) AS gap (day)
         WHERE portfolio_id = $1 AND date_trunc('day', taken_at, 'UTC') = timestamptz '2026-01-01Z' + day * interval '24 hours'`,
        id,
        gaps,
      );
      curves.set(
        id,
        dailyCurve(walk).filter(({ day }) => !gaps.includes(day)),
      );
    }
    engine.clock.set(new Date(Date.UTC(2026, 0, 91, 1)));
    await statistics.tick();
    const performances = await engine.app
      .get(PerformanceStore, { strict: false })
      .performances([...curves.keys()], engine.clock.now());
    for (const [id, curve] of curves) {
      const expected = sharpeRatioOf(curve).value!;
      expect(await sharpeOf(id)).toBeCloseTo(expected, 9);
      const { history } = performances.get(id)!;
      expect(sharpeRatioOf(history.curve).value).toBeCloseTo(expected, 9);
    }
  });

  it('leave out the day that is not over', async () => {
    const [id] = await engine.addInstances(1);
    const curve = Array.from({ length: 40 }, (_, day) => 10_000 + 50 * ((day * 7) % 5));
    await addDays(id!, curve);
    engine.clock.set(new Date(Date.UTC(2026, 0, 40, 13)));
    await statistics.tick();
    expect(await sharpeOf(id!)).toBeCloseTo(sharpeRatioOf(dailyCurve(curve.slice(0, -1))).value!, 9);
  });

  it('are those of every instance, over several portions, and what has not changed is not written', async () => {
    const curves = await addMany();
    await statistics.tick();
    const rows = await computed();
    expect(rows).toHaveLength(MANY);
    for (const { id, ratio } of rows) expect(ratio).toBeCloseTo(sharpeRatioOf(dailyCurve(curves.get(id)!)).value!, 9);
    await process().tick();
    expect(await computed()).toEqual(rows);
    expect(logged).toEqual([]);
  });

  it('wait for no instance that somebody works on, and have it at a later look', async () => {
    const ids = [...(await addMany()).keys()].sort();
    const held = [ids[0]!, ids[250]!];
    const run = await connect();
    await run.query(`BEGIN`);
    await run.query(`SELECT 1 FROM portfolios WHERE id = ANY ($1::uuid[]) FOR NO KEY UPDATE`, [held]);
    await statistics.tick();
    const without = await computed();
    expect(without.map(({ id }) => id)).toEqual(ids.filter((id) => !held.includes(id)));
    await statistics.tick();
    expect(await computed()).toEqual(without);
    await run.end();
    await statistics.tick();
    expect((await computed()).map(({ id }) => id)).toEqual(ids);
  });

  it('are left to the process that is at them, and looked at again when it is not', async () => {
    await addMany();
    const other = await connect();
    await other.query(`SELECT pg_advisory_lock(7262666)`);
    await statistics.tick();
    expect(await computed()).toEqual([]);
    await other.end();
    await statistics.tick();
    expect(await computed()).toHaveLength(MANY);
  });

  it('end between two portions when the process ends', async () => {
    await addMany();
    const ticking = statistics.tick();
    await statistics.onModuleDestroy();
    await ticking;
    expect((await computed()).length).toBeLessThanOrEqual(200);
    await process().tick();
    expect(await computed()).toHaveLength(MANY);
  });

  it('say that they failed, not that the valuation did, and are not tried again at once but go on where they were', async () => {
    const ids = [...(await addMany()).keys()].sort();
    await sql(`ALTER TABLE portfolios ADD CONSTRAINT ck_broken CHECK (sharpe_ratio IS NULL OR id <> '${ids[300]}')`);
    await statistics.tick();
    expect(logged.map(({ msg }) => msg)).toEqual(['statistics failed']);
    const first = await computed();
    expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 200));
    await sql(`ALTER TABLE portfolios DROP CONSTRAINT ck_broken`);
    engine.clock.advance(14 * MINUTE_MS);
    await statistics.tick();
    expect(await computed()).toEqual(first);
    engine.clock.advance(MINUTE_MS);
    await statistics.tick();
    expect(await computed()).toHaveLength(MANY);
    expect(logged).toHaveLength(1);
  });

  it('are computed again on the next day, and once a day', async () => {
    const [id] = await engine.addInstances(1);
    const curve = Array.from({ length: 42 }, (_, day) => 10_000 + 50 * ((day * 7) % 5));
    await addDays(id!, curve);
    for (const day of [40, 41]) {
      engine.clock.set(new Date(Date.UTC(2026, 0, day + 1, 1)));
      await statistics.tick();
      expect(await sharpeOf(id!)).toBeCloseTo(sharpeRatioOf(dailyCurve(curve.slice(0, day))).value!, 9);
    }
    await sql(`UPDATE portfolios SET sharpe_ratio = 1`);
    await statistics.tick();
    expect(await sharpeOf(id!)).toBe(1);
  });
});
