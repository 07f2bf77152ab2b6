import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { HYPERLIQUID_BTC } from '../../../../test/support/perp-rules.js';
import { Money } from '../../money/decimal.js';
import { signedQuantityOf } from '../held-position.js';
import { fillOnPaper } from '../paper-fill.js';
import {
  settleFundingHours,
  type FundedBooks,
  type OwedHour,
  fundingBasesOf,
  HOUR_MS,
  type FundingBasis,
} from './funding-hours.js';
import { settlePerpFill } from './perp-ledger.js';
import type { PerpPosition } from './perp-position.js';

const OPENED = new Date('2026-01-15T12:10:00Z');
const HOUR = (n: number) => new Date(Date.parse('2026-01-15T12:00:00Z') + n * HOUR_MS);
const ASSETS = { baseAsset: 'BTC', quoteAsset: 'USDC' };

const money = (min: number, max: number, places: number) =>
  fc.integer({ min: min * 10 ** places, max: max * 10 ** places }).map((units) => new Money(units).div(10 ** places));

const life = fc.record({
  side: fc.constantFrom('BUY' as const, 'SELL' as const),
  quantity: money(0.001, 1, 5),
  leverage: fc.integer({ min: 1, max: 40 }).map((leverage) => new Money(leverage)),
  /** From far in profit to beyond the margin. */
  closePrice: fc.integer({ min: 20_000, max: 90_000 }).map((price) => new Money(price)),
  takenOver: fc.boolean(),
  hours: fc.array(fc.record({ price: money(20_000, 90_000, 2), rate: money(-0.5, 0.5, 6) }), {
    minLength: 1,
    maxLength: 12,
  }),
});

function opened(side: 'BUY' | 'SELL', quantity: Money, leverage: Money): FundedBooks & { open: object } {
  const cash = new Money(1_000_000);
  const fill = fillOnPaper({ side, quantity }, new Money(50_000), HYPERLIQUID_BTC, 0);
  const settled = settlePerpFill({ cash, position: null, fill, leverage, ...ASSETS });
  const open = { position: settled.position!, openedAt: OPENED };
  return { cash: settled.cashAfter, open, ended: new Map() };
}

function closed(books: FundedBooks, price: Money, takenOver: boolean): FundedBooks {
  const { position } = books.open!;
  const side = position.side === 'long' ? 'SELL' : 'BUY';
  const fill = fillOnPaper({ side, quantity: position.quantity }, price, HYPERLIQUID_BTC, 0);
  const liquidation = takenOver ? ({ liquidation: 'taken_over' } as const) : {};
  const { cashAfter, ended } = settlePerpFill({
    cash: books.cash,
    position,
    fill,
    leverage: position.leverage,
    ...ASSETS,
    ...liquidation,
  });
  return { cash: cashAfter, open: null, ended: new Map([[OPENED.getTime(), ended!]]) };
}

function owed(position: PerpPosition, bases: readonly Omit<FundingBasis, 'hour'>[]): OwedHour[] {
  const quantity = signedQuantityOf(position);
  return bases.map((basis, index) => ({ ...basis, hour: HOUR(index + 1), openedAt: OPENED, quantity }));
}

