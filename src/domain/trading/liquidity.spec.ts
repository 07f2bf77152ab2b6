import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { BINANCE_BTC } from '../../../test/support/spot-rules.js';
import { HYPERLIQUID_BTC } from '../../../test/support/perp-rules.js';
import type { Decision } from '../decision/decision.js';
import { applyObservation } from '../execution/apply-observation.js';
import { executeInstance, valueBooks, type InstanceBooks } from '../execution/execute-instance.js';
import { venueOf } from '../execution/trade.js';
import type { MarketSnapshot } from '../market/market-snapshot.js';
import { Money } from '../money/decimal.js';
import { sideOfHeld } from './held-position.js';
import { observedAt } from './exits.js';
import { fillingAll, filledOf, liquidityOf, slippageOf, type Liquidity } from './liquidity.js';
import type { VenueRules } from './venue-rules.js';

const SEEN = { source: 'test', observed_at: '2026-01-15T12:00:00.000Z' };

/** A market with this volume in the last hour; undefined: a run that did not record volumes. */
function snapshot(volume: number | null | undefined, price = '50000'): MarketSnapshot {
  const common = { market: 'simulated', symbol: 'BTC', taken_at: SEEN.observed_at } as const;
  const nothing = { change_24h_percent: null, fear_greed: null, dxy: null };
  const hour = volume === undefined ? {} : { hour_volume: volume === null ? null : { value: volume, ...SEEN } };
  return { ...common, price: { value: price, ...SEEN }, ...nothing, ...hour };
}

function booksWith(cash: string): InstanceBooks {
  const deposit = new Money(cash);
  const counters = { totalTrades: 0, winningTrades: 0, losingTrades: 0 };
  return { cash: deposit, position: null, initialBalance: deposit, peakValue: deposit, maxDrawdown: 0, ...counters };
}

function decide(signal: 'BUY' | 'SELL', size: number): Decision {
  return {
    conviction_score: 50,
    weighted_score: null,
    risk_factor: 1,
    contributions: {},
    signal,
    signal_strength: 1,
    position_size: size,
    risk_level: 'LOW',
    should_execute: true,
    reasons: [],
    distance_to_buy: null,
    distance_to_sell: null,
    next_state: { consecutive_bullish_count: 0, consecutive_bearish_count: 0 },
  };
}

function execute(books: InstanceBooks, market: MarketSnapshot, decision: Decision, rules: VenueRules = BINANCE_BTC) {
  const venue = venueOf(market, rules, 5);
  return executeInstance(books, venue, valueBooks(books, venue), decision);
}

describe('slippage', () => {
  const hour = liquidityOf(new Money(1000), BINANCE_BTC);

  it.each([
    // Up to a thousandth of the hour: the plain slippage.
    ['1', 5],
    ['0.00001', 5],
    // 5 + 100 * (sqrt(.0011) - sqrt(.001)) = 5.15435..., rounded up
    ['1.1', 5.16],
    // 5 + 100 * (sqrt(.025) - sqrt(.001))
    ['25', 17.65],
    // 5 + 100 * (1 - sqrt(.001))
    ['1000', 101.84],
    ['1000000000', 1000],
  ])('of %s when an hour trades 1000 is %s basis points', (quantity, bps) => {
    expect(slippageOf(new Money(quantity), 5, hour)).toBe(bps);
  });

  it('is the plain one when the volume is unknown or 0', () => {
    for (const liquidity of [null, undefined, liquidityOf(new Money(0), BINANCE_BTC)]) {
      expect(slippageOf(new Money(1e9), 5, liquidity)).toBe(5);
    }
  });

  it('never falls as an order grows, and never below the plain slippage', () => {
    const quantity = fc.double({ min: 0.00001, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(quantity, quantity, fc.constantFrom(0, 5, 1000), (one, other, bps) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)].map((value) =>
          slippageOf(new Money(value), bps, hour),
        );
        expect(small!).toBeGreaterThanOrEqual(bps);
        expect(large!).toBeGreaterThanOrEqual(small!);
      }),
    );
  });
});

