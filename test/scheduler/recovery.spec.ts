import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BusinessAgentsService } from '../../src/business-agents/business-agents.service.js';
import { BatchCutoff } from '../../src/decision-agents/cutoff/batch-cutoff.js';
import { NamedCatalogue } from '../../src/domain/catalogue.js';
import { type DecisionAgent, DECISION_AGENTS } from '../../src/domain/decision/decision-agent.js';
import type { Decision } from '../../src/domain/decision/decision.js';
import { ChunkStore } from '../../src/scheduler/chunks/chunk.store.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { RunStore } from '../../src/scheduler/runs/run.store.js';
import { changeParams } from '../support/change-params.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';

describe('recovery', () => {
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await createTestEngine({ config: { chunkSize: 2 } });
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await engine.close();
  });

  function query<T>(sql: string, params: unknown[] = []): Promise<T[]> {
    return engine.database.dataSource.query<T[]>(sql, params);
  }

  it('gives a run back when its analysis breaks off, so that the next attempt need not wait', async () => {
    await engine.addInstances(1, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    const service = engine.app.get(BusinessAgentsService);
    const spy = jest.spyOn(service, 'analyse').mockRejectedValueOnce(new Error('the connection is gone'));
    await expect(engine.runs.handle(runId!)).rejects.toThrow('the connection is gone');
    spy.mockRestore();
    expect(await engine.runs.handle(runId!)).toEqual([0]);
  });

  it('fails a run whose analysis breaks off again and again, and says why', async () => {
    await engine.addInstances(1);
    const [runId] = await engine.planner.planDue();
    jest.spyOn(engine.app.get(BusinessAgentsService), 'analyse').mockRejectedValue(new Error('broken \0 for good'));
    for (let attempt = 0; attempt < 10; attempt++) {
      await expect(engine.runs.handle(runId!)).rejects.toThrow('for good');
    }
    const [run] = await query<{ status: string; error: { code: string; message: string } }>(
      `SELECT status, error FROM strategy_runs WHERE id = $1`,
      [runId],
    );
    expect(run).toMatchObject({ status: 'failed', error: { code: 'analysis_failed' } });
    expect(run!.error.message).toContain('for good');
    expect(await engine.runs.handle(runId!)).toEqual([]);
  });

  describe('of a chunk that cannot be written again and again', () => {
    let ids: string[];
    let runId: string;

    beforeEach(async () => {
      ids = await engine.addInstances(4, { params: ALWAYS_BUY });
      [runId] = (await engine.planner.planDue()) as [string];
      expect(await engine.runs.handle(runId)).toEqual([0, 1]);
    });

    async function failNineTimes(reason: string): Promise<void> {
      for (let attempt = 1; attempt < 10; attempt++) {
        await expect(engine.chunks.handle(runId, 0)).rejects.toThrow(reason);
      }
    }

    const runs = () => query(`SELECT status, error->>'code' AS code, counters FROM strategy_runs`);

    it('makes each of its instances a failed row, and lets the others of the run trade', async () => {
      await query(`ALTER TABLE orders ADD CONSTRAINT no_order CHECK (portfolio_id <> '${ids[1]}') NOT VALID`);
      await failNineTimes('no_order');
      await engine.chunks.handle(runId, 0);
      await engine.chunks.handle(runId, 1);
      const counters = { instances: 4, executed: 2, held: 0, failed: 2 };
      expect(await runs()).toEqual([{ status: 'degraded', code: null, counters }]);
      const failed = await query<{ portfolio_id: string; error: { code: string; message: string } }>(
        `SELECT portfolio_id, error FROM strategy_executions WHERE status = 'failed' ORDER BY portfolio_id`,
      );
      const error = { code: 'chunk_failed', message: expect.stringContaining('could not be processed in 10 attempts') };
      expect(failed).toEqual([
        { portfolio_id: ids[0], error },
        { portfolio_id: ids[1], error },
      ]);
      const violated = await checkInvariants(engine.database.dataSource);
      expect(violated.filter((result) => result.violations > 0)).toEqual([]);
    });

    it('fails the run where not even that can be written, and serves no more of it', async () => {
      await query(`ALTER TABLE strategy_executions ADD CONSTRAINT nothing CHECK (id IS NULL) NOT VALID`);
      await failNineTimes('nothing');
      await engine.chunks.handle(runId, 0);
      const counters = { instances: 0, executed: 0, held: 0, failed: 0 };
      expect(await runs()).toEqual([{ status: 'failed', code: 'chunk_failed', counters }]);
      await query(`ALTER TABLE strategy_executions DROP CONSTRAINT nothing`);
      await engine.chunks.handle(runId, 1);
      expect(await query(`SELECT 1 FROM strategy_executions`)).toEqual([]);
    });

    it('waits where the database goes away while it is given up', async () => {
      await query(`ALTER TABLE orders ADD CONSTRAINT no_order CHECK (portfolio_id <> '${ids[1]}') NOT VALID`);
      await failNineTimes('no_order');
      const away = Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });
      const finish = jest.spyOn(engine.app.get(ChunkStore), 'finish').mockRejectedValueOnce(away);
      await expect(engine.chunks.handle(runId, 0)).rejects.toThrow('No space');
      expect(finish).toHaveBeenCalledTimes(1);
      expect(await runs()).toMatchObject([{ status: 'deciding' }]);
      await engine.chunks.handle(runId, 0);
      await engine.chunks.handle(runId, 1);
      expect(await runs()).toMatchObject([{ status: 'degraded', counters: { executed: 2, failed: 2 } }]);
    });
  });

  it('does not hold a database that is away against a chunk or a run, however long it takes', async () => {
    await engine.addInstances(1, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    const away = Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });
    const service = engine.app.get(BusinessAgentsService);
    const analyse = jest.spyOn(service, 'analyse').mockRejectedValue(away);
    for (let attempt = 0; attempt < 15; attempt++) await expect(engine.runs.handle(runId!)).rejects.toThrow('No space');
    analyse.mockRestore();
    expect(await engine.runs.handle(runId!)).toEqual([0]);
    const store = engine.app.get(ChunkStore);
    const finish = jest.spyOn(store, 'finish').mockRejectedValue(away);
    for (let attempt = 0; attempt < 15; attempt++) {
      await expect(engine.chunks.handle(runId!, 0)).rejects.toThrow('No space');
    }
    finish.mockRestore();
    await engine.chunks.handle(runId!, 0);
    expect(await query(`SELECT status FROM strategy_runs`)).toEqual([{ status: 'completed' }]);
  });

  it('does hold decisions against a chunk that take longer than the server keeps its transaction', async () => {
    await engine.addInstances(1);
    const [runId] = await engine.planner.planDue();
    await engine.runs.handle(runId!);
    const watch = engine.app.get(BatchCutoff, { strict: false });
    const ask = watch.ask.bind(watch);
    const now = performance.now.bind(performance);
    let passed = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + passed);
    jest.spyOn(watch, 'ask').mockImplementation((...args) => {
      passed += 21_000;
      return ask(...args);
    });
    await expect(engine.chunks.handle(runId!, 0)).rejects.toThrow('The decisions took 21 s');
    clock.mockRestore();
    expect(await query(`SELECT attempts FROM strategy_run_chunks`)).toEqual([{ attempts: 1 }]);
  });

  it('gives back at once, when the process ends, what it analyses', async () => {
    await engine.addInstances(1);
    const [runId] = await engine.planner.planDue();
    const service = engine.app.get(BusinessAgentsService);
    const analyse = service.analyse.bind(service);
    jest.spyOn(service, 'analyse').mockImplementationOnce(async (request) => {
      await engine.runs.giveUp();
      // Another worker need not wait for the lease.
      expect(await engine.runs.handle(runId!)).toEqual([0]);
      return analyse(request);
    });
    expect(await engine.runs.handle(runId!)).toEqual([0]);
    expect(await query(`SELECT 1 FROM agent_executions`)).toHaveLength(3);
  });

  it('finds runs that nobody works on, and leaves those alone that somebody does', async () => {
    await engine.addInstances(1);
    const [runId] = await engine.planner.planDue();
    const store = engine.app.get(RunStore);
    const look = () => store.findAbandoned(new Date(engine.clock.now().getTime() - 10_000), engine.clock.now());
    expect(await look()).toEqual([]);
    engine.clock.advance(10_000);
    expect(await look()).toEqual([runId]);
    await store.claimForAnalysis(runId!, engine.clock.now(), new Date(engine.clock.now().getTime() + 60_000));
    expect(await look()).toEqual([]);
    engine.clock.advance(60_000);
    expect(await look()).toEqual([runId]);
    for (const chunk of await engine.runs.handle(runId!)) await engine.chunks.handle(runId!, chunk);
    expect(await look()).toEqual([]);
  });

  it('writes one failed row an instance when the definition names a decision agent that is gone', async () => {
    await engine.addInstances(3);
    await query(`UPDATE strategy_definitions SET decision_agent_class = 'Gone'`);
    await engine.tick();
    const rows = await query<{ code: string }>(`SELECT error->>'code' AS code FROM strategy_executions`);
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ code: 'unknown_decision_agent' })));
    expect(await query(`SELECT status FROM strategy_runs`)).toEqual([{ status: 'degraded' }]);
  });
});

