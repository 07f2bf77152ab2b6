import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import type { SignedInUser } from '../../src/auth/access.js';
import type { NamedCatalogue } from '../../src/domain/catalogue.js';
import { type DecisionAgent, DECISION_AGENTS } from '../../src/domain/decision/decision-agent.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import type { StoredReason } from '../../src/instances/history/storage-codec.js';
import { RecomputeService } from '../../src/instances/recompute/recompute.service.js';
import { withReasons } from '../support/decisions.js';
import { changeParams } from '../support/change-params.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { FixedMarket } from '../support/fixed-market.js';
import { ALWAYS_BUY, ALWAYS_SELL } from '../support/params.js';
import { randomNumbers } from '../support/random-numbers.js';

const ADMIN: SignedInUser = {
  id: '00000000-0000-4000-8000-000000000000',
  email: 'a@b.c',
  full_name: null,
  role: 'admin',
};
const TICKS = 30;
const PERIOD_MS = 10 * 60_000;

/** Instances that between them meet every limit of the order planning. */
const PARAMS: readonly Record<string, unknown>[] = [
  {},
  ALWAYS_BUY,
  { ...ALWAYS_BUY, max_position_size: 0.0001 },
  { buy_threshold: 52, partial_sell_threshold: 50, full_sell_threshold: 48, max_position_size: 0.5 },
  {
    agent_weights: { macro: 0.1, onchain: 0.2, ta: 0.7 },
    buy_threshold: 51,
    partial_sell_threshold: 49,
    full_sell_threshold: 20,
  },
  { fg_circuit_breaker_threshold: 60, circuit_breaker_blocks_exits: false },
  { agent_weights: { macro: 0.333, onchain: 0.333, ta: 0.334 }, max_position_size: 0.07 },
];

/** Buys with all there is, sells half of it again, and fails when the price is high: what the other one never does. */
const ALL_IN: DecisionAgent = {
  name: 'AllIn',
  module: 'test/all-in',
  version: '3.1.4',
  description: 'All in, half out.',
  defaultBusinessAgents: ['macro', 'onchain', 'ta'],
  defaultParams: {},
  acceptsBusinessAgents: () => [],
  paramsSchema: () => z.looseObject({}),
  smallestBuyFraction: () => 1,
  decide({ market, portfolio, state }) {
    if (Number(market.price) > 110_000) throw new Error('The price is too high for me.');
    const buys = portfolio.quantity === '0' || state.consecutive_bearish_count > 0;
    return {
      conviction_score: buys ? 100 : 0,
      weighted_score: buys ? 100 : -100,
      risk_factor: 1,
      contributions: {},
      signal: buys ? 'BUY' : 'SELL',
      signal_strength: 1,
      position_size: buys ? 1 : 0.5,
      risk_level: 'HIGH',
      should_execute: true,
      reasons: [{ code: 'all_in', held: portfolio.quantity }],
      distance_to_buy: 0,
      distance_to_sell: 0,
      next_state: { consecutive_bullish_count: buys ? 1 : 0, consecutive_bearish_count: buys ? 0 : 1 },
    };
  },
};

/** Every value moves, and each is absent now and then. */
function stir(market: FixedMarket, random: () => number): void {
  const levels = {
    fear_greed: 100,
    dxy: 115,
    vix: 60,
    hash_rate: 2e9,
    difficulty: 2e14,
    us10y: 6,
    nvt: 120,
    mvrv: 4,
  };
  for (const [name, level] of Object.entries(levels) as [keyof typeof levels, number][]) {
    if (random() < 0.15) delete market.daily[name];
    else market.daily[name] = random() * level;
  }
}

