import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BusinessAgentsService } from '../../src/business-agents/business-agents.service.js';
import type { StoredReason } from '../../src/instances/history/storage-codec.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { ValuationService } from '../../src/trading/valuation/valuation.service.js';
import { withReasons } from '../support/decisions.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { FixedMarket } from '../support/fixed-market.js';
import { ALWAYS_BUY } from '../support/params.js';
import { eventually } from '../support/eventually.js';

const PERIOD_MS = 600_000;

describe('races', () => {
  let engine: TestEngine;
  let market: FixedMarket;

  beforeEach(async () => {
    market = new FixedMarket('100000');
    engine = await createTestEngine({ source: market, config: { chunkSize: 20 } });
  });

  afterEach(async () => {
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
    await engine.close();
  });

  function query<T>(sql: string, params: unknown[] = []): Promise<T[]> {
    return engine.database.dataSource.query<T[]>(sql, params);
  }

  /** Holds every portfolio while `start` sets `waiting` sessions off, and lets them go only when all of them wait. */
  async function whileLocked<T>(waiting: number, start: () => Promise<T>): Promise<T> {
    const runner = engine.database.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`SELECT 1 FROM portfolios FOR UPDATE`);
    const result = start();
    await eventually(`${waiting} sessions wait for a lock`, async () => {
      const [row] = await query<{ n: number }>(
        `SELECT count(*)::integer AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return row!.n >= waiting ? true : null;
    });
    await runner.commitTransaction();
    await runner.release();
    return result;
  }

  async function secondRun(): Promise<string> {
    const [definition] = await query<{ id: number }>(`SELECT id FROM strategy_definitions WHERE is_active`);
    return engine.planner.planNow(definition!.id, async () => undefined);
  }

  it('lets two runs of one definition book one after the other when they meet', async () => {
    await engine.addInstances(15, { params: ALWAYS_BUY });
    await engine.tick();
    engine.clock.advance(PERIOD_MS);
    const [first] = await engine.planner.planDue();
    engine.clock.advance(1000);
    const second = await secondRun();
    await engine.runs.handle(first!);
    await engine.runs.handle(second);
    await whileLocked(2, () => Promise.all([engine.chunks.handle(first!, 0), engine.chunks.handle(second, 0)]));
    const rows = await query<{ total_trades: number; agrees: boolean }>(
      `SELECT p.total_trades, s.quantity = (SELECT sum(amount) FROM ledger_entries l
         WHERE l.portfolio_id = p.id AND l.asset = 'BTC') AS agrees
       FROM portfolios p JOIN positions s ON s.portfolio_id = p.id`,
    );
    expect(rows).toHaveLength(15);
    for (const row of rows) {
      expect(row.agrees).toBe(true);
      // The older run may come second; then it leaves the instance to the newer one.
      expect([2, 3]).toContain(row.total_trades);
    }
  });

  it('lets two chunks of one run finish at the same time', async () => {
    await engine.addInstances(40, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    expect(await engine.runs.handle(runId!)).toEqual([0, 1]);
    await whileLocked(2, () => Promise.all([engine.chunks.handle(runId!, 0), engine.chunks.handle(runId!, 1)]));
    const [run] = await query(`SELECT status, chunks_done, counters FROM strategy_runs WHERE id = $1`, [runId]);
    expect(run).toEqual({
      status: 'completed',
      chunks_done: 2,
      counters: { instances: 40, executed: 40, held: 0, failed: 0 },
    });
  });

  it('never values a new balance with an old holding, also while runs commit', async () => {
    await engine.addInstances(20, { params: ALWAYS_BUY });
    for (let round = 0; round < 15; round++) {
      engine.clock.advance(PERIOD_MS);
      market.priceText = String(100_000 + round);
      const [runId] = await engine.planner.planDue();
      await engine.runs.handle(runId!);
      const chunk = { served: false };
      const valuation = (async () => {
        while (!chunk.served) await engine.app.get(ValuationService).valueAll();
      })();
      await engine.chunks.handle(runId!, 0);
      chunk.served = true;
      await valuation;
      const [wrong] = await query<{ n: number }>(
        `SELECT count(*)::integer AS n FROM portfolios p JOIN positions s ON s.portfolio_id = p.id
         WHERE p.total_value <> round(p.current_balance + s.quantity * $1::numeric, 18)`,
        [market.priceText],
      );
      expect(wrong!.n).toBe(0);
    }
  });

  it('leaves an instance alone in an older run that comes after a newer one', async () => {
    await engine.addInstances(2, { params: ALWAYS_BUY });
    const [older] = await engine.planner.planDue();
    await engine.runs.handle(older!);
    engine.clock.advance(PERIOD_MS);
    const [newer] = await engine.planner.planDue();
    await engine.runs.handle(newer!);
    await engine.chunks.handle(newer!, 0);
    await engine.chunks.handle(older!, 0);
    const rows = await query<{ status: string; reasons: StoredReason[] }>(
      `SELECT status, reasons FROM strategy_executions WHERE run_id = $1`,
      [older],
    );
    expect(withReasons(rows).map(({ status, reasons }) => [status, reasons[0]!.code])).toEqual([
      ['skipped', 'superseded'],
      ['skipped', 'superseded'],
    ]);
    expect(await query(`SELECT 1 FROM trades`)).toHaveLength(2);
  });

  it('lets ticks that nobody began coalesce into the latest', async () => {
    await engine.addInstances(1, { params: ALWAYS_BUY });
    const planned: string[] = [];
    for (let tick = 0; tick < 4; tick++) {
      planned.push(...(await engine.planner.planDue()));
      engine.clock.advance(PERIOD_MS);
    }
    for (const runId of planned) {
      for (const chunk of await engine.runs.handle(runId)) await engine.chunks.handle(runId, chunk);
    }
    const runs = await query<{ status: string }>(`SELECT status FROM strategy_runs ORDER BY scheduled_for`);
    expect(runs.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'skipped', 'completed']);
    expect(await query(`SELECT 1 FROM trades`)).toHaveLength(1);
  });

  it('asks the agents once when workers meet at a run: the lease keeps the others away', async () => {
    await engine.addInstances(1);
    const [runId] = await engine.planner.planDue();
    const service = engine.app.get(BusinessAgentsService);
    const analyse = service.analyse.bind(service);
    let others: Promise<number[][]> | undefined;
    const spy = jest.spyOn(service, 'analyse').mockImplementation(async (request) => {
      // In the middle of the analysis three more workers take the same run.
      others ??= Promise.all([1, 2, 3].map(() => engine.runs.handle(runId!)));
      await others;
      return analyse(request);
    });
    expect(await engine.runs.handle(runId!)).toEqual([0]);
    expect(await others).toEqual([[], [], []]);
    expect(spy).toHaveBeenCalledTimes(1);
    await engine.chunks.handle(runId!, 0);
  });
});
