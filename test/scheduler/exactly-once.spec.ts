import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BusinessAgentsService } from '../../src/business-agents/business-agents.service.js';
import { AGENT_RUNNER, type AgentRunner } from '../../src/business-agents/runner/agent-runner.js';
import { MarketDataUnavailable } from '../../src/market-data/market-data-errors.js';
import { MarketDataService } from '../../src/market-data/market-data.service.js';
import { ChunkStore } from '../../src/scheduler/chunks/chunk.store.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { RunProgressStore } from '../../src/scheduler/runs/run-progress.store.js';
import { RunStore } from '../../src/scheduler/runs/run.store.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';

describe('exactly once', () => {
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await createTestEngine({ config: { chunkSize: 30 } });
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    try {
      const results = await checkInvariants(engine.database.dataSource);
      expect(results.filter((result) => result.violations > 0)).toEqual([]);
    } finally {
      await engine.close();
    }
  });

  async function count(table: string): Promise<number> {
    const [row] = await engine.database.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::integer AS n FROM ${table}`,
    );
    return row!.n;
  }

  it('makes a tick once, however many planners wake up for it', async () => {
    await engine.database.dataSource.query(`UPDATE strategy_definitions SET is_active = true`);
    const made = await Promise.all(Array.from({ length: 8 }, () => engine.planner.planDue()));
    const definitions = await count('strategy_definitions');
    expect(made.flat()).toHaveLength(definitions);
    expect(await count('strategy_runs')).toBe(definitions);
  });

  it('serves an instance once when its chunk is handled again and again, also at the same time', async () => {
    await engine.addInstances(30, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    await engine.runs.handle(runId!);
    await Promise.all(Array.from({ length: 6 }, () => engine.chunks.handle(runId!, 0)));
    await engine.chunks.handle(runId!, 0);
    expect(await count('strategy_executions')).toBe(30);
    expect(await count('trades')).toBe(30);
    const [run] = await engine.database.dataSource.query<{ counters: unknown; chunks_done: number; status: string }[]>(
      `SELECT counters, chunks_done, status FROM strategy_runs WHERE id = $1`,
      [runId],
    );
    expect(run).toEqual({
      counters: { instances: 30, executed: 30, held: 0, failed: 0 },
      chunks_done: 1,
      status: 'completed',
    });
  });

  it('analyses once when several workers take the same run, and divides its instances once', async () => {
    await engine.addInstances(3);
    const [runId] = await engine.planner.planDue();
    await Promise.all(Array.from({ length: 5 }, () => engine.runs.handle(runId!)));
    expect(await count(`agent_executions WHERE run_id = '${runId}'`)).toBe(3);
    expect(await count(`strategy_run_chunks WHERE run_id = '${runId}'`)).toBe(1);
  });

  it('lets another worker take over a run whose worker died, after its lease', async () => {
    await engine.addInstances(2);
    const [runId] = await engine.planner.planDue();
    // What a worker leaves that dies in the middle of the analysis.
    await engine.database.dataSource.query(
      `UPDATE strategy_runs SET status = 'analysing', started_at = $2, lease_until = $2::timestamptz + interval '60 s' WHERE id = $1`,
      [runId, engine.clock.now()],
    );
    expect(await engine.runs.handle(runId!)).toEqual([]);
    engine.clock.advance(61_000);
    expect(await engine.runs.handle(runId!)).toEqual([0]);
    await engine.chunks.handle(runId!, 0);
    expect(await count('strategy_executions')).toBe(2);
  });

  it('lets nobody finish an analysis whose run another worker has taken over', async () => {
    await engine.addInstances(2);
    const [runId] = await engine.planner.planDue();
    const service = engine.app.get(BusinessAgentsService);
    const analyse = service.analyse.bind(service);
    const ask = jest.spyOn(engine.app.get<AgentRunner>(AGENT_RUNNER, { strict: false }), 'ask');
    let second: number[] | undefined;
    let third: number[] | undefined;
    jest.spyOn(service, 'analyse').mockImplementation(async (request) => {
      const outcomes = await analyse(request);
      // The first worker is stopped for so long, in the middle of its analysis, that others take over.
      if (second === undefined) {
        second = [];
        engine.clock.advance(16_000);
        second = await engine.runs.handle(runId!);
      } else if (third === undefined) {
        third = [];
        engine.clock.advance(16_000);
        third = await engine.runs.handle(runId!);
      }
      return outcomes;
    });
    const first = await engine.runs.handle(runId!);
    expect(ask.mock.calls.map(([agent]) => agent).sort()).toEqual(['macro', 'onchain', 'ta']);
    jest.restoreAllMocks();
    // The last to take it has divided it; the others find it divided.
    expect([first, second, third]).toEqual([[0], [0], [0]]);
    const [run] = await engine.database.dataSource.query<{ attempts: number }[]>(
      `SELECT attempts FROM strategy_runs WHERE id = $1`,
      [runId],
    );
    expect(run!.attempts).toBe(3);
    expect(await count('agent_executions')).toBe(3);
    await engine.chunks.handle(runId!, 0);
    expect(await count('strategy_executions')).toBe(2);
  });

  it('divides nothing with a claim that has run out, also while the next one is still at work', async () => {
    await engine.addInstances(1);
    const [runId] = await engine.planner.planDue();
    const store = engine.app.get(RunStore);
    const divided = engine.app.get(RunProgressStore);
    const until = () => new Date(engine.clock.now().getTime() + 15_000);
    const claim = () => store.claimForAnalysis(runId!, engine.clock.now(), until());
    const old = await store.begin((await claim())!, engine.clock.now());
    engine.clock.advance(16_000);
    const present = await store.begin((await claim())!, engine.clock.now());
    expect(await store.begin(old!, engine.clock.now())).toBeNull();
    const basis = { market: {} as never, decisionAgentVersion: null, slippageBps: 5 };
    const { manager } = engine.database.dataSource;
    expect(await divided.divide(manager, old!, basis, 1000)).toBeNull();
    await store.renew(old!, new Date(engine.clock.now().getTime() + 60_000));
    await store.release(old!);
    const lease = `SELECT lease_until FROM strategy_runs WHERE id = '${runId}'`;
    expect(await engine.database.dataSource.query(lease)).toEqual([{ lease_until: until() }]);
    expect(await divided.divide(manager, present!, basis, 1000)).toBe(1);
  });

  it('fails no run that another worker has taken over, neither before nor after it is divided', async () => {
    await engine.addInstances(2, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    const store = engine.app.get(RunStore);
    const until = new Date(engine.clock.now().getTime() + 15_000);
    const old = await store.claimForAnalysis(runId!, engine.clock.now(), until);
    engine.clock.advance(16_000);
    const error = { code: 'market_data_unavailable' as const, message: 'There was no price.' };
    const service = engine.app.get(BusinessAgentsService);
    const analyse = service.analyse.bind(service);
    jest.spyOn(service, 'analyse').mockImplementationOnce(async (request) => {
      // The worker that was away wakes up while its successor is at work.
      expect(await store.failAnalysis(old!, error, engine.clock.now())).toBe(false);
      return analyse(request);
    });
    expect(await engine.runs.handle(runId!)).toEqual([0]);
    jest.restoreAllMocks();
    expect(await store.failAnalysis(old!, error, engine.clock.now())).toBe(false);
    await engine.chunks.handle(runId!, 0);
    expect(await store.failAnalysis(old!, error, engine.clock.now())).toBe(false);
    expect(await engine.app.get(RunProgressStore).failDeciding(runId!, error, engine.clock.now())).toBe(false);
    const runs = await engine.database.dataSource.query(`SELECT status, error FROM strategy_runs`);
    expect(runs).toEqual([{ status: 'completed', error: null }]);
  });

  it('leaves a run to its successor when a worker wakes up late and finds no market', async () => {
    await engine.addInstances(1, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    const market = engine.app.get(MarketDataService, { strict: false });
    let chunks: number[] | undefined;
    jest.spyOn(market, 'snapshot').mockImplementationOnce(async () => {
      engine.clock.advance(16_000);
      chunks = await engine.runs.handle(runId!);
      throw new MarketDataUnavailable('BTC', 'source_failed');
    });
    await engine.runs.handle(runId!);
    expect(chunks).toEqual([0]);
    await engine.chunks.handle(runId!, 0);
    const runs = await engine.database.dataSource.query(`SELECT status, error FROM strategy_runs`);
    expect(runs).toEqual([{ status: 'completed', error: null }]);
  });

  it('leaves a chunk alone that another worker has at this moment', async () => {
    await engine.addInstances(2, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    await engine.runs.handle(runId!);
    const runner = engine.database.dataSource.createQueryRunner();
    await runner.startTransaction();
    await engine.app.get(ChunkStore).lock(runner.manager, runId!, 0);
    await engine.chunks.handle(runId!, 0);
    expect(await count('strategy_executions')).toBe(0);
    // The worker dies: what it held is free at once.
    await runner.rollbackTransaction();
    await runner.release();
    await engine.chunks.handle(runId!, 0);
    expect(await count('strategy_executions')).toBe(2);
  });

  it('serves no instance of a run that has failed, and leaves it failed', async () => {
    await engine.addInstances(31, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    expect(await engine.runs.handle(runId!)).toEqual([0, 1]);
    await engine.chunks.handle(runId!, 0);
    const store = engine.app.get(RunProgressStore);
    const fail = () => store.failDeciding(runId!, { code: 'chunk_failed', message: 'x' }, engine.clock.now());
    // It fails while the other chunk is being written.
    const chunks = engine.app.get(ChunkStore);
    const finish = chunks.finish.bind(chunks);
    jest.spyOn(chunks, 'finish').mockImplementationOnce(async (...args) => {
      expect(await fail()).toBe(true);
      return finish(...args);
    });
    await expect(engine.chunks.handle(runId!, 1)).rejects.toThrow('is over');
    jest.restoreAllMocks();
    await engine.chunks.handle(runId!, 1);
    expect(await engine.runs.handle(runId!)).toEqual([]);
    expect(await count('trades')).toBe(30);
    const runs = await engine.database.dataSource.query(`SELECT status, chunks_done, counters FROM strategy_runs`);
    const counters = { instances: 30, executed: 30, held: 0, failed: 0 };
    expect(runs).toEqual([{ status: 'failed', chunks_done: 1, counters }]);
  });

  it('leaves nothing of a chunk behind that could not be written to its end', async () => {
    await engine.addInstances(5, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    await engine.runs.handle(runId!);
    await engine.database.dataSource.query(
      `ALTER TABLE portfolio_snapshots ADD CONSTRAINT full_disk CHECK (taken_at < '2026-01-15T12:00:00Z') NOT VALID`,
    );
    await expect(engine.chunks.handle(runId!, 0)).rejects.toThrow('full_disk');
    expect([await count('strategy_executions'), await count('trades'), await count('orders')]).toEqual([0, 0, 0]);
    await engine.database.dataSource.query(`ALTER TABLE portfolio_snapshots DROP CONSTRAINT full_disk`);
    await engine.chunks.handle(runId!, 0);
    expect([await count('strategy_executions'), await count('trades'), await count('orders')]).toEqual([5, 5, 5]);
  });

  it('does not serve an instance that was stopped before its chunk came', async () => {
    const [first] = await engine.addInstances(2);
    const [runId] = await engine.planner.planDue();
    await engine.runs.handle(runId!);
    await engine.database.dataSource.query(`UPDATE portfolios SET is_active = false WHERE id = $1`, [first]);
    await engine.chunks.handle(runId!, 0);
    expect(await count('strategy_executions')).toBe(1);
  });
});
