import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AGENT_RUNNER, type AgentRunner, AgentNotAsked } from '../../src/business-agents/runner/agent-runner.js';
import type { AgentOutcome } from '../../src/business-agents/agent-outcome.js';
import { MarketDataService } from '../../src/market-data/market-data.service.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { AgentExecutionStore } from '../../src/scheduler/runs/agent-execution.store.js';
import { RunStore } from '../../src/scheduler/runs/run.store.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { FixedMarket } from '../support/fixed-market.js';
import { ALWAYS_BUY } from '../support/params.js';
import { eventually } from '../support/eventually.js';

const LEASE_MS = 15_000;

describe('an analysis that breaks off', () => {
  let engine: TestEngine;
  let market: FixedMarket;
  let runId: string;

  beforeEach(async () => {
    market = new FixedMarket('100000');
    engine = await createTestEngine({ source: market });
    await engine.addInstances(2, { params: ALWAYS_BUY });
    [runId] = (await engine.planner.planDue()) as [string];
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

  const sql = <T>(statement: string) => engine.database.dataSource.query<T[]>(statement);
  const said = () => sql<{ agent_name: string }>(`SELECT agent_name FROM agent_executions ORDER BY agent_name`);

  /** Names of the agents that are asked from now on; the first to ask `ta` is stopped when `after` others are kept. */
  function breakOffAtTa(after: number): string[] {
    const runner = engine.app.get<AgentRunner>(AGENT_RUNNER, { strict: false });
    const ask = runner.ask.bind(runner);
    const asked: string[] = [];
    jest.spyOn(runner, 'ask').mockImplementation(async (agent, input) => {
      asked.push(agent);
      if (agent !== 'ta' || asked.filter((name) => name === 'ta').length > 1) return ask(agent, input);
      await eventually('what the others say', async () => ((await said()).length === after ? true : null));
      throw new AgentNotAsked('The worker is stopped.');
    });
    return asked;
  }

  it('asks only the agents again that were not heard, about the same moment and market', async () => {
    const asked = breakOffAtTa(2);
    const begun = engine.clock.now();
    await expect(engine.runs.handle(runId)).rejects.toThrow(AgentNotAsked);
    engine.clock.advance(60_000);
    market.priceText = '50000';
    await sql(`UPDATE strategy_definitions SET business_agents = '["macro"]', version = version + 1 WHERE is_active`);
    expect(await engine.runs.handle(runId)).toEqual([0]);
    await engine.chunks.handle(runId, 0);
    expect(asked.sort()).toEqual(['macro', 'onchain', 'ta', 'ta']);
    const runs = await sql(
      `SELECT status, attempts, started_at, definition_version AS version, business_agents AS agents,
         market_snapshot->'price'->>'value' AS price FROM strategy_runs`,
    );
    const agents = ['macro', 'onchain', 'ta'];
    expect(runs).toEqual([
      { status: 'completed', attempts: 2, started_at: begun, version: 1, agents, price: '100000' },
    ]);
    expect((await said()).map(({ agent_name }) => agent_name)).toEqual(agents);
  });

  it('starts over, at a moment of its own, where nothing was stored', async () => {
    const prepare = jest.spyOn(engine.app.get(MarketDataService, { strict: false }), 'openToolbox');
    prepare.mockRejectedValueOnce(new Error('the connection is gone'));
    await expect(engine.runs.handle(runId)).rejects.toThrow('the connection is gone');
    engine.clock.advance(60_000);
    expect(await engine.runs.handle(runId)).toEqual([0]);
    expect(await sql(`SELECT started_at FROM strategy_runs`)).toEqual([{ started_at: engine.clock.now() }]);
  });

  it('asks an agent again that did not succeed', async () => {
    const runner = engine.app.get<AgentRunner>(AGENT_RUNNER, { strict: false });
    const ask = runner.ask.bind(runner);
    let tries = 0;
    jest.spyOn(runner, 'ask').mockImplementation(async (agent, input) => {
      if (agent === 'macro' && tries++ === 0) throw new Error('broken');
      if (agent !== 'ta' || tries > 1) return ask(agent, input);
      await eventually('what onchain says', async () => ((await said()).length === 1 ? true : null));
      throw new AgentNotAsked('The worker is stopped.');
    });
    await expect(engine.runs.handle(runId)).rejects.toThrow(AgentNotAsked);
    expect(await said()).toEqual([{ agent_name: 'onchain' }]);
    expect(await engine.runs.handle(runId)).toEqual([0]);
    await engine.chunks.handle(runId, 0);
    expect(await sql(`SELECT status FROM strategy_runs`)).toEqual([{ status: 'completed' }]);
  });

  it('keeps nothing of a worker whose run another has', async () => {
    const store = engine.app.get(RunStore);
    const begin = async () => {
      const now = engine.clock.now();
      return (await store.begin((await store.claimForAnalysis(runId, now, new Date(now.getTime() + LEASE_MS)))!, now))!;
    };
    const old = await begin();
    engine.clock.advance(LEASE_MS + 1);
    const present = await begin();
    const snapshot = { price: { value: '1' } } as never;
    const outcome: AgentOutcome = {
      agent_name: 'macro',
      status: 'success',
      score: 1,
      signal: 'NEUTRAL',
      confidence: 1,
      reasoning: null,
      details: { factors: [], absent: [] },
      mode: 'rules',
      degraded: false,
      error: null,
      duration_ms: 1,
    };
    const analyses = engine.app.get(AgentExecutionStore);
    expect(await analyses.storeAtOnce(old, snapshot, outcome, engine.clock.now())).toBe(false);
    expect(await said()).toEqual([]);
    expect(await sql(`SELECT 1 FROM strategy_runs WHERE market_snapshot IS NOT NULL`)).toEqual([]);
    expect(await analyses.storeAtOnce(present, snapshot, outcome, engine.clock.now())).toBe(true);
    expect(await said()).toEqual([{ agent_name: 'macro' }]);
  });
});
