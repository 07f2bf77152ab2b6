import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Candle } from '../../src/domain/market/market-snapshot.js';
import { applyObservation } from '../../src/domain/execution/apply-observation.js';
import { Money, plainText } from '../../src/domain/money/decimal.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { MarketDataDefect } from '../../src/market-data/market-data-errors.js';
import type { ExitBasis } from '../../src/trading/positions/position-exit.entity.js';
import { PositionExits } from '../../src/trading/positions/position-exits.js';
import { PositionFunding } from '../../src/trading/positions/position-funding.js';
import { PositionMonitor } from '../../src/trading/positions/position-monitor.js';
import { ValuationService } from '../../src/trading/valuation/valuation.service.js';
import { booksOf } from '../../src/trading/books/stored-books.js';
import { hyperliquidPerp } from '../../src/trading/channels/hyperliquid-perp.js';
import { countStatements } from '../support/statement-counter.js';
import { createToldEngine, entry, type ToldEngine } from '../support/told-engine.js';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;

/** An exit with its trade. */
interface KeptExit {
  readonly kind: string;
  readonly level: string;
  readonly price: string;
  readonly fill: string;
  readonly realized_pnl: string;
  readonly balance_before: string;
  readonly initial_balance: string;
  readonly observed_from: Date;
  readonly observed_until: Date;
  readonly basis: ExitBasis;
}

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
    await engine.app.get(PositionMonitor).settleAll();
  }

  /** Moves the clock past the end of a quarter of an hour that is wholly after the opening, with such a candle. */
  async function lookAtCandle(high: number, low: number, close = 50_000): Promise<void> {
    const openTime = Math.ceil(engine.clock.now().getTime() / QUARTER_MS) * QUARTER_MS;
    const closeTime = openTime + QUARTER_MS;
    const candle: Candle = { openTime, closeTime, open: 50_000, high, low, close, volume: 1_000_000 };
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

  it('tell of the definition once, however many positions they close', async () => {
    await open('long', {}, 3);
    await look('48990');
    expect(await exits()).toHaveLength(3);
    const told = await engine.sql<{ kind: string; own: boolean }>(
      `SELECT e.kind, e.definition_id = (SELECT strategy_definition_id FROM portfolios LIMIT 1) AS own
       FROM stream_events e WHERE e.definition_id IS NOT NULL`,
    );
    expect(told).toEqual([{ kind: 'valuation', own: true }]);
  });

  it('leave books that hold when a new position opens at the moment of the exit', async () => {
    await open('long');
    await look('48990', 10);
    engine.wish = entry('long');
    await engine.tick();
    const trades = await engine.sql(`SELECT id FROM trades`);
    const moments = await engine.sql(`SELECT DISTINCT executed_at FROM trades`);
    expect([trades.length, moments.length]).toEqual([3, 2]);
  });

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
      {
        openTime,
        closeTime: openTime + QUARTER_MS,
        open: 50_000,
        high: 60_000,
        low: 40_000,
        close: 50_000,
        volume: 1_000_000,
      },
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
    const monitor = engine.app.get(PositionMonitor);
    await Promise.all([monitor.settleAll(), monitor.settleAll(), monitor.settleAll()]);
    await monitor.settleAll();
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

  const at = (time: string) => new Date(`2026-01-${time}:00Z`);

  async function lookAt(time: string): Promise<void> {
    await look('50000', (at(time).getTime() - engine.clock.now().getTime()) / MINUTE_MS);
  }

  /** A candle that touches the stop of a long, and closes where it opened. */
  function dip(opens: string, lengthMs = QUARTER_MS): Candle {
    const openTime = at(opens).getTime();
    return {
      openTime,
      closeTime: openTime + lengthMs,
      open: 50_000,
      high: 50_000,
      low: 48_900,
      close: 50_000,
      volume: 1_000_000,
    };
  }

  const observed = () =>
    engine
      .sql<{ observed_from: Date }>(`SELECT observed_from FROM position_exits`)
      .then((rows) => rows.map((row) => row.observed_from));
  const gaps = () => engine.sql(`SELECT opens_at, outcome FROM candle_gaps ORDER BY opens_at`);

  it('see every candle since the last look, however long ago that was', async () => {
    await open('long', { hold_hours: 1000 });
    engine.market.script = [dip('16T20:15')];
    await lookAt('19T09:05');
    expect(await observed()).toEqual([at('16T20:15')]);
  });

  it('see the candles of hours after more days than there are quarters of an hour for', async () => {
    await open('long', { hold_hours: 1000 });
    engine.market.script = [dip('17T20:00', 60 * MINUTE_MS)];
    await lookAt('30T09:05');
    expect(await observed()).toEqual([at('17T20:00')]);
    expect(await gaps()).toEqual([]);
  });

  it('look at a candle once, whichever process did', async () => {
    await open('long', { hold_hours: 1000 });
    await lookAt('15T15:01');
    const counter = countStatements();
    await lookAt('15T15:02');
    counter.stop();
    // One price: nothing started over.
    expect(counter.statements.filter((statement) => statement.includes('stop_loss) <= 0'))).toHaveLength(1);
    const [row] = await engine.sql<{ until: Date }>(`SELECT examined_until AS until FROM kept_markets`);
    expect(row!.until).toEqual(at('15T15:00'));
  });

  it('look at a candle that was missing when it arrives, and let funding wait for it', async () => {
    engine.market.daily.funding = 0.0008;
    await open('long', { hold_hours: 1000 });
    engine.market.script = [dip('15T12:30')];
    engine.market.missing.add('15m 2026-01-15T12:45:00.000Z');
    await lookAt('15T14:05');
    expect(await observed()).toEqual([]);
    expect(await gaps()).toEqual([{ opens_at: at('15T12:30'), outcome: null }]);
    const hours = () => engine.sql<{ owed: boolean }>(`SELECT settled_at IS NULL AS owed FROM funding_hours`);
    expect(await hours()).toEqual([{ owed: true }, { owed: true }]);
    engine.market.missing.clear();
    await lookAt('15T14:06');
    expect(await observed()).toEqual([at('15T12:30')]);
    expect(await gaps()).toEqual([{ opens_at: at('15T12:30'), outcome: 'examined' }]);
    expect(await hours()).toEqual([]);
    expect(await engine.sql(`SELECT 1 FROM ledger_entries WHERE kind = 'funding'`)).toEqual([]);
    delete engine.market.daily.funding;
  });

  it('give up a candle that does not arrive within six hours; then its funding is paid', async () => {
    engine.market.daily.funding = 0.0008;
    await open('long', { hold_hours: 1000 });
    engine.market.missing.add('15m 2026-01-15T12:45:00.000Z');
    await lookAt('15T13:05');
    await lookAt('15T19:05');
    expect(await gaps()).toEqual([{ opens_at: at('15T12:30'), outcome: null }]);
    await lookAt('15T19:06');
    expect(await gaps()).toEqual([{ opens_at: at('15T12:30'), outcome: 'given_up' }]);
    const [row] = await engine.sql<{ paid: number }>(
      `SELECT count(*)::integer AS paid FROM ledger_entries WHERE kind = 'funding'`,
    );
    expect(row!.paid).toBe(7);
    delete engine.market.daily.funding;
  });

  it.each(['exits', 'funding'] as const)('go on without a position whose %s cannot be written', async (task) => {
    engine.market.daily.funding = 0.0008;
    const ids = await open('long', { hold_hours: 1000 }, 3);
    const bad = ids[1]!;
    // Something that should not be: the exit, or the hour, is there already.
    if (task === 'exits') {
      await engine.sql(
        `INSERT INTO position_exits (id, portfolio_id, symbol, side, kind, level, price, observed_from, observed_until,
           opened_at, order_id, executed_at)
         SELECT gen_random_uuid(), s.portfolio_id, s.symbol, s.side, 'stop_loss', 1, 1, o.created_at, o.created_at,
           s.opened_at, o.id, o.created_at FROM positions s JOIN orders o USING (portfolio_id) WHERE s.portfolio_id = $1`,
        bad,
      );
      await look('48900');
    } else {
      await engine.sql(`ALTER TABLE funding_hours ADD CONSTRAINT bad CHECK (portfolio_id <> '${bad}')`);
      await lookAt('15T13:05');
    }
    const done = () =>
      engine.sql<{ id: string }>(
        task === 'exits'
          ? `SELECT portfolio_id AS id FROM position_exits WHERE basis IS NOT NULL ORDER BY 1`
          : `SELECT portfolio_id AS id FROM funding_hours WHERE settled_at IS NOT NULL ORDER BY 1`,
      );
    expect((await done()).map(({ id }) => id)).toEqual([ids[0], ids[2]].sort());
    const faults = () => engine.sql(`SELECT portfolio_id, task, times FROM keeping_faults`);
    // Funding at the end of the hour and at the end of the look.
    expect(await faults()).toEqual([{ portfolio_id: bad, task, times: task === 'exits' ? 1 : 2 }]);
    if (task === 'exits') await engine.sql(`DELETE FROM position_exits WHERE basis IS NULL`);
    else await engine.sql(`ALTER TABLE funding_hours DROP CONSTRAINT bad`);
    await (task === 'exits' ? look('48900') : look('50000'));
    expect(await done()).toHaveLength(3);
    await look('50000', 24 * 60 + 2);
    expect(await faults()).toEqual([]);
    delete engine.market.daily.funding;
  });

  it('are kept with all that they were computed from', async () => {
    const stops: [Parameters<typeof entry>[0], Parameters<typeof entry>[1], string[]][] = [
      ['long', {}, ['48990']],
      ['short', {}, ['47900']],
      ['long', { take_profit: null }, ['51600', '50400']],
      ['short', { hold_hours: 1, take_profit: null }, ['50010']],
      ['long', { stop_loss: '30000', stop_distance: '20000', take_profit: null }, ['40300']],
    ];
    for (const [side, changes, prices] of stops) {
      engine.market.priceText = '50000';
      await engine.sql(`UPDATE portfolios SET is_active = false`);
      await open(side, changes);
      for (const price of prices) await look(price, side === 'short' && changes?.hold_hours === 1 ? 61 : 1);
    }
    const rows = await engine.sql<KeptExit>(
      `SELECT x.*, t.price AS fill, t.realized_pnl, t.balance_before, p.initial_balance FROM position_exits x
       JOIN trades t USING (order_id) JOIN portfolios p ON p.id = x.portfolio_id ORDER BY x.id`,
    );
    expect(rows.map(({ kind }) => kind)).toEqual([
      'stop_loss',
      'take_profit',
      'trailing_stop',
      'time_stop',
      'liquidation',
    ]);
    for (const { basis, ...row } of rows) {
      const { position, levels, observation } = basis;
      const money = (text: string | null) => (text === null ? null : new Money(text));
      const books = booksOf({
        ...position,
        current_balance: row.balance_before,
        initial_balance: row.initial_balance,
        peak_value: row.initial_balance,
        max_drawdown: 0,
        total_trades: 1,
        winning_trades: 0,
        losing_trades: 0,
      });
      const kept = applyObservation(
        { ...books, position: books.position! },
        {
          stopLoss: money(levels.stop_loss),
          takeProfit: money(levels.take_profit),
          stopDistance: money(levels.stop_distance),
          expiresAt: levels.expires_at && new Date(levels.expires_at),
          levelsSince: new Date(levels.levels_since),
        },
        {
          open: new Money(observation.open),
          high: new Money(observation.high),
          low: new Money(observation.low),
          close: new Money(observation.close),
          from: row.observed_from,
          until: row.observed_until,
          hourVolume: money(basis.hour_volume!),
        },
        { baseAsset: 'BTC', rules: hyperliquidPerp.rulesFor('BTC'), slippageBps: basis.slippage_bps },
      );
      const { exit, concluded } = kept!;
      const { fill, settled } = concluded!.traded!;
      expect([exit!.kind, exit!.level, exit!.price, fill.price, settled.realizedPnl].map(String)).toEqual([
        row.kind,
        ...[row.level, row.price, row.fill, row.realized_pnl].map(plainText),
      ]);
    }
  });

  it('wait for a price that is not there', async () => {
    await open('long');
    engine.market.priceText = null;
    engine.clock.advance(MINUTE_MS);
    await engine.app.get(PositionMonitor).settleAll();
    expect(await exits()).toEqual([]);
    await look('48900');
    expect(await exits()).toHaveLength(1);
  });
});

