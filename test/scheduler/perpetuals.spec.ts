import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SignedInUser } from '../../src/auth/access.js';
import { plainText } from '../../src/domain/money/decimal.js';
import { POSITION_CLOSER, type PositionCloser } from '../../src/trading/closing/position-closer.js';
import { RecomputeService } from '../../src/instances/recompute/recompute.service.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { ValuationService } from '../../src/trading/valuation/valuation.service.js';
import { stateOf } from '../support/decisions.js';
import { createToldEngine, entry, type ToldEngine, type Wish } from '../support/told-engine.js';

const ADMIN: SignedInUser = {
  id: '00000000-0000-4000-8000-000000000000',
  email: 'a@b.c',
  full_name: null,
  role: 'admin',
};

describe('paper trading of perpetuals through runs', () => {
  let engine: ToldEngine;
  let instance: string;

  beforeEach(async () => {
    engine = await createToldEngine();
    [instance] = (await engine.addTold()) as [string];
  });

  afterEach(async () => {
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
    await engine.close();
  });

  async function tick(wish: Wish, price = '50000'): Promise<void> {
    engine.wish = wish;
    engine.market.priceText = price;
    engine.clock.advance(10 * 60_000);
    await engine.tick();
  }

  async function position(): Promise<Record<string, unknown> | undefined> {
    const [row] = await engine.sql<Record<string, unknown>>(
      `SELECT s.side, s.quantity, s.entry_notional, s.margin, s.cost_basis, s.leverage, s.average_entry_price,
         s.stop_loss, s.take_profit, s.stop_distance, s.expires_at, s.opened_at, s.levels_since,
         p.current_balance AS cash, p.total_value
       FROM portfolios p LEFT JOIN positions s ON s.portfolio_id = p.id WHERE p.id = $1`,
      instance,
    );
    return row && Object.fromEntries(Object.entries(row).map(([name, value]) => [name, shown(value)]));
  }

  const shown = (value: unknown): unknown => (typeof value === 'string' ? plainText(value) : value);

  async function accounts(): Promise<Record<string, string>> {
    const rows = await engine.sql<{ asset: string; sum: string }>(
      `SELECT asset, sum(amount) AS sum FROM ledger_entries WHERE portfolio_id = $1 GROUP BY asset`,
      instance,
    );
    return Object.fromEntries(rows.map(({ asset, sum }) => [asset, plainText(sum)]));
  }

  // The figures are those of the pencil and paper in perp-ledger.spec.ts.
  it('opens a long with margin and stops, and has every cent of it in the ledger', async () => {
    await tick(entry('long'));
    const now = engine.clock.now();
    expect(await position()).toEqual({
      side: 'long',
      quantity: '0.1',
      entry_notional: '5000',
      margin: '1000',
      cost_basis: '1002.25',
      leverage: '5',
      average_entry_price: '50000',
      stop_loss: '49000',
      take_profit: '52000',
      stop_distance: '1000',
      expires_at: new Date(now.getTime() + 24 * 3_600_000),
      opened_at: now,
      levels_since: now,
      cash: '8997.75',
      total_value: '9997.75',
    });
    expect(await accounts()).toEqual({ USDC: '8997.75', 'USDC:margin': '1000', BTC: '0.1' });
  });

  it('sells short: the holding is negative, and it wins when the price falls', async () => {
    await tick(entry('short'));
    expect(await accounts()).toEqual({ USDC: '8997.75', 'USDC:margin': '1000', BTC: '-0.1' });
    await tick(null, '49500');
    expect(await position()).toMatchObject({ side: 'short', quantity: '0.1', total_value: '10047.75' });
    const [trade] = await engine.sql<{ holding_after: string }>(`SELECT holding_after FROM trades`);
    expect(plainText(trade!.holding_after)).toBe('-0.1');
  });

  it('turns from long to short with one order, which is a new position', async () => {
    await tick(entry('long'));
    await tick(entry('short'), '50500');
    const [first, second] = await engine.sql<Record<string, string>>(
      `SELECT quantity, realized_pnl FROM trades ORDER BY id`,
    );
    expect([plainText(first!['quantity']!), first!['realized_pnl']]).toEqual(['0.1', null]);
    // Closed at 50500: 50 of profit less the fees of opening (2.25) and closing (2.2725).
    expect([plainText(second!['quantity']!), plainText(second!['realized_pnl']!)]).toEqual(['0.2', '45.4775']);
    expect(await position()).toMatchObject({
      side: 'short',
      quantity: '0.1',
      stop_loss: '51000',
      opened_at: engine.clock.now(),
    });
    expect(await accounts()).toMatchObject({ BTC: '-0.1' });
  });

  it('closes a part of a position and keeps its stops', async () => {
    await tick(entry('short'));
    const opened = engine.clock.now();
    await tick({ signal: 'SELL', size: 0.5 });
    expect(await position()).toMatchObject({
      side: 'short',
      quantity: '0.05',
      margin: '500',
      stop_loss: '51000',
      opened_at: opened,
      levels_since: opened,
    });
  });

  it('buys a fraction of total value without leverage for an agent that decides nothing else', async () => {
    await tick({ signal: 'BUY', size: 0.1 });
    expect(await position()).toMatchObject({
      side: 'long',
      quantity: '0.02',
      leverage: '1',
      margin: '1000',
      stop_loss: null,
    });
    await tick({ signal: 'SELL', size: 1 });
    expect(await position()).toMatchObject({ side: null });
  });

  it('stores with an execution what the decision saw, and computes it again', async () => {
    const wishes: [Wish, string][] = [
      [entry('short'), '50000'],
      [null, '49500'],
      [entry('long'), '49700.5'],
      [{ signal: 'SELL', size: 0.3 }, '49800'],
      ['fail', '49900'],
    ];
    for (const [wish, price] of wishes) await tick(wish, price);
    const rows = await engine.sql<{ id: string; state_before: unknown[] }>(
      `SELECT id, state_before FROM strategy_executions ORDER BY run_id`,
    );
    expect(stateOf(rows[1]!)).toMatchObject({
      quantity: '-0.1',
      total_value: '10047.75',
      open_positions: [{ symbol: 'BTC', side: 'short' }],
      minutes_since_last_trade: 10,
      position: { side: 'short', entry_notional: '5000', margin: '1000', leverage: '5' },
    });
    const replay = engine.app.get(RecomputeService, { strict: false });
    for (const [index, { id }] of rows.entries()) {
      engine.wish = wishes[index]![0];
      expect(await replay.replay(ADMIN, instance, id)).toMatchObject({ identical: true, differences: [] });
    }
  });

  it('is valued between runs as the rules say', async () => {
    await tick(entry('short'));
    engine.market.priceText = '50321.7';
    engine.clock.advance(60_000);
    await engine.app.get(ValuationService).valueAll();
    // 8997.75 + 1000 - .1 * 321.7
    expect(await position()).toMatchObject({ total_value: '9965.58' });
  });

  it('takes no order below 10 USDC and none that free cash cannot pay', async () => {
    await tick(entry('long', { quantity: '0.0001' }));
    expect(await position()).toMatchObject({ side: null });
    await tick(entry('long', { quantity: '3' }));
    expect(await position()).toMatchObject({ side: 'long', leverage: '5' });
    const [{ cash }] = (await engine.sql<{ cash: string }>(`SELECT current_balance AS cash FROM portfolios`)) as [
      { cash: string },
    ];
    expect(Number(cash)).toBeGreaterThanOrEqual(0);
  });

  it.each(['long', 'short'] as const)('is closed at the market on request: a %s', async (side) => {
    await tick(entry(side));
    engine.clock.advance(60_000);
    const closer = engine.app.get<PositionCloser>(POSITION_CLOSER, { strict: false });
    await engine.database.dataSource.transaction((manager) =>
      closer.closePositions(
        manager,
        instance,
        { price: '50000', hourVolume: null },
        'closed_by_owner',
        engine.clock.now(),
      ),
    );
    expect(await position()).toMatchObject({ side: null, cash: '9995.5', total_value: '9995.5' });
    expect(await accounts()).toEqual({ USDC: '9995.5', 'USDC:margin': '0', BTC: '0' });
  });
});