describe('a fill', () => {
  it('is at most a fortieth of the last hour, a multiple of the step, unless it must be complete', () => {
    const hour = liquidityOf(new Money('333.3333'), BINANCE_BTC);
    expect(filledOf(new Money(100), hour).toFixed()).toBe('8.33333');
    expect(filledOf(new Money('8.33333'), hour).toFixed()).toBe('8.33333');
    expect(filledOf(new Money(100), null).toFixed()).toBe('100');
    expect(filledOf(new Money(100), fillingAll(hour)).toFixed()).toBe('100');
  });

  it('of a large order is partial, and the reasons have the numbers', () => {
    const { traded, reasons, after } = execute(booksWith('10000000'), snapshot(1000), decide('BUY', 0.5));
    // 5,000,000 / (50000 * (1 + 17.65 / 10000)) = 99.82380... of which 25 are filled.
    expect(traded?.ordered?.toFixed()).toBe('99.82381');
    expect(traded?.fill.quantity.toFixed()).toBe('25');
    expect(traded?.fill.price.toFixed()).toBe('50088.25');
    expect(reasons).toEqual([
      { code: 'partially_filled', ordered: '99.82381', filled: '25', hour_volume: '1000', share: 0.025 },
      { code: 'market_impact', slippage_bps: 17.65, usual_bps: 5 },
    ]);
    expect(after.position?.quantity.lte(25)).toBe(true);
  });

  it('of a small order is complete, at the plain slippage', () => {
    const { traded, reasons } = execute(booksWith('10000'), snapshot(1000), decide('BUY', 0.5));
    expect([traded?.fill.price.toFixed(), reasons]).toEqual(['50025', []]);
    expect(traded?.ordered?.eq(traded.fill.quantity)).toBe(true);
  });

  it('is none when the last hour traded nothing', () => {
    const { traded, reasons } = execute(booksWith('10000'), snapshot(0), decide('BUY', 0.5));
    expect(traded).toBeNull();
    expect(reasons).toMatchObject([{ code: 'partially_filled', filled: '0', hour_volume: '0' }]);
  });

  it('is complete when the volume is unknown, and says so', () => {
    const { traded, reasons } = execute(booksWith('4000000'), snapshot(null), decide('BUY', 0.5));
    expect(traded?.ordered?.eq(traded.fill.quantity)).toBe(true);
    expect(traded?.fill.price.toFixed()).toBe('50025');
    expect(reasons).toEqual([{ code: 'volume_unknown' }]);
  });

  it('of an entry that is cut to the cash is affordable with its price impact', () => {
    const entry = { side: 'long', quantity: '10', leverage: '10', stop_loss: '49000', take_profit: null } as const;
    const decision = { ...decide('BUY', 0.5), entry: { ...entry, stop_distance: '1000', hold_hours: 24 } };
    const { traded, after, reasons } = execute(booksWith('10000'), snapshot(100), decision, HYPERLIQUID_BTC);
    // 1.98 of 100 an hour: 15.91 basis points; 10000 / (50080 * .10045) = 1.98785...
    expect(reasons.map(({ code }) => code)).toEqual(['cash_limited', 'market_impact']);
    expect(traded!.fill.quantity.toFixed()).toBe('1.98785');
    expect(traded!.fill.price.toFixed()).toBe('50080');
    expect(after.cash.gte(0)).toBe(true);
  });

  it('of a stop is complete, with its price impact', () => {
    const margin = { margin: new Money(2_500_000), costBasis: new Money(2_500_000), leverage: new Money(2) };
    const position = {
      side: 'long',
      quantity: new Money(100),
      entryNotional: new Money(5_000_000),
      ...margin,
    } as const;
    const books = { ...booksWith('0'), position };
    const now = new Date(0);
    const levels = { stopLoss: new Money(45_000), takeProfit: null, stopDistance: null, expiresAt: null };
    const venue = { baseAsset: 'BTC', rules: HYPERLIQUID_BTC, slippageBps: 5 };
    const stop = (hourVolume: Money | null) =>
      applyObservation(books, { ...levels, levelsSince: now }, observedAt(new Money(45_000), now, hourVolume), venue)!
        .concluded!.traded!.fill;
    // A tenth of the hour: 5 + 100 * (sqrt(.1) - sqrt(.001)) = 33.461 basis points; 45000 less that is 44849.4.
    expect([stop(new Money(1000)).quantity, stop(new Money(1000)).price].map(String)).toEqual(['100', '44849']);
    expect(stop(null).price.toFixed()).toBe('44977');
  });

  it('of a close on request is complete, with its price impact', () => {
    const position = { quantity: new Money(100), costBasis: new Money(5e6), averageEntryPrice: new Money(50_000) };
    const books = { ...booksWith('0'), position };
    const venue = { ...venueOf(snapshot(1000), BINANCE_BTC, 5), liquidity: null as Liquidity | null };
    const close = (liquidity: Liquidity) => {
      const at = { ...venue, liquidity };
      return executeInstance(books, at, valueBooks(books, at), decide('SELL', 1)).traded!.fill;
    };
    const hour = liquidityOf(new Money(1000), BINANCE_BTC);
    expect(close(hour).quantity.toFixed()).toBe('25');
    // 33.47 basis points below 50000.
    expect([close(fillingAll(hour)).quantity, close(fillingAll(hour)).price].map(String)).toEqual(['100', '49832.65']);
  });

  it('of a run without a recorded volume follows version 0.1.0: complete, without limits of size or margin tiers', () => {
    const { traded, reasons } = execute(booksWith('100000000'), snapshot(undefined), decide('BUY', 0.5));
    expect([traded?.fill.quantity.toFixed(), reasons]).toEqual(['999.50024', []]);
    expect(venueOf(snapshot(undefined), HYPERLIQUID_BTC, 5).rules).toMatchObject({ perpetual: { maxLeverage: 40 } });
    expect(venueOf(snapshot(undefined), HYPERLIQUID_BTC, 5).rules.perpetual).not.toHaveProperty('upperTiers');
  });

  it('of an entry or a flip leaves the books balanced, for any size and volume', () => {
    const wish = fc.record({
      side: fc.constantFrom('long' as const, 'short' as const),
      quantity: fc.double({ min: 0.001, max: 3000, noNaN: true }),
      leverage: fc.integer({ min: 1, max: 40 }),
      price: fc.integer({ min: 40_000, max: 60_000 }),
      volume: fc.double({ min: 0, max: 5000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 1e9 }), fc.array(wish, { maxLength: 8 }), (cash, wishes) => {
        let books = booksWith(String(cash));
        let realized = new Money(0);
        for (const { side, quantity, leverage, price, volume } of wishes) {
          const entry = { side, quantity: quantity.toFixed(8), leverage: String(leverage) };
          const levels = { stop_loss: '1', take_profit: null, stop_distance: '1', hold_hours: 1 };
          const decision = { ...decide(side === 'long' ? 'BUY' : 'SELL', 0.1), entry: { ...entry, ...levels } };
          const market = snapshot(volume, String(price));
          const { traded, after, totalValue, positionsValue } = execute(books, market, decision, HYPERLIQUID_BTC);
          expect(after.cash.gte(0)).toBe(true);
          // Only a position on the entry's side gets its stops: a partly filled flip may only have reduced the other side.
          const opened = traded?.settled.position && sideOfHeld(traded.settled.position) === side;
          expect(Boolean(traded?.levels)).toBe(Boolean(opened));
          realized = realized.add(traded?.settled.realizedPnl ?? 0);
          const unrealized = positionsValue.sub(after.position?.costBasis ?? 0);
          expect(realized.add(unrealized).eq(totalValue.sub(cash))).toBe(true);
          books = after;
        }
      }),
      { seed: 13, numRuns: 150 },
    );
  });

  it.each([
    ['spot', BINANCE_BTC],
    ['perpetual', HYPERLIQUID_BTC],
  ])('leaves cash and books balanced, for any size and volume: %s', (_kind, rules) => {
    fc.assert(
      fc.property(
        fc.double({ min: 10, max: 1e11, noNaN: true }).map((cash) => cash.toFixed(8)),
        fc.double({ min: 0, max: 5000, noNaN: true }),
        fc.array(
          fc.tuple(fc.constantFrom('BUY' as const, 'SELL' as const), fc.double({ min: 0, max: 1, noNaN: true })),
          {
            maxLength: 8,
          },
        ),
        (cash, volume, steps) => {
          let books = booksWith(cash);
          let realized = new Money(0);
          for (const [signal, size] of steps) {
            const { traded, after, totalValue, positionsValue } = execute(
              books,
              snapshot(volume),
              decide(signal, size),
              rules,
            );
            if (traded) {
              expect(traded.fill.quantity.lte(new Money(volume).mul('0.025'))).toBe(true);
              expect(traded.fill.quantity.lte(traded.ordered!)).toBe(true);
            }
            expect(after.cash.gte(0)).toBe(true);
            realized = realized.add(traded?.settled.realizedPnl ?? 0);
            const unrealized = positionsValue.sub(after.position?.costBasis ?? 0);
            expect(realized.add(unrealized).eq(totalValue.sub(cash))).toBe(true);
            books = after;
          }
        },
      ),
      { seed: 9, numRuns: 150 },
    );
  });
});
