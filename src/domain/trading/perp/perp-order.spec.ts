import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { HYPERLIQUID_BTC } from '../../../../test/support/perp-rules.js';
import { Money } from '../../money/decimal.js';
import { fillOnPaper } from '../paper-fill.js';
import { marketFillPrice, roundToTick, tickAt } from '../venue-rules.js';
import { planPerpClose, planPerpEntry, type PerpEntryInput } from './perp-order.js';
import { settlePerpFill } from './perp-ledger.js';
import type { PerpPosition } from './perp-position.js';

const LONG: PerpPosition = {
  side: 'long',
  quantity: new Money('0.1'),
  entryNotional: new Money(5000),
  margin: new Money(1000),
  costBasis: new Money('1002.25'),
  leverage: new Money(5),
};

interface Given extends Partial<Pick<PerpEntryInput, 'side' | 'position' | 'slippageBps'>> {
  readonly quantity?: string;
  readonly leverage?: string;
  readonly cash?: string;
}

function plan(given: Given = {}) {
  const { quantity = '0.1', leverage = '5', cash = '10000' } = given;
  return planPerpEntry({
    side: given.side ?? 'long',
    quantity: new Money(quantity),
    leverage: new Money(leverage),
    cash: new Money(cash),
    position: given.position ?? null,
    price: new Money(50_000),
    rules: HYPERLIQUID_BTC,
    slippageBps: given.slippageBps ?? 0,
  });
}

function shown(planned: ReturnType<typeof plan>) {
  const codes = planned.reasons.map(({ code }) => code);
  return planned.order ? [planned.order.side, planned.order.quantity.toFixed(), ...codes] : codes;
}

describe('the price rule of the venue', () => {
  it.each([
    ['65432.1', '1'],
    ['9876.54', '0.1'],
    ['123456.7', '1'],
    ['1234567', '1'],
    ['12.3456', '0.1'],
  ])('at %s a price is a multiple of %s: five figures, one decimal, whole numbers always', (price, tick) => {
    expect(tickAt(new Money(price), HYPERLIQUID_BTC).toFixed()).toBe(tick);
  });

  it('rounds fills against the trader and levels to the nearest', () => {
    expect(marketFillPrice('BUY', new Money('65432.1'), HYPERLIQUID_BTC, 0).toFixed()).toBe('65433');
    expect(marketFillPrice('SELL', new Money('65432.9'), HYPERLIQUID_BTC, 0).toFixed()).toBe('65432');
    expect(marketFillPrice('BUY', new Money('99999.2'), HYPERLIQUID_BTC, 0).toFixed()).toBe('100000');
    expect(roundToTick(new Money('65432.6'), HYPERLIQUID_BTC).toFixed()).toBe('65433');
  });
});