describe('settleFundingHours', () => {
  it('gives the same cash whether hours are settled before the close, after it, or partly', () => {
    const property = fc.property(life, fc.nat(), (one, cut) => {
      const start = opened(one.side, one.quantity, one.leverage);
      const hours = owed(start.open!.position, one.hours);
      const early = cut % (hours.length + 1);
      const settle = (books: FundedBooks, part: OwedHour[]) => settleFundingHours(books, part, 'USDC').books;
      const inTime = closed(settle(start, hours), one.closePrice, one.takenOver);
      const late = settle(
        closed(settle(start, hours.slice(0, early)), one.closePrice, one.takenOver),
        hours.slice(early),
      );
      expect(late.cash.toFixed()).toBe(inTime.cash.toFixed());
    });
    fc.assert(property, { numRuns: 500, seed: 6 });
  });

  it('writes a ledger line for every change of cash and margin, and the exact cost of every hour', () => {
    const property = fc.property(life, fc.boolean(), (one, isClosed) => {
      const start = opened(one.side, one.quantity, one.leverage);
      const before = isClosed ? closed(start, one.closePrice, one.takenOver) : start;
      const { books, settled, entries } = settleFundingHours(before, owed(start.open!.position, one.hours), 'USDC');
      const sum = (asset: string) =>
        entries.filter((entry) => entry.asset === asset).reduce((total, { amount }) => total.add(amount), new Money(0));
      expect(sum('USDC').toFixed()).toBe(books.cash.sub(before.cash).toFixed());
      const margin = (of: FundedBooks) => of.open?.position.margin ?? new Money(0);
      expect(sum('USDC:margin').toFixed()).toBe(margin(books).sub(margin(before)).toFixed());
      const amounts = settled.reduce((total, { amount }) => total.add(amount), new Money(0));
      const funding = entries.filter(({ kind }) => kind === 'funding');
      expect(funding.reduce((total, { amount }) => total.add(amount), new Money(0)).toFixed()).toBe(amounts.toFixed());
      for (const { quantity, price, rate, amount } of settled) {
        // Rounded to the 18th place.
        const exact = quantity.mul(price).mul(rate).mul('-0.125');
        expect(amount.sub(exact).abs().lte('5e-19')).toBe(true);
      }
      expect(settled).toHaveLength(one.hours.length);
    });
    fc.assert(property, { numRuns: 300, seed: 7 });
  });

  const [hour] = owed(opened('BUY', new Money('0.1'), new Money(5)).open!.position, [
    { price: new Money(50_000), rate: new Money('0.0008') },
  ]) as [OwedHour];

  it('leaves an hour owed when free cash cannot pay it', () => {
    const ended = new Map([[OPENED.getTime(), { equity: new Money(10), takenOver: false }]]);
    const poor = settleFundingHours({ cash: new Money('0.4'), open: null, ended }, [hour], 'USDC');
    expect(poor.settled).toEqual([]);
    expect(poor.entries).toEqual([]);
    const rich = settleFundingHours({ cash: new Money('0.5'), open: null, ended }, [hour], 'USDC');
    expect(rich.books.cash.toFixed()).toBe('0');
  });

  it('charges the hour of a closed position to free cash, not to the margin of the next position', () => {
    const later = opened('SELL', new Money('0.2'), new Money(2));
    const ended = new Map([[OPENED.getTime(), { equity: new Money(10), takenOver: false }]]);
    const open = { ...later.open!, openedAt: HOUR(3) };
    const { books, entries } = settleFundingHours({ cash: later.cash, open, ended }, [hour], 'USDC');
    expect(books.open!.position.margin.eq(open.position.margin)).toBe(true);
    expect(entries.map(({ asset, amount, kind }) => `${asset} ${amount.toFixed()} ${kind}`)).toEqual([
      'USDC -0.5 funding',
    ]);
  });

  it('throws for a closed position whose end is unknown', () => {
    const nothing: FundedBooks = { cash: new Money(1), open: null, ended: new Map() };
    expect(() => settleFundingHours(nothing, [hour], 'USDC')).toThrow('2026-01-15T12:10:00.000Z');
  });
});

describe('fundingBasesOf', () => {
  const candle = (closeTime: Date, close: number) => ({
    openTime: closeTime.getTime() - HOUR_MS,
    closeTime: closeTime.getTime(),
    open: 1,
    high: 1,
    low: 1,
    close,
    volume: 1,
  });
  const rate = (value: number, at: Date) => ({ value, source: 'test', observed_at: at.toISOString() });
  const shown = (bases: readonly FundingBasis[]) =>
    bases.map(({ hour, price, rate: one }) => [hour.getUTCHours(), price.toNumber(), one.toNumber()]);

  it('skips only the hour that has no price', () => {
    const bases = fundingBasesOf(
      [HOUR(1), HOUR(2), HOUR(3)],
      [candle(HOUR(1), 10), candle(HOUR(3), 30)],
      [rate(0.1, HOUR(0))],
    );
    expect(shown(bases)).toEqual([
      [13, 10, 0.1],
      [15, 30, 0.1],
    ]);
  });

  it('uses the last rate known at the hour, at most 48 hours old', () => {
    const rates = [rate(0.1, HOUR(-47)), rate(0.2, HOUR(2))];
    const candles = [candle(HOUR(0), 1), candle(HOUR(1), 1), candle(HOUR(2), 1)];
    expect(shown(fundingBasesOf([HOUR(0), HOUR(1), HOUR(2)], candles, rates))).toEqual([
      [12, 1, 0.1],
      [13, 1, 0.1],
      [14, 1, 0.2],
    ]);
    expect(fundingBasesOf([HOUR(2)], candles, rates.slice(0, 1))).toEqual([]);
  });

  it('rounds to stored precision, so that the amount can be recomputed', () => {
    const [basis] = fundingBasesOf([HOUR(1)], [candle(HOUR(1), 50_000.123)], [rate(1.2345678901234e-7, HOUR(0))]);
    expect([basis!.price.toFixed(), basis!.rate.toFixed()]).toEqual(['50000.123', '0.000000123456789012']);
  });
});
