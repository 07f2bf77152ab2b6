import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Decision, Entry } from '../../src/domain/decision/decision.js';
import { executeInstance, valueBooks, type InstanceBooks } from '../../src/domain/execution/execute-instance.js';
import { Money } from '../../src/domain/money/decimal.js';
import { largestOrder } from '../../src/domain/trading/order-limits.js';
import { isPerpetual, sideOfHeld } from '../../src/domain/trading/held-position.js';
import { marketFillPrice, roundToTick, tickAt, truncateToStep } from '../../src/domain/trading/venue-rules.js';
import type { TradeChannel } from '../../src/trading/channels/trade-channel.js';

const RUNS = { seed: 11, numRuns: 200 };
const DECIMAL = /^\d+(\.\d+)?$/;

const HOLD: Decision = {
  conviction_score: 50,
  weighted_score: 0,
  risk_factor: 1,
  contributions: {},
  signal: 'HOLD',
  signal_strength: 0,
  position_size: 0,
  risk_level: 'LOW',
  should_execute: false,
  reasons: [],
  distance_to_buy: 0,
  distance_to_sell: 0,
  next_state: { consecutive_bullish_count: 0, consecutive_bearish_count: 0 },
};

/** A position to open: cash times size times leverage. */
interface Wish {
  readonly side: 'long' | 'short';
  readonly size: number;
  readonly leverage: number;
}

/** Books of a new instance. */
function booksWith(cash: string): InstanceBooks {
  const deposit = new Money(cash);
  const counters = { totalTrades: 0, winningTrades: 0, losingTrades: 0 };
  return { cash: deposit, position: null, initialBalance: deposit, peakValue: deposit, maxDrawdown: 0, ...counters };
}

/**
 * What every trade channel must do, in paper mode as in live mode: its names and rules are usable, its steps and
 * minimums hold for every order, an order is the same however often it is planned, and nothing is lost in the books. Call
 * it in the channel's spec, inside no `describe`.
 */