describe('stops on spot', () => {
  let engine: ToldEngine;

  beforeEach(async () => {
    engine = await createToldEngine({}, 'binance_spot');
    await engine.addTold();
  });

  afterEach(async () => {
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
    await engine.close();
  });

  async function open(): Promise<void> {
    engine.wish = entry('long', { leverage: '1' });
    engine.clock.advance(10 * MINUTE_MS);
    await engine.tick();
  }

  const exits = () => engine.sql(`SELECT kind, side FROM position_exits`);
  const orders = () => engine.sql(`SELECT side, type FROM orders ORDER BY id`);

  it('close what an entry bought', async () => {
    await open();
    engine.market.priceText = '48900';
    engine.clock.advance(MINUTE_MS);
    await engine.app.get(PositionMonitor).settleAll();
    expect(await exits()).toEqual([{ kind: 'stop_loss', side: 'long' }]);
  });

  it('act before the decision of a run at the price that reaches them', async () => {
    await open();
    engine.market.priceText = '48900';
    engine.clock.advance(10 * MINUTE_MS);
    engine.wish = null;
    await engine.tick();
    expect(await exits()).toEqual([{ kind: 'stop_loss', side: 'long' }]);
  });

  it('let no run of before open the position again, whatever its decision agent reads', async () => {
    engine.readsTrading = false;
    await open();
    engine.clock.advance(10 * MINUTE_MS);
    const begun: (readonly [run: string, chunk: number])[] = [];
    for (const run of await engine.planner.planDue()) {
      for (const chunk of await engine.runs.handle(run)) begun.push([run, chunk]);
    }
    engine.market.priceText = '48900';
    engine.clock.advance(MINUTE_MS);
    await engine.app.get(PositionMonitor).settleAll();
    for (const [run, chunk] of begun) await engine.chunks.handle(run, chunk);
    expect(await orders()).toEqual([
      { side: 'BUY', type: 'market' },
      { side: 'SELL', type: 'market' },
    ]);
    const executions = await engine.sql<{ status: string }>(`SELECT status FROM strategy_executions ORDER BY run_id`);
    expect(executions.map(({ status }) => status)).toEqual(['completed', 'skipped']);
  });
});
