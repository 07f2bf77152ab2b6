import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { BINANCE_BTC } from '../../../test/support/spot-rules.js';
import { Money, toStored } from '../money/decimal.js';
import { totalValueOf } from './held-position.js';
import { fillOnPaper } from './paper-fill.js';
import { settleSpotFill, type LedgerEntryDraft, type SpotPosition } from './spot-ledger.js';
import { planSpotOrder } from './spot-order.js';
import type { Side, VenueRules } from './venue-rules.js';

/** Steps and ticks so fine that every stored amount is rounded. */
const ROUNDING_EVERYWHERE: VenueRules = {
  ...BINANCE_BTC,
  quantityStep: '0.0000000000007',
  tickSize: '0.000000000003',
  minimumNotional: '0',
  takerFeeRate: '0.00045',
};

interface Attempt {
  readonly side: Side;
  readonly size: number;
  readonly price: string;
}

const attempts = fc.array(
  fc.record<Attempt>({
    side: fc.constantFrom('BUY', 'SELL'),
    size: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.002, 0.5, 1)),
    price: fc
      .bigInt({ min: 1_000_000n, max: 200_000_000_000_000n })
      .map((units) => new Money(units.toString()).div(1e9).toFixed()),
  }),
  { minLength: 1, maxLength: 40 },
);

/** Trades like the scheduler and asserts the books after every attempt. Returns the number of fills. */
function tradeThrough(deposit: Money, sequence: readonly Attempt[], rules: VenueRules, slippageBps: number): number {
  let cash = deposit;
  let position: SpotPosition | null = null;
  let realized = new Money(0);
  let fills = 0;
  const entries: LedgerEntryDraft[] = [{ asset: 'USDT', amount: deposit, kind: 'trade' }];
  const sumOf = (asset: string) =>
    entries.filter((entry) => entry.asset === asset).reduce((sum, entry) => sum.add(entry.amount), new Money(0));

  for (const { side, size, price: priceText } of sequence) {
    const price = new Money(priceText);
    const holding: Money = position?.quantity ?? new Money(0);
    const totalValue = totalValueOf(cash, holding, price);
    const { order } = planSpotOrder({ side, size, cash, holding, totalValue, price, rules, slippageBps });
    if (order) {
      const fill = fillOnPaper(order, price, rules, slippageBps);
      const settled = settleSpotFill({ cash, position, fill, baseAsset: 'BTC', quoteAsset: 'USDT' });
      cash = settled.cashAfter;
      position = settled.position;
      realized = realized.add(settled.realizedPnl ?? 0);
      entries.push(...settled.entries);
      fills += 1;
    }

    const quantity: Money = position?.quantity ?? new Money(0);
    const costBasis: Money = position?.costBasis ?? new Money(0);
    const unrealized = toStored(quantity.mul(price)).sub(costBasis);
    const gain = totalValueOf(cash, quantity, price).sub(deposit);
    expect(realized.add(unrealized).toFixed()).toBe(gain.toFixed());
    expect(cash.gte(0) && quantity.gte(0) && costBasis.gte(0)).toBe(true);
    expect(quantity.mod(rules.quantityStep).toFixed()).toBe('0');
    expect([sumOf('USDT').toFixed(), sumOf('BTC').toFixed()]).toEqual([cash.toFixed(), quantity.toFixed()]);
    for (const amount of [cash, quantity, costBasis, realized]) expect(amount.decimalPlaces()).toBeLessThanOrEqual(18);
  }
  return fills;
}

describe('the books over any sequence of orders', () => {
  it.each([
    ['a venue with coarse steps', BINANCE_BTC],
    ['a venue where every amount is rounded', ROUNDING_EVERYWHERE],
  ])('balance to the last place at %s', (_venue, rules) => {
    let fills = 0;
    const property = fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 24n }),
      attempts,
      fc.constantFrom(0, 5, 25),
      (units, sequence, slippageBps) => {
        fills += tradeThrough(new Money(units.toString()).div('1e18'), sequence, rules, slippageBps);
      },
    );
    fc.assert(property, { seed: 7, numRuns: 200 });
    expect(fills).toBeGreaterThan(200);
  });
});