export function runTradeChannelContract(channel: TradeChannel): void {
  const prices = fc.integer({ min: 100_000, max: 20_000_000_000 }).map((cents) => new Money(cents).div(100_000));
  const sizes = fc.double({ min: 0, max: 1, noNaN: true });
  const cashes = fc.integer({ min: 1, max: 10_000_000 }).map((cents) => new Money(cents).div(100).toFixed());
  const steps = fc.array(
    fc.record({ signal: fc.constantFrom('BUY' as const, 'SELL' as const), size: sizes, price: prices }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );

  const wishes: fc.Arbitrary<Wish> = fc.record({
    side: fc.constantFrom('long', 'short'),
    size: sizes,
    leverage: fc.integer({ min: 1, max: 100 }),
  });

  describe(`${channel.name} keeps the contract of trade channels:`, () => {
    it('says who it is', () => {
      expect(channel.name).toMatch(/^[a-z][a-z0-9_]{2,31}$/);
      expect(channel.displayName.length).toBeGreaterThan(2);
      expect(channel.quoteAsset).toMatch(/^[A-Z]{3,10}$/);
      expect(channel.modes.length).toBeGreaterThan(0);
      expect(channel.symbols.length).toBeGreaterThan(0);
    });

    it('refuses a symbol that it does not trade', () => {
      for (const symbol of ['', 'btc', 'BTC/USDT', '__proto__', 'constructor', 'NOSUCH']) {
        expect(() => channel.rulesFor(symbol)).toThrow(/does not trade/);
      }
    });

    describe.each(channel.symbols)('%s', (symbol) => {
      const rules = channel.rulesFor(symbol);

      it('has rules that nobody can change, always the same, in positive decimals', () => {
        expect(channel.rulesFor(symbol)).toBe(rules);
        expect(Object.isFrozen(rules)).toBe(true);
        const { quantityStep, tickSize, minimumNotional, takerFeeRate, makerFeeRate } = rules;
        for (const amount of [quantityStep, tickSize, minimumNotional, takerFeeRate, makerFeeRate]) {
          expect(amount).toMatch(DECIMAL);
        }
        for (const amount of [quantityStep, tickSize, minimumNotional]) expect(Number(amount)).toBeGreaterThan(0);
        expect(Number(takerFeeRate)).toBeLessThan(0.01);
        expect(Number(makerFeeRate)).toBeLessThanOrEqual(Number(takerFeeRate));
        expect(rules.quoteAsset).toBe(channel.quoteAsset);
      });

      it('has margin rules exactly where it can sell short', () => {
        expect(rules.perpetual !== undefined).toBe(channel.canShort);
        if (!rules.perpetual) return;
        const { maxLeverage, maintenanceMarginRate } = rules.perpetual;
        expect(maxLeverage).toBeGreaterThan(1);
        // A position at the highest leverage must not be liquidated when it is opened.
        expect(Number(maintenanceMarginRate) * maxLeverage).toBeLessThan(1);
      });

      it('rounds fills against the trader, to a price that it takes', () => {
        fc.assert(
          fc.property(prices, fc.constantFrom(0, 5, 100), (price, slippageBps) => {
            const bought = marketFillPrice('BUY', price, rules, slippageBps);
            const sold = marketFillPrice('SELL', price, rules, slippageBps);
            expect(bought.gte(price)).toBe(true);
            expect(sold.lte(price)).toBe(true);
            for (const fill of [bought, sold]) expect(roundToTick(fill, rules).eq(fill)).toBe(true);
            expect(tickAt(price, rules).gt(0)).toBe(true);
          }),
          RUNS,
        );
      });

      it('makes orders of whole steps, of its minimum at least and its maximum at most, or says why there is none', () => {
        fc.assert(
          fc.property(cashes, sizes, prices, (cash, size, price) => {
            const { traded, reasons } = decide(booksWith(cash), 'BUY', size, price);
            if (!traded) {
              expect(reasons.map(({ code }) => code)).toContain('below_min_notional');
              return;
            }
            const { fill } = traded;
            expect(truncateToStep(fill.quantity, rules).eq(fill.quantity)).toBe(true);
            expect(fill.notional.gte(rules.minimumNotional)).toBe(true);
            expect(fill.quantity.lte(largestOrder(fill.price, rules) ?? Infinity)).toBe(true);
            expect(fill.feeAsset).toBe(rules.quoteAsset);
          }),
          RUNS,
        );
      });

      it('fills the same order in the same way each time, and changes no books in place', () => {
        fc.assert(
          fc.property(cashes, sizes, prices, (cash, size, price) => {
            const books = Object.freeze(booksWith(cash));
            const first = decide(books, 'BUY', size, price);
            expect(decide(books, 'BUY', size, new Money(price))).toEqual(first);
          }),
          RUNS,
        );
      });

      it('loses nothing and spends nothing that is not there: realized + unrealized = total value - deposit', () => {
        fc.assert(
          fc.property(cashes, steps, (cash, orders) => {
            let books = booksWith(cash);
            let realized = new Money(0);
            for (const { signal, size, price } of orders) {
              const { traded, after, positionsValue, totalValue } = decide(books, signal, size, price);
              const sums = new Map<string, Money>();
              for (const { asset, amount } of traded?.settled.entries ?? []) {
                sums.set(asset, (sums.get(asset) ?? new Money(0)).add(amount));
              }
              expect(after.cash.gte(0)).toBe(true);
              expect(after.cash.sub(books.cash).eq(sums.get(rules.quoteAsset) ?? 0)).toBe(true);
              realized = realized.add(traded?.settled.realizedPnl ?? 0);
              const unrealized = positionsValue.sub(after.position?.costBasis ?? 0);
              expect(realized.add(unrealized).eq(totalValue.sub(cash))).toBe(true);
              books = after;
            }
          }),
          RUNS,
        );
      });

      it('refuses a price that is none', () => {
        for (const junk of [0, -1, Number.NaN, Infinity, -Infinity]) {
          for (const signal of ['BUY', 'SELL'] as const) {
            expect(() => marketFillPrice(signal, new Money(junk), rules, 5)).toThrow(RangeError);
          }
          expect(() => decide(booksWith('10000'), 'BUY', 0.5, new Money(junk))).toThrow(RangeError);
        }
      });

      it('opens on the sides that it has, within its leverage and the cash there is, and gives it all back', () => {
        fc.assert(
          fc.property(wishes, cashes, prices, prices, (wish, cash, price, later) => {
            const books = booksWith(cash);
            const opened = enter(books, wish, price);
            const { position } = opened.after;
            const codes = opened.reasons.map(({ code }) => code);
            if (wish.side === 'short' && !channel.canShort) {
              expect({ codes, position }).toEqual({ codes: ['channel_cannot_short'], position: null });
              return;
            }
            if (!position) {
              expect(codes).toContain('below_min_notional');
              return;
            }
            const { fill } = opened.traded!;
            expect(sideOfHeld(position)).toBe(wish.side);
            expect(truncateToStep(fill.quantity, rules).eq(fill.quantity)).toBe(true);
            expect(fill.notional.gte(rules.minimumNotional)).toBe(true);
            expect(opened.after.cash.gte(0)).toBe(true);
            if (isPerpetual(position)) {
              expect(position.leverage.lte(rules.perpetual!.maxLeverage)).toBe(true);
              expect(codes.includes('leverage_limited')).toBe(wish.leverage > rules.perpetual!.maxLeverage);
              const spent = position.margin.add(fill.fee);
              expect(opened.after.cash.add(spent).eq(cash)).toBe(true);
              expect(position.margin.mul(position.leverage).sub(fill.notional).abs().lt('1e-15')).toBe(true);
            }
            let closed = decide(opened.after, 'SELL', 1, later);
            while (closed.reasons.some(({ code }) => code === 'order_size_limited')) {
              expect(closed.traded!.fill.quantity.eq(largestOrder(closed.traded!.fill.price, rules)!)).toBe(true);
              closed = decide(closed.after, 'SELL', 1, later);
            }
            if (closed.traded) expect([closed.after.position, closed.after.cash.gte(0)]).toEqual([null, true]);
            else expect(closed.reasons.map(({ code }) => code)).toEqual(['below_min_notional']);
          }),
          RUNS,
        );
      });

      function enter(books: InstanceBooks, { side, size, leverage }: Wish, price: Money) {
        const venue = { baseAsset: symbol, rules, price, slippageBps: 5 };
        const quantity = books.cash.mul(size).mul(leverage).div(price).toDecimalPlaces(18, Money.ROUND_DOWN);
        const distance = price.div(50).toDecimalPlaces(18);
        const stop = side === 'long' ? price.sub(distance) : price.add(distance);
        const entry: Entry = {
          side,
          quantity: quantity.toFixed(),
          leverage: String(leverage),
          stop_loss: stop.toFixed(),
          take_profit: null,
          stop_distance: distance.toFixed(),
          hold_hours: 24,
        };
        const signal = side === 'long' ? 'BUY' : 'SELL';
        const decision: Decision = { ...HOLD, signal, position_size: size, entry, should_execute: true };
        return executeInstance(books, venue, valueBooks(books, venue), decision);
      }

      function decide(books: InstanceBooks, signal: 'BUY' | 'SELL', size: number, price: Money) {
        const venue = { baseAsset: symbol, rules, price, slippageBps: 5 };
        const decision = { ...HOLD, signal, position_size: size, should_execute: true };
        return executeInstance(books, venue, valueBooks(books, venue), decision);
      }
    });
  });
}
