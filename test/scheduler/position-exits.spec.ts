import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Candle } from '../../src/domain/market/market-snapshot.js';
import { plainText } from '../../src/domain/money/decimal.js';
import { checkInvariants } from '../../src/scheduler/invariants/check-invariants.js';
import { MarketDataDefect } from '../../src/market-data/market-data-defect.js';
import { PositionExits } from '../../src/scheduler/keeping/position-exits.js';
import { PositionFunding } from '../../src/scheduler/keeping/position-funding.js';
import { PositionKeeper } from '../../src/scheduler/keeping/position-keeper.js';
import { ValuationService } from '../../src/scheduler/valuation/valuation.service.js';
import { countStatements } from '../support/statement-counter.js';
import { createToldEngine, entry, type ToldEngine } from '../support/told-engine.js';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;

describe('stops between runs', () => {
  let engine: ToldEngine;

  beforeEach(async () => {
    engine = await createToldEngine();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
    await engine.close();
  });

  async function open(side: 'long' | 'short', changes: Parameters<typeof entry>[1] = {}, count = 1): Promise<string[]> {
    const ids = await engine.addTold(count);
    engine.wish = entry(side, changes);
    engine.clock.advance(10 * MINUTE_MS);
    await engine.tick();
    engine.wish = null;
    return ids;
  }

  async function look(price: string, afterMinutes = 1): Promise<void> {
    engine.market.priceText = price;
    engine.clock.advance(afterMinutes * MINUTE_MS);
    await engine.app.get(PositionKeeper).keepAll();
  }

  /** Moves the clock past the end of a quarter of an hour that is wholly after the opening, with such a candle. */
  async function lookAtCandle(high: number, low: number, close = 50_000): Promise<void> {
    const openTime = Math.ceil(engine.clock.now().getTime() / QUARTER_MS) * QUARTER_MS;
    const closeTime = openTime + QUARTER_MS;
    const candle: Candle = { openTime, closeTime, open: 50_000, high, low, close, volume: 1 };
    engine.market.script = [...engine.market.script, candle];
    await look(String(close), (closeTime + MINUTE_MS - engine.clock.now().getTime()) / MINUTE_MS);
  }

  async function exits() {
    const rows = await engine.sql<Record<string, unknown>>(
      `SELECT x.kind, x.side, x.level, x.price AS market_price, t.price, t.trade_type, t.reason, t.execution_id, o.type,
         t.realized_pnl
       FROM position_exits x JOIN orders o ON o.id = x.order_id JOIN trades t ON t.order_id = o.id ORDER BY x.id`,
    );
    return rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? plainText(value) : value]),
      ),
    );
  }

  const stopLoss = async (): Promise<string> => {
    const [row] = await engine.sql<{ stop_loss: string }>(`SELECT stop_loss FROM positions`);
    return plainText(row!.stop_loss);
  };

  it('act when funding cannot be paid', async () => {
    await open('long');
    jest
      .spyOn(engine.app.get(PositionFunding), 'pay')
      .mockRejectedValue(new MarketDataDefect('get_funding', 'impossible'));
    await look('48990');
    expect(await exits()).toHaveLength(1);
  });

  it('that cannot be looked at keep nobody from being valued', async () => {
    await open('long');
    jest.spyOn(engine.app.get(PositionExits), 'observe').mockRejectedValue(new Error('a row that cannot be'));
    const values = () => engine.sql<{ v: string }>(`SELECT total_value AS v FROM portfolios`);
    const before = await values();
    engine.market.priceText = '50100';
    engine.clock.advance(MINUTE_MS);
    await engine.app.get(ValuationService).valueAll();
    // A tenth of a bitcoin.
    expect(Number((await values())[0]!.v)).toBe(Number(before[0]!.v) + 10);
  });

  it('close a long at its stop, as a taker, and record why', async () => {
    await open('long');
    await look('49001');
    expect(await exits()).toEqual([]);
    await look('48990');
    expect(await exits()).toEqual([
      {
        kind: 'stop_loss',
        side: 'long',
        level: '49000',
        market_price: '48990',
        price: '48990',
        trade_type: 'SELL',
        reason: 'stop_loss',
        execution_id: null,
        type: 'market',
        // -101 of price, 2.25 and 2.20455 of fees.
        realized_pnl: '-105.45455',
      },
    ]);
    const [row] = await engine.sql<Record<string, unknown>>(
      `SELECT losing_trades, total_trades, current_balance = total_value AS flat FROM portfolios`,
    );
    expect(row).toEqual({ losing_trades: 1, total_trades: 2, flat: true });
  });

  it('close a short at its target, as a resting order without slippage', async () => {
    await open('short');
    await look('47900');
    expect(await exits()).toMatchObject([
      {
        kind: 'take_profit',
        side: 'short',
        level: '48000',
        price: '48000',
        trade_type: 'BUY',
        type: 'limit',
        realized_pnl: '197.03',
      },
    ]);
  });

  it('count a candle that touches stop and target as a stop', async () => {
    await open('long');
    await lookAtCandle(52_500, 48_900);
    expect(await exits()).toMatchObject([{ kind: 'stop_loss', price: '49000' }]);
  });

  it('leave out a candle that began before the position', async () => {
    await open('long');
    const openTime = Math.floor(engine.clock.now().getTime() / QUARTER_MS) * QUARTER_MS;
    engine.market.script = [
      { openTime, closeTime: openTime + QUARTER_MS, open: 50_000, high: 60_000, low: 40_000, close: 50_000, volume: 1 },
    ];
    await look('50000', 16);
    expect(await exits()).toEqual([]);
  });

  it('trail: at +1 R to the entry, at +1.5 R to half an R, at +2 R to one R, never back', async () => {
    await open('long', { take_profit: null });
    await look('50999');
    expect(await stopLoss()).toBe('49000');
    await look('51000');
    expect(await stopLoss()).toBe('50000');
    await look('51600');
    expect(await stopLoss()).toBe('50500');
    await look('51100');
    expect(await stopLoss()).toBe('50500');
    await look('52100');
    expect(await stopLoss()).toBe('51000');
    await look('50900');
    expect(await exits()).toMatchObject([{ kind: 'trailing_stop', level: '51000', price: '50900' }]);
  });

  it('close a position whose time is over', async () => {
    await open('short', { hold_hours: 1, take_profit: null });
    await look('50010', 59);
    expect(await exits()).toEqual([]);
    await look('50010', 2);
    expect(await exits()).toMatchObject([{ kind: 'time_stop', price: '50010' }]);
  });

  it('liquidate, and lose no more than the margin', async () => {
    await open('long', { stop_loss: '30000', stop_distance: '20000', take_profit: null });
    // Equity equals the maintenance margin at 40506.33.
    await look('40507');
    expect(await exits()).toEqual([]);
    await look('35000');
    expect(await exits()).toMatchObject([{ kind: 'liquidation', realized_pnl: '-1002.25' }]);
    const [row] = await engine.sql<{ cash: string }>(`SELECT current_balance AS cash FROM portfolios`);
    expect(plainText(row!.cash)).toBe('8997.75');
    const kinds = await engine.sql<{ kind: string }>(`SELECT DISTINCT kind FROM ledger_entries ORDER BY kind`);
    expect(kinds.map(({ kind }) => kind)).toEqual(['deposit', 'fee', 'liquidation', 'trade']);
  });

  it('act once, however many look at the same price at the same time', async () => {
    await open('long', {}, 5);
    engine.market.priceText = '48900';
    engine.clock.advance(MINUTE_MS);
    const keeper = engine.app.get(PositionKeeper);
    await Promise.all([keeper.keepAll(), keeper.keepAll(), keeper.keepAll()]);
    await keeper.keepAll();
    expect(await exits()).toHaveLength(5);
    expect(await engine.sql(`SELECT 1 FROM positions`)).toEqual([]);
  });

  it('act for stopped instances, and not for archived ones', async () => {
    const [stopped, archived] = await open('long', {}, 2);
    await engine.sql(`UPDATE portfolios SET is_active = false WHERE id = $1`, stopped);
    await engine.sql(`UPDATE portfolios SET is_active = false, archived_at = now() WHERE id = $1`, archived);
    await look('48900');
    expect(await engine.sql<{ portfolio_id: string }>(`SELECT portfolio_id FROM position_exits`)).toEqual([
      { portfolio_id: stopped },
    ]);
  });

  it('act before the decision of a run, which sees that the position is gone', async () => {
    await open('long');
    engine.market.priceText = '48900';
    engine.clock.advance(10 * MINUTE_MS);
    await engine.tick();
    expect(await exits()).toMatchObject([{ kind: 'stop_loss' }]);
    const [row] = await engine.sql<{ state_before: unknown[] }>(
      `SELECT state_before FROM strategy_executions ORDER BY run_id DESC LIMIT 1`,
    );
    expect(row!.state_before).toContainEqual(
      expect.objectContaining({ open_positions: [], minutes_since_last_trade: 0 }),
    );
  });

  it('need as many statements for 30 positions as for one', async () => {
    const statements = async (count: number): Promise<number> => {
      await open('long', {}, count);
      const counter = countStatements();
      await look('48900');
      counter.stop();
      return counter.statements.length;
    };
    const few = await statements(1);
    engine.market.priceText = '50000';
    expect(await statements(30)).toBe(few);
    // The first one is told to open again as well.
    expect(await exits()).toHaveLength(32);
  });

  it('wait for a price that is not there', async () => {
    await open('long');
    engine.market.priceText = null;
    engine.clock.advance(MINUTE_MS);
    await engine.app.get(PositionKeeper).keepAll();
    expect(await exits()).toEqual([]);
    await look('48900');
    expect(await exits()).toHaveLength(1);
  });
});

describe('stops on spot', () => {
  it('close what an entry bought', async () => {
    const engine = await createToldEngine({}, 'binance_spot');
    await engine.addTold();
    engine.wish = entry('long', { leverage: '1' });
    engine.clock.advance(10 * MINUTE_MS);
    await engine.tick();
    engine.market.priceText = '48900';
    engine.clock.advance(MINUTE_MS);
    await engine.app.get(PositionKeeper).keepAll();
    const rows = await engine.sql(`SELECT kind, side FROM position_exits`);
    expect(rows).toEqual([{ kind: 'stop_loss', side: 'long' }]);
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
    await engine.close();
  });
});
