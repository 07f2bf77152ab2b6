import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredReason } from '../../src/instances/history/storage-codec.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { withReasons } from '../support/decisions.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';

const HANGING_TA = new URL('../support/agents/hanging-ta.mjs', import.meta.url);
const PERIOD_MS = 10 * 60_000;

describe('a business agent in a busy loop', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await createTestEngine({ agentHost: HANGING_TA, config: { agentTimeoutMs: 6000 } });
    await sql(
      `INSERT INTO strategy_definitions (name, display_name, description, decision_agent_module, decision_agent_class,
         business_agents, trade_channel, trade_symbol, rebalance_period_minutes, default_params)
       SELECT 'eth', 'ETH', description, decision_agent_module, decision_agent_class,
         business_agents, trade_channel, 'ETH', rebalance_period_minutes, default_params
       FROM strategy_definitions WHERE name = 'multi_agent_btc_v1'`,
    );
    await engine.addInstances(2, { params: ALWAYS_BUY });
    await engine.addInstances(2, { params: ALWAYS_BUY, definition: 'eth' });
  });

  afterAll(() => engine.close());

  const sql = <T>(statement: string, ...values: unknown[]) => engine.database.dataSource.query<T[]>(statement, values);

  async function runsByDefinition(): Promise<Record<'btc' | 'eth', string>> {
    const ids = await engine.planner.planDue();
    const rows = await sql<{ id: string; symbol: string }>(
      `SELECT r.id, lower(d.trade_symbol) AS symbol FROM strategy_runs r JOIN strategy_definitions d ON d.id = r.definition_id
       WHERE r.id = ANY ($1)`,
      ids,
    );
    return Object.fromEntries(rows.map(({ symbol, id }) => [symbol, id])) as Record<'btc' | 'eth', string>;
  }

  async function work(runId: string): Promise<void> {
    for (const chunk of await engine.runs.handle(runId)) await engine.chunks.handle(runId, chunk);
  }

  async function stateOf(runId: string): Promise<unknown> {
    const [run] = await sql(`SELECT status, counters FROM strategy_runs WHERE id = $1`, runId);
    return run;
  }

  it('is cut off and traded on by nobody, while another run trades', async () => {
    const { btc, eth } = await runsByDefinition();
    let hangs = true;
    const hanging = work(btc).finally(() => (hangs = false));
    await work(eth);
    expect(hangs).toBe(true);
    expect(await stateOf(eth)).toMatchObject({ status: 'completed', counters: { executed: 2 } });
    await hanging;

    expect(await stateOf(btc)).toMatchObject({
      status: 'degraded',
      counters: { instances: 2, executed: 0, held: 2, failed: 0 },
    });
    expect(
      await sql(`SELECT agent_name, status, score, error FROM agent_executions WHERE run_id = $1 ORDER BY 1`, btc),
    ).toEqual([
      { agent_name: 'macro', status: 'success', score: expect.any(Number), error: null },
      { agent_name: 'onchain', status: 'success', score: expect.any(Number), error: null },
      {
        agent_name: 'ta',
        status: 'timeout',
        score: null,
        error: { code: 'timeout', message: 'No answer within 6 s.' },
      },
    ]);
    const executions = await sql<{ signal: string; conviction_score: null; reasons: StoredReason[] }>(
      `SELECT signal, conviction_score, should_execute, reasons FROM strategy_executions WHERE run_id = $1`,
      btc,
    );
    expect(executions).toHaveLength(2);
    for (const execution of withReasons(executions)) {
      expect(execution).toMatchObject({ signal: 'HOLD', conviction_score: null, should_execute: false });
      expect(JSON.stringify(execution.reasons)).toContain('agent_unavailable');
    }
    expect(
      await sql(`SELECT 1 FROM orders o JOIN portfolios p ON p.id = o.portfolio_id
      JOIN strategy_definitions d ON d.id = p.strategy_definition_id WHERE d.trade_symbol = 'BTC'`),
    ).toEqual([]);
  });

  it('is asked again in the next run, and that one trades', async () => {
    engine.clock.advance(PERIOD_MS);
    const { btc, eth } = await runsByDefinition();
    await Promise.all([work(btc), work(eth)]);
    expect(await stateOf(btc)).toMatchObject({ status: 'completed', counters: { executed: 2 } });
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
  });
});
