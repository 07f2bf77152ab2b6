import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SignedInUser } from '../../src/auth/access.js';
import { PerformanceService } from '../../src/instances/performance/performance.controller.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { countStatements } from '../support/statement-counter.js';
import { PerformanceStore } from '../../src/instances/performance/performance.store.js';

const DAY_MS = 86_400_000;
const NOBODY = '00000000-0000-4000-8000-000000000000';
const viewer = (role: 'user' | 'trader'): SignedInUser => ({ id: NOBODY, email: 'a@b.c', full_name: null, role });

const none = (reason: string) => ({ value: null, reason });

/**
 * Holding after each fill, its profit and its day of January. Four positions are closed: +60 in a day, -150 in half a day
 * (turned to the other side), 0 in a day, +63.33 in 30 hours. The fifth is open.
 */
const FILLS: readonly (readonly [holding: number, profit: string | null, day: number])[] = [
  [1, null, 2],
  [3, null, 2.25],
  [2, '100', 2.5],
  [0, '-40', 3],
  // At the moment of the close before it.
  [-2, null, 3],
  [1, '-150', 3.5],
  [0, '0', 4.5],
  [5, null, 5],
  [2, '30', 5.25],
  [0, '33.333333333333333333', 6.25],
  [1, null, 7],
  [0.5, '-7', 8],
];

/** Realized profit of nine fills; null: nothing was closed. */
const PROFITS = [null, 1500, 600, 400, null, -700, -200, -100, 0];

/** The deposit's day, and 30 days that win 2 % and lose 1 % in turn, as in src/domain/portfolio/statistics.spec.ts. */
function dailyValues(): number[] {
  const values = [10_000];
  for (let day = 0; day < 30; day++) values.push(values.at(-1)! * (day % 2 === 0 ? 1.02 : 0.99));
  return values;
}