describe('a decision agent that answers what cannot be stored', () => {
  const POISONS: readonly [string, (decision: Decision) => Decision][] = [
    ['NUL in a reason', (decision) => ({ ...decision, reasons: [{ code: 'odd', text: 'a\0b' }] })],
    ['half a character in a reason', (decision) => ({ ...decision, reasons: [{ code: 'odd', text: '\ud800' }] })],
    [
      'a counter beyond its column',
      (decision) => ({ ...decision, next_state: { ...decision.next_state, consecutive_bullish_count: 2 ** 31 } }),
    ],
    [
      'an error with NUL',
      () => {
        throw new Error('bad \0 thing');
      },
    ],
  ];

  it.each(POISONS)('%s: harms its own instance only', async (_, poison) => {
    const engine = await createTestEngine();
    try {
      const ids = await engine.addInstances(4, { params: ALWAYS_BUY });
      const { dataSource } = engine.database;
      await changeParams((...sent) => dataSource.query(...sent), [ids[2]], { max_position_size: 0.007 });
      const catalogue = engine.app.get<NamedCatalogue<DecisionAgent>>(DECISION_AGENTS);
      const agent = catalogue.get('MultiAgentConvictionDecision');
      const decide = agent.decide.bind(agent);
      jest.spyOn(agent, 'decide').mockImplementation((context) => {
        const decision = decide(context);
        const { max_position_size } = context.params as { max_position_size: number };
        return max_position_size === 0.007 ? poison(decision) : decision;
      });
      await engine.tick();
      const rows = await engine.database.dataSource.query<{ portfolio_id: string; status: string }[]>(
        `SELECT portfolio_id, status FROM strategy_executions`,
      );
      expect(rows).toHaveLength(4);
      const others = rows.filter((row) => row.portfolio_id !== ids[2]);
      expect(others.map((row) => row.status)).toEqual(['completed', 'completed', 'completed']);
      const trades = await engine.database.dataSource.query<unknown[]>(`SELECT 1 FROM trades`);
      expect(trades.length).toBeGreaterThanOrEqual(3);
    } finally {
      jest.restoreAllMocks();
      await engine.close();
    }
  });
});
