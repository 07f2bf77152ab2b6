import { afterEach, describe, expect, it } from '@jest/globals';
import type { SignedInUser } from '../../src/auth/access.js';
import type { StoredReason } from '../../src/instances/history/stored-reasons.js';
import { DEFAULT_MOMENTUM_PARAMS } from '../../src/domain/decision/momentum-regime/params.js';
import { RecomputeService } from '../../src/instances/recompute/recompute.service.js';
import { stateOf, withReasons } from '../support/decisions.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { MovingMarket } from '../support/moving-market.js';

const ADMIN: SignedInUser = {
  id: '00000000-0000-4000-8000-000000000000',
  email: 'a@b.c',
  full_name: null,
  role: 'admin',
};

/** Follows whatever direction there is. */
const EAGER = { min_signal_strength: 0, min_confidence: 0, extreme_regime_threshold: 0, min_sl_distance_pct: 0 };

describe('MomentumRegimeDecision on spot', () => {
  let engine: TestEngine;
  let instance: string;

  afterEach(() => engine.close());

  const sql = <T>(statement: string, ...values: unknown[]): Promise<T[]> =>
    engine.database.dataSource.query<T[]>(statement, values);

  async function start(market: MovingMarket): Promise<void> {
    engine = await createTestEngine({ source: market });
    await sql(
      `INSERT INTO strategy_definitions (name, display_name, description, decision_agent_module, decision_agent_class,
         business_agents, trade_channel, trade_symbol, rebalance_period_minutes, default_params)
       VALUES ('momentum_spot', 'Momentum on spot', '', 'domain/decision/momentum-regime/momentum-regime-decision', 'MomentumRegimeDecision',
         '["regime_filter", "ta_momentum"]', 'binance_spot', 'BTC', 30, $1)`,
      JSON.stringify(DEFAULT_MOMENTUM_PARAMS),
    );
    [instance] = (await engine.addInstances(1, { definition: 'momentum_spot', params: EAGER })) as [string];
  }

  async function executions() {
    const rows = await sql<{
      id: string;
      signal: string;
      should_execute: boolean;
      conviction_score: number;
      reasons: StoredReason[];
      state_before: unknown[];
    }>(
      `SELECT id, signal, should_execute, conviction_score, reasons, state_before FROM strategy_executions
       WHERE portfolio_id = $1 ORDER BY run_id`,
      instance,
    );
    return withReasons(rows).map((row) => ({ ...row, codes: row.reasons.map(({ code }) => code) }));
  }

  it('holds on a SHORT, because the channel cannot sell short, and says so', async () => {
    await start(new MovingMarket('down'));
    await engine.tick();
    const [held] = await executions();
    expect(held).toMatchObject({ signal: 'HOLD', should_execute: false });
    expect(held!.reasons).toContainEqual({ code: 'channel_cannot_short', side: 'short' });
    expect(await sql(`SELECT 1 FROM orders`)).toEqual([]);
  });

  it('buys on a LONG without leverage, then waits: its position is open, and the last trade is too recent', async () => {
    await start(new MovingMarket('up'));
    await engine.tick();
    engine.clock.advance(30 * 60_000);
    await engine.tick();
    const [bought, held] = await executions();
    expect(bought).toMatchObject({ signal: 'BUY', should_execute: true });
    expect(stateOf(bought!)).toMatchObject({ open_positions: [], minutes_since_last_trade: null });
    expect(bought!.reasons.find(({ code }) => code === 'entry_plan')).toMatchObject({ leverage: 1 });
    const [position] = await sql<{ side: string; leverage: string }>(`SELECT side, leverage FROM positions`);
    expect(position).toMatchObject({ side: 'long', leverage: expect.stringMatching(/^1\.0+$/) });

    expect(held).toMatchObject({ signal: 'HOLD', should_execute: false });
    expect(held!.reasons).toContainEqual({ code: 'cooldown_active', minutes: 30, cooldown: 60 });
    expect(held!.codes).toContain('position_open_same_side');
    expect(stateOf(held!)).toMatchObject({
      open_positions: [{ symbol: 'BTC', side: 'long' }],
      minutes_since_last_trade: 30,
    });
  });

  it('comes to the same decisions from what is stored of them', async () => {
    await start(new MovingMarket('up'));
    for (let tick = 0; tick < 4; tick++) {
      await engine.tick();
      engine.clock.advance(30 * 60_000);
    }
    const replay = engine.app.get(RecomputeService, { strict: false });
    for (const { id } of await executions()) {
      expect(await replay.replay(ADMIN, instance, id)).toMatchObject({ identical: true, differences: [] });
    }
  });

  it('stores nothing of it for an agent that does not read it', async () => {
    engine = await createTestEngine({ source: new MovingMarket('up') });
    [instance] = (await engine.addInstances(1)) as [string];
    await engine.tick();
    const [row] = await executions();
    expect(Object.keys(stateOf(row!))).not.toContain('minutes_since_last_trade');
    expect(row!.state_before).toHaveLength(6);
  });
});