describe('every decision that a run stored', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    const market = new FixedMarket('100000', {});
    engine = await createTestEngine({ source: market, config: { paperSlippageBps: 7.5 } });
    const random = randomNumbers(20260115);
    const catalogue = engine.app.get<NamedCatalogue<DecisionAgent>>(DECISION_AGENTS, { strict: false });
    const { find, get } = { find: catalogue.find.bind(catalogue), get: catalogue.get.bind(catalogue) };
    jest.spyOn(catalogue, 'find').mockImplementation((name) => (name === 'AllIn' ? ALL_IN : find(name)));
    jest.spyOn(catalogue, 'get').mockImplementation((name) => (name === 'AllIn' ? ALL_IN : get(name)));
    await sql(
      `INSERT INTO strategy_definitions (name, display_name, description, decision_agent_module, decision_agent_class,
         business_agents, trade_channel, trade_symbol, rebalance_period_minutes, default_params)
       VALUES ('all_in', 'All in', '', 'test/all-in', 'AllIn', '["macro", "onchain", "ta"]', 'binance_spot', 'ETH', 10, '{}')`,
    );
    await engine.addInstances(2, { definition: 'all_in' });
    const ids: string[] = [];
    for (const params of PARAMS) ids.push(...(await engine.addInstances(2, { params })));
    for (let tick = 0; tick < TICKS; tick++) {
      market.priceText = (60_000 + random() * 60_000).toFixed(Math.floor(random() * 6));
      stir(market, random);
      // Every third hour trades next to nothing.
      market.hourVolume = tick % 3 === 1 ? 0.4 : 1_000_000;
      // An agent that is switched off in every fifth run.
      await sql(`UPDATE agent_registry SET is_active = $1 WHERE agent_name = 'ta'`, tick % 5 !== 4);
      if (tick === 12) await changeParams((statement, values) => sql(statement, ...values), [ids[2]!], ALWAYS_SELL);
      if (tick === 15)
        await changeParams((statement, values) => sql(statement, ...values), [ids[3]!], {
          ...ALWAYS_SELL,
          full_sell_threshold: 0,
        });
      if (tick === 20)
        await changeParams((statement, values) => sql(statement, ...values), [ids[4]!], { buy_threshold: 'broken' });
      await engine.tick();
      engine.clock.advance(PERIOD_MS);
    }
  });

  afterAll(() => engine.close());

  function sql<T = unknown>(statement: string, ...values: unknown[]): Promise<T[]> {
    return engine.database.dataSource.query<T[]>(statement, values);
  }

  const executions = async () =>
    withReasons(
      await sql<{
        id: string;
        portfolio_id: string;
        status: string;
        signal: string | null;
        reasons: StoredReason[];
        error: { code: string } | null;
      }>(`SELECT id, portfolio_id, status, signal, reasons, error FROM strategy_executions ORDER BY id`),
    );
  const replay = (execution: { id: string; portfolio_id: string }) =>
    engine.app.get(RecomputeService).replay(ADMIN, execution.portfolio_id, execution.id);

  it('is computed again, field by field the same', async () => {
    const all = await executions();
    expect(all).toHaveLength(TICKS * (PARAMS.length + 1) * 2);
    for (const execution of all) {
      const { identical, differences, decision, error } = await replay(execution);
      expect({ id: execution.id, identical, differences }).toEqual({
        id: execution.id,
        identical: true,
        differences: [],
      });
      expect(decision?.signal ?? null).toBe(execution.signal);
      expect(error?.code ?? null).toBe(execution.error?.code ?? null);
    }
  });

  it('is stored without the names that all reasons of a code have', async () => {
    const [stored] = await sql<{ short: number; long: string[] }>(
      `SELECT count(*) FILTER (WHERE json_typeof(reason) = 'array')::integer AS short,
         coalesce(array_agg(DISTINCT reason ->> 'code') FILTER (WHERE json_typeof(reason) <> 'array'), '{}') AS long
       FROM strategy_executions, json_array_elements(reasons) reason`,
    );
    expect(stored!.short).toBeGreaterThan(500);
    // Of a decision agent that only this test has.
    expect(stored!.long).toEqual(['all_in']);
    const [{ n }] = (await sql(
      `SELECT count(*)::integer AS n FROM strategy_executions WHERE json_typeof(state_before) <> 'array'`,
    )) as [{ n: number }];
    expect(n).toBe(0);
  });

  it('is of every kind, so that the comparison means something', async () => {
    const all = await executions();
    const codes = new Set(all.flatMap(({ reasons }) => reasons.map(({ code }) => code)));
    for (const code of [
      'agent_unavailable',
      'input_absent',
      'circuit_breaker',
      'cash_limited',
      'below_min_notional',
      'partial_sell_signal',
      'full_sell_signal',
      'partially_filled',
      'market_impact',
    ]) {
      expect([...codes]).toContain(code);
    }
    expect(new Set(all.map(({ signal }) => signal))).toEqual(new Set(['BUY', 'SELL', 'HOLD', null]));
    expect(new Set(all.map(({ error }) => error?.code))).toEqual(
      new Set([undefined, 'params_invalid', 'decision_agent_failed']),
    );
    const [trades] = await sql<{ n: number; sold: number }>(
      `SELECT count(*)::integer AS n, count(realized_pnl)::integer AS sold FROM trades`,
    );
    expect(trades!.n).toBeGreaterThan(50);
    expect(trades!.sold).toBeGreaterThan(5);
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
    const [partial] = await sql<{ n: number }>(
      `SELECT count(*)::integer AS n FROM orders WHERE status = 'partially_filled' AND 0 < filled_quantity AND filled_quantity < quantity`,
    );
    expect(partial!.n).toBeGreaterThan(0);
  });

  it('is still the same when definition and switches have changed since', async () => {
    await sql(
      `UPDATE strategy_definitions SET business_agents = '["macro"]', decision_agent_class = 'Another', version = version + 1`,
    );
    await sql(`UPDATE agent_registry SET is_active = false`);
    const seen: unknown[] = [];
    for (const execution of (await executions()).slice(-20)) {
      const { identical, decision_agent } = await replay(execution);
      expect(identical).toBe(true);
      seen.push(decision_agent);
    }
    expect(seen).toContainEqual({ name: 'MultiAgentConvictionDecision', version: '1.0.0', version_then: '1.0.0' });
    expect(seen).toContainEqual({ name: 'AllIn', version: '3.1.4', version_then: '3.1.4' });
  });
});