describe('an entry', () => {
  it.each([
    ['long', 'BUY'],
    ['short', 'SELL'],
  ] as const)('%s is a %s, truncated to the size step', (side, order) => {
    expect(shown(plan({ side, quantity: '0.123456789' }))).toEqual([order, '0.12345']);
  });

  it('closes a position on the other side with the same order', () => {
    expect(shown(plan({ side: 'short', quantity: '0.2', position: LONG }))).toEqual(['SELL', '0.3']);
  });

  it('adds to a position on the same side', () => {
    expect(shown(plan({ quantity: '0.2', position: LONG }))).toEqual(['BUY', '0.2']);
  });

  it('is cut to the margin and fee that free cash can pay', () => {
    // A step costs 0.5; a fifth of it and .045 % are 0.100225: 1000 pay 9977 steps.
    expect(shown(plan({ quantity: '1', cash: '1000' }))).toEqual(['BUY', '0.09977', 'cash_limited']);
    expect(shown(plan({ quantity: '1', cash: '100.225' }))).toEqual(['BUY', '0.01', 'cash_limited']);
    expect(shown(plan({ quantity: '1', cash: '100.224999999999999999' }))).toEqual(['BUY', '0.00999', 'cash_limited']);
  });

  it('uses all available cash: one more step would be unaffordable', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n ** 19n, max: 10n ** 23n }).map((units) => new Money(units.toString()).mul('1e-18')),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 10_000, max: 99_999 }),
        (cash, leverage, price) => {
          const given = { side: 'long', leverage: new Money(leverage), cash, position: null, slippageBps: 5 } as const;
          const at = { price: new Money(price), rules: HYPERLIQUID_BTC };
          const { order } = planPerpEntry({ ...given, ...at, quantity: new Money(1000) });
          if (!order) return;
          const settle = (quantity: Money) => {
            const fill = fillOnPaper({ side: 'BUY', quantity }, at.price, at.rules, 5);
            const assets = { baseAsset: 'BTC', quoteAsset: 'USDC' };
            return settlePerpFill({ cash, position: null, fill, leverage: given.leverage, ...assets }).cashAfter;
          };
          expect(settle(order.quantity).gte(0)).toBe(true);
          expect(() => settle(order.quantity.add(HYPERLIQUID_BTC.quantityStep))).toThrow('there is');
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });

  it('drops the steps that rounding of stored amounts makes unaffordable', () => {
    // 230 steps of 2e-20 and 30 % fee cost 5.98e-18, but are stored as 5e-18 + 2e-18: 100 steps are worth 2e-18.
    const fine = { quantityStep: '0.0000000001', tickSize: '0.0000000001', minimumNotional: '0', takerFeeRate: '0.3' };
    const { priceFigures: _, ...rules } = { ...HYPERLIQUID_BTC, ...fine };
    const money = { quantity: new Money(1), leverage: new Money(1), cash: new Money('0.000000000000000006') };
    const at = { price: new Money('0.0000000002'), rules, slippageBps: 0 };
    const { order } = planPerpEntry({ side: 'long', position: null, ...money, ...at });
    expect(order?.quantity.toFixed()).toBe('0.000000013');
  });

  it('can use the proceeds of closing the other side', () => {
    // Closing brings 1000 less a fee of 2.25: 997.75 pay 9955.1 steps, a tenth of a bitcoin is closed besides.
    expect(shown(plan({ side: 'short', quantity: '1', cash: '0', position: LONG }))).toEqual([
      'SELL',
      '0.19955',
      'cash_limited',
    ]);
  });

  it('is cut to the highest leverage of the venue', () => {
    const planned = plan({ leverage: '60' });
    expect(planned.order && planned.leverage.toFixed()).toBe('40');
    expect(planned.reasons).toEqual([{ code: 'leverage_limited', wanted: '60', used: 40 }]);
  });

  it('is refused below 10 USDC, and then closes nothing', () => {
    expect(shown(plan({ quantity: '0.0002' }))).toEqual(['BUY', '0.0002']);
    expect(shown(plan({ quantity: '0.00019' }))).toEqual(['below_min_notional']);
    expect(shown(plan({ side: 'short', quantity: '0.00019', position: LONG }))).toEqual(['below_min_notional']);
    expect(shown(plan({ quantity: '0' }))).toEqual(['below_min_notional']);
  });

  it('is cut to the largest market order of the venue, which a flip may need for the close alone', () => {
    // 15,000,000 / 50,000
    const rich = { cash: '100000000', quantity: '1000' };
    expect(shown(plan(rich))).toEqual(['BUY', '300', 'order_size_limited']);
    const whale = { ...LONG, quantity: new Money(400) };
    expect(shown(plan({ ...rich, side: 'short', position: whale }))).toEqual(['SELL', '300', 'order_size_limited']);
    expect(plan(rich).reasons).toEqual([{ code: 'order_size_limited', wanted: '1000', used: '300' }]);
  });

  it('gets the maximum leverage of the margin tier of the resulting position', () => {
    const leverageOf = (given: Given) => {
      const planned = plan({ leverage: '40', cash: '100000000', ...given });
      return planned.order && planned.leverage.toFixed();
    };
    expect(leverageOf({ quantity: '3000' })).toBe('40');
    expect(leverageOf({ quantity: '3000.00001' })).toBe('20');
    const large = { ...LONG, quantity: new Money(2999), entryNotional: new Money(149_950_000) };
    expect(leverageOf({ quantity: '1', position: large })).toBe('40');
    expect(leverageOf({ quantity: '1.00001', position: large })).toBe('20');
  });

  it('refuses a leverage below 1 and an invalid quantity', () => {
    expect(() => plan({ leverage: '0.5' })).toThrow(RangeError);
    expect(() => plan({ quantity: '-1' })).toThrow(RangeError);
    expect(() => plan({ quantity: 'NaN' })).toThrow(RangeError);
  });
});

describe('a close', () => {
  const price = new Money(50_000);
  const close = (position: PerpPosition | null, part: number) =>
    shown(planPerpClose(position, part, { price, rules: HYPERLIQUID_BTC, slippageBps: 0 }));

  it('is the opposite order, truncated to the step', () => {
    expect(close(LONG, 0.33333)).toEqual(['SELL', '0.03333']);
    expect(close({ ...LONG, side: 'short' }, 0.5)).toEqual(['BUY', '0.05']);
  });

  it('is cut to the largest market order of the venue', () => {
    expect(close({ ...LONG, quantity: new Money(400) }, 1)).toEqual(['SELL', '300', 'order_size_limited']);
  });

  it('in full always works, a partial one only from 10 USDC', () => {
    const dust = { ...LONG, quantity: new Money('0.0001') };
    expect(close(dust, 1)).toEqual(['SELL', '0.0001']);
    expect(close(dust, 0.5)).toEqual(['below_min_notional']);
    expect(close(null, 1)).toEqual(['below_min_notional']);
  });
});