describe('the performance of an instance', () => {
  let engine: TestEngine;
  let instance: string;

  beforeEach(async () => {
    engine = await createTestEngine({ startAt: new Date('2026-01-01T06:00:00Z') });
    [instance] = (await engine.addInstances(1)) as [string];
  });

  afterEach(() => engine.close());

  const sql = (statement: string, ...values: unknown[]): Promise<unknown> =>
    engine.database.dataSource.query(statement, values);

  /** The index sets the order of the ids. */
  async function addFill(index: number, before: number, after: number, profit: unknown, at: unknown): Promise<void> {
    await sql(
      `WITH o AS (
         INSERT INTO orders (id, portfolio_id, client_order_id, channel, mode, symbol, side, type, quantity, status,
           filled_quantity, created_at, updated_at)
         VALUES (gen_random_uuid(), $1, $2, 'binance_spot', 'paper', 'BTC', 'SELL', 'market', 1, 'filled', 1, now(), now())
         RETURNING id)
       INSERT INTO trades (id, order_id, venue_trade_id, portfolio_id, symbol, trade_type, quantity, price, notional, fee,
         fee_asset, realized_pnl, balance_before, balance_after, holding_before, holding_after, reason, executed_at)
       SELECT lpad($2, 32, '0')::uuid, id, '1', $1, 'BTC', 'SELL', 1, 6000, 6000, 3, 'USDT', $3, 0, 0, $4, $5,
         'sell_signal', $6 FROM o`,
      instance,
      String(index),
      profit,
      before,
      after,
      at,
    );
  }

  async function addHistory(): Promise<void> {
    await sql(`DELETE FROM portfolio_snapshots`);
    for (const [day, value] of dailyValues().entries()) {
      const noon = new Date(Date.UTC(2026, 0, 1, 12) + day * DAY_MS);
      const held = day < 6 ? value / 2 : 0;
      await sql(
        `INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value, price)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        instance,
        noon,
        value,
        value - held,
        held,
        50_000 + (day * 5000) / 30,
      );
    }
    for (const [index, profit] of PROFITS.entries()) await addFill(index, 0, 0, profit, '2026-01-05T12:00:00Z');
    await sql(
      `INSERT INTO ledger_entries (portfolio_id, asset, amount, kind, occurred_at)
       SELECT $1, 'USDT:margin', amount, 'funding', now() FROM unnest(ARRAY[-5, 2]) AS amount`,
      instance,
    );
    await sql(
      `UPDATE portfolios SET total_value = 11575.253086228565, created_at = '2026-01-02T01:00:00Z', max_drawdown = 0.0123456`,
    );
    engine.clock.set(new Date('2026-02-01T01:00:00Z'));
  }

  it('agrees with figures reckoned elsewhere', async () => {
    await addHistory();
    const performance = await engine.app.get(PerformanceService, { strict: false }).get(viewer('trader'), instance);
    const figure = (value: number) => ({ value: expect.closeTo(value, 9), reason: null });
    expect(performance).toEqual({
      from: '2026-01-02T01:00:00.000Z',
      to: '2026-02-01T01:00:00.000Z',
      kept_from: null,
      max_drawdown: 0.0123456,
      annualized_return: figure(4.9286301816424425),
      sharpe_ratio: figure(6.151879559924379),
      sortino_ratio: figure(13.28957874523509),
      calmar_ratio: figure(399.2215997312761),
      longest_drawdown_days: figure(2),
      monthly_returns: [
        { month: '2026-01', return: figure(0.1575253086228565) },
        { month: '2026-02', return: figure(0) },
      ],
      closed_positions: 0,
      win_rate: none('no_closed_positions'),
      profit_factor: none('no_closed_positions'),
      close_win_rate: figure(3 / 7),
      close_profit_factor: figure(2.5),
      expectancy: none('no_closed_positions'),
      average_win: none('no_wins'),
      average_loss: none('no_losses'),
      average_holding_hours: none('no_closed_positions'),
      buy_and_hold: figure(0.1),
      excess_return: figure(0.0575253086228565),
      exposure: figure(0.2),
      turnover: figure(4.9892972813726715),
      traded_notional: '54000',
      realized_pnl: '1500',
      fees_paid: '27',
      funding_paid: '3',
      funding_hours_owed: 0,
      funding_hours_given_up: 0,
    });
  });

  it('counts positions from nothing to nothing, and closes beside them', async () => {
    for (const [index, [holding, profit, day]] of FILLS.entries())
      await addFill(
        index,
        FILLS[index - 1]?.[0] ?? 0,
        holding,
        profit,
        new Date(Date.UTC(2026, 0, 1) + (day - 1) * DAY_MS),
      );
    const performance = await engine.app.get(PerformanceService, { strict: false }).get(viewer('trader'), instance);
    const figure = (value: number) => ({ value: expect.closeTo(value, 12), reason: null });
    expect(performance).toMatchObject({
      closed_positions: 4,
      win_rate: figure(0.5),
      profit_factor: figure(0.8222222222222222),
      expectancy: { value: '-6.666666666666666667', reason: null },
      average_win: { value: '61.666666666666666667', reason: null },
      average_loss: { value: '-150', reason: null },
      average_holding_hours: figure(22.5),
      close_win_rate: figure(3 / 7),
      close_profit_factor: figure(0.829103214890017),
    });
  });

  it('measures turnover over one span, with each value for as long as it held', async () => {
    await addHistory();
    // A day of 10,000, then 29 days of 10,200; four of the nine fills came before.
    await sql(`DELETE FROM portfolio_snapshots WHERE taken_at > '2026-01-03' AND taken_at < '2026-01-31'`);
    await sql(
      `UPDATE trades SET executed_at = '2026-01-01T11:59:59Z' WHERE id IN (SELECT id FROM trades ORDER BY id LIMIT 4)`,
    );
    const performance = await engine.app.get(PerformanceService, { strict: false }).get(viewer('trader'), instance);
    expect(performance.turnover!.value).toBeCloseTo(2.9431000654022235, 9);
    expect(performance.traded_notional).toBe('54000');
  });

  it('is compared with buying and holding over the time that is kept', async () => {
    await addHistory();
    await sql(`UPDATE portfolios SET created_at = '2025-12-20'`);
    await sql(
      `INSERT INTO dropped_months (month, first_id, end_id, begun_at, finished_at)
       VALUES ('2025-12-01', lowest_id_at('2025-12-01'), lowest_id_at('2026-01-01'), now(), now())`,
    );
    await sql(
      `UPDATE portfolio_snapshots SET total_value = 9260.202468982852, cash = 9260.202468982852, positions_value = 0, price = 44000
       WHERE taken_at = (SELECT min(taken_at) FROM portfolio_snapshots)`,
    );
    const performance = await engine.app.get(PerformanceService, { strict: false }).get(viewer('trader'), instance);
    expect(performance.kept_from).toBe('2026-01-01T00:00:00.000Z');
    // A quarter each since then.
    expect(performance.buy_and_hold.value).toBeCloseTo(0.25, 9);
    expect(performance.excess_return.value).toBeCloseTo(0, 9);
  });

  it('shows the public no sizes, and four places', async () => {
    await addHistory();
    const performance = await engine.app.get(PerformanceService, { strict: false }).get(viewer('user'), instance);
    expect(performance).toMatchObject({
      max_drawdown: 0.0123,
      // (1.1575 ^ (365 / 30) - 1) / .0123
      calmar_ratio: { value: 400.5734, reason: null },
      monthly_returns: [{ month: '2026-01', return: { value: 0.1575, reason: null } }, { month: '2026-02' }],
      sharpe_ratio: { value: 6.1519, reason: null },
      excess_return: { value: 0.0575, reason: null },
    });
    expect(Object.keys(performance)).not.toEqual(expect.arrayContaining(['turnover']));
    for (const hidden of [
      'expectancy',
      'average_win',
      'average_loss',
      'average_holding_hours',
      'exposure',
      'turnover',
      'traded_notional',
      'realized_pnl',
      'fees_paid',
      'funding_paid',
    ]) {
      expect(performance).not.toHaveProperty(hidden);
    }
  });

  it('tells the public nothing finer than 0.01 % of the deposit, not even by a yearly return', async () => {
    await addHistory();
    const service = engine.app.get(PerformanceService, { strict: false });
    const seenBy = async (role: 'user' | 'trader', value: string) => {
      await sql(`UPDATE portfolios SET total_value = $2 WHERE id = $1`, instance, value);
      return service.get(viewer(role), instance);
    };
    const [one, other] = ['21000.1', '21000.4'];
    expect(await seenBy('user', one)).toEqual(await seenBy('user', other));
    expect(await seenBy('trader', one)).not.toEqual(await seenBy('trader', other));
    expect(await seenBy('user', '21001')).not.toEqual(await seenBy('user', one));
  });

  it('is null with reasons for an instance of today', async () => {
    const performance = await engine.app.get(PerformanceService, { strict: false }).get(viewer('trader'), instance);
    expect(performance).toMatchObject({
      annualized_return: none('needs_30_days'),
      sharpe_ratio: none('needs_30_days'),
      sortino_ratio: none('needs_30_days'),
      calmar_ratio: none('needs_30_days'),
      win_rate: none('no_closed_positions'),
      close_win_rate: none('no_closes'),
      close_profit_factor: none('no_closes'),
      exposure: none('needs_two_snapshots'),
      turnover: none('needs_two_snapshots'),
      funding_paid: '0',
    });
  });

  it('is read by as many statements for 20 instances as for one', async () => {
    const ids = [instance, ...(await engine.addInstances(20))];
    const store = engine.app.get(PerformanceStore, { strict: false });
    const counter = countStatements();
    const all = await store.performances(ids, engine.clock.now());
    counter.stop();
    expect(all.size).toBe(21);
    expect(counter.statements).toHaveLength(2);
  });
});
