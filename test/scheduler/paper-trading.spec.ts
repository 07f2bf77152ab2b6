import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StoredReason } from '../../src/instances/history/storage-codec.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { stateOf, withReasons } from '../support/decisions.js';
import { changeParams } from '../support/change-params.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { FixedMarket } from '../support/fixed-market.js';
import { ALWAYS_BUY, ALWAYS_SELL } from '../support/params.js';

const PERIOD_MS = 10 * 60_000;

describe('paper trading through runs', () => {
  let engine: TestEngine;
  let market: FixedMarket;

  beforeEach(async () => {
    market = new FixedMarket('100000');
    engine = await createTestEngine({ source: market, config: { paperSlippageBps: 0 } });
  });

  afterEach(async () => {
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
    await engine.close();
  });

  async function nextTick(price?: string): Promise<void> {
    if (price) market.priceText = price;
    engine.clock.advance(PERIOD_MS);
    await engine.tick();
  }

  async function row<T>(sql: string): Promise<T> {
    const [first] = await engine.database.dataSource.query<T[]>(sql);
    return first!;
  }

  async function snapshots(): Promise<number> {
    return (await row<{ n: number }>(`SELECT count(*)::integer AS n FROM portfolio_snapshots`)).n;
  }

  it('buys, values, sells everything and keeps every cent in the ledger', async () => {
    const [id] = await engine.addInstances(1, { params: ALWAYS_BUY });
    await engine.tick();
    const bought = await row<{ quantity: string; price: string; fee: string; balance_after: string; notional: string }>(
      `SELECT quantity, price, fee, balance_after, notional FROM trades`,
    );
    expect(Number(bought.price)).toBe(100_000);
    expect(Number(bought.fee)).toBeCloseTo(Number(bought.notional) / 1000, 12);
    expect(Number(bought.balance_after)).toBeCloseTo(10_000 - Number(bought.notional) - Number(bought.fee), 12);

    // A SELL needs a holding of at least 1 % of total value.
    for (let tick = 0; tick < 6; tick++) await nextTick();
    const spent = await row<{ quantity: string; cost: string }>(
      `SELECT sum(quantity) AS quantity, sum(notional + fee) AS cost FROM trades`,
    );
    await changeParams((...sent) => engine.database.dataSource.query(...sent), [id], ALWAYS_SELL);
    await nextTick('110000');
    const portfolio = await row<Record<string, unknown>>(
      `SELECT total_trades, winning_trades, losing_trades, win_rate, current_balance, total_value, last_signal,
         (SELECT count(*)::integer FROM positions) AS positions FROM portfolios`,
    );
    expect(portfolio).toMatchObject({
      total_trades: 8,
      winning_trades: 1,
      losing_trades: 0,
      win_rate: 1,
      last_signal: 'SELL',
      positions: 0,
    });
    expect(portfolio['current_balance']).toBe(portfolio['total_value']);
    const sold = await row<{ realized_pnl: string }>(`SELECT realized_pnl FROM trades WHERE trade_type = 'SELL'`);
    const proceeds = Number(spent.quantity) * 110_000 * 0.999;
    expect(Number(sold.realized_pnl)).toBeCloseTo(proceeds - Number(spent.cost), 9);
  });

  it('makes no order below the venue’s minimum and says so', async () => {
    await engine.addInstances(1, { params: ALWAYS_BUY });
    await engine.database.dataSource.query(
      `UPDATE portfolios SET initial_balance = 100, current_balance = 100, total_value = 100, peak_value = 100`,
    );
    await engine.database.dataSource.query(`UPDATE ledger_entries SET amount = 100`);
    await engine.tick();
    const execution = withReasons([
      await row<{ signal: string; reasons: StoredReason[] }>(`SELECT signal, reasons FROM strategy_executions`),
    ])[0]!;
    expect(execution.signal).toBe('BUY');
    expect(execution.reasons).toContainEqual(expect.objectContaining({ code: 'below_min_notional', minimum: '5' }));
    expect(await row(`SELECT count(*)::integer AS n FROM orders`)).toEqual({ n: 0 });
  });

  it('takes a snapshot at a run that moved the value, and else once an hour', async () => {
    await engine.addInstances(1, { params: ALWAYS_SELL });
    const atStart = await snapshots();
    // Nothing is held, so that nothing moves the value.
    for (let tick = 0; tick < 5; tick++) await nextTick();
    expect(await snapshots()).toBe(atStart);
    await nextTick();
    expect(await snapshots()).toBe(atStart + 1);
  });

  it('stores with every execution what is needed to decide again', async () => {
    await engine.addInstances(1, { params: ALWAYS_BUY });
    await engine.tick();
    await nextTick('101000');
    const stored = await engine.database.dataSource.query<
      { state_before: unknown[]; params_version: number; reasons: StoredReason[] }[]
    >(`SELECT state_before, params_version, reasons FROM strategy_executions ORDER BY run_id`);
    expect(stateOf(stored[0]!)).toEqual({
      cash: '10000',
      quantity: '0',
      total_value: '10000',
      cost_basis: '0',
      consecutive_bullish_count: 0,
      consecutive_bearish_count: 0,
    });
    const { balance_after } = await row<{ balance_after: string }>(
      `SELECT balance_after FROM trades ORDER BY id LIMIT 1`,
    );
    expect(Number(stateOf(stored[1]!)['cash'])).toBe(Number(balance_after));
    expect(Number(stateOf(stored[1]!)['total_value'])).toBeGreaterThan(Number(balance_after));
    for (const { params_version, reasons } of withReasons(stored)) {
      expect(params_version).toBe(1);
      expect(reasons.map(({ code }) => code)).toContain('conviction');
    }
  });
});
