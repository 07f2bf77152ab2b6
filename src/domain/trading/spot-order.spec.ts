import { describe, expect, it } from '@jest/globals';
import { BINANCE_BTC } from '../../../test/support/spot-rules.js';
import { Money } from '../money/decimal.js';
import { withoutLargestOrder } from './order-limits.js';
import { planSpotOrder, type SpotOrderInput } from './spot-order.js';

function plan(
  given: Partial<Omit<SpotOrderInput, 'cash' | 'holding' | 'totalValue' | 'price'>> & Record<string, unknown>,
) {
  const { cash = '10000', holding = '0', totalValue = '10000', price = '100000', ...rest } = given;
  const money = { cash, holding, totalValue, price } as Record<string, string>;
  const planned = planSpotOrder({
    side: 'BUY',
    size: 0.1,
    rules: BINANCE_BTC,
    slippageBps: 0,
    ...rest,
    cash: new Money(money['cash']!),
    holding: new Money(money['holding']!),
    totalValue: new Money(money['totalValue']!),
    price: new Money(money['price']!),
  });
  return { quantity: planned.order?.quantity.toFixed() ?? null, side: planned.order?.side, reasons: planned.reasons };
}

describe('planning a spot BUY', () => {
  it('spends the size as a fraction of total value', () => {
    expect(plan({ size: 0.1 })).toEqual({ quantity: '0.01', side: 'BUY', reasons: [] });
  });

  it('truncates the quantity to the step, never rounds it up', () => {
    // 10000 * .0025 = 25; 25 / 65000 = 0.000384615... -> 0.00038
    expect(plan({ size: 0.0025, price: '65000' }).quantity).toBe('0.00038');
    // 9.9999 / 10 = 0.99999 exactly, 9.99999 / 10 = 0.999999 -> 0.99999
    expect(plan({ size: 1, totalValue: '9.9999', price: '10' }).quantity).toBe('0.99999');
    expect(plan({ size: 1, totalValue: '9.99999', price: '10' }).quantity).toBe('0.99999');
  });

  it('truncates to a step that is no power of ten', () => {
    // 25 / 65000 / .00007 = 5.49 steps -> 5 * .00007
    expect(plan({ size: 0.0025, price: '65000', rules: { ...BINANCE_BTC, quantityStep: '0.00007' } }).quantity).toBe(
      '0.00035',
    );
  });

  it('uses the expected fill price, slippage included', () => {
    // 65000 * 1.0005 = 65032.50; 1000 / 65032.5 = 0.0153769 -> 0.01537 (without slippage 0.01538)
    expect(plan({ size: 0.1, price: '65000', slippageBps: 5 }).quantity).toBe('0.01537');
  });

  it('is cut to the cash, fee included, and says so with numbers', () => {
    // 500 / (100000 * 1.001) = 0.004995... -> 0.00499
    expect(plan({ size: 0.1, cash: '500' })).toEqual({
      quantity: '0.00499',
      side: 'BUY',
      reasons: [{ code: 'cash_limited', wanted: '1000', affordable: '499', cash: '500' }],
    });
  });

  it('spends the last unit of cash when fee and notional meet it exactly', () => {
    expect(plan({ size: 1, cash: '1001', totalValue: '5000' }).quantity).toBe('0.01');
    expect(plan({ size: 1, cash: '1000.999999999999999999', totalValue: '5000' }).quantity).toBe('0.00999');
  });

  it('buys less when rounding the stored amounts would exceed the cash', () => {
    // 76 steps of 2e-20 and 30 % fee cost 1.976e-18, but are stored as 2e-18 + 1e-18: 50 steps, worth 1e-18, are dropped
    const fine = { quantityStep: '0.0000000001', tickSize: '0.0000000001', minimumNotional: '0', takerFeeRate: '0.3' };
    const planned = plan({
      size: 1,
      cash: '0.000000000000000002',
      totalValue: '1',
      price: '0.0000000002',
      rules: { ...BINANCE_BTC, ...fine },
    });
    expect(planned.quantity).toBe('0.0000000026');
  });

  it('is refused below the minimum notional, with the numbers', () => {
    // 1999 * .0025 = 4.9975; / 100000 -> 0.00004 -> notional 4
    expect(plan({ size: 0.0025, totalValue: '1999' })).toEqual({
      quantity: null,
      reasons: [{ code: 'below_min_notional', notional: '4', minimum: '5', quantity: '0.00004' }],
    });
  });

  it('is made at exactly the minimum notional', () => {
    expect(plan({ size: 0.0005 })).toEqual({ quantity: '0.00005', side: 'BUY', reasons: [] });
  });

  it('names both limits when no cash is left', () => {
    const { quantity, reasons } = plan({ cash: '0' });
    expect(quantity).toBeNull();
    expect(reasons.map((reason) => reason.code)).toEqual(['cash_limited', 'below_min_notional']);
  });

  it('is cut to the largest market order of the venue, and says so', () => {
    const rich = { cash: '100000000', totalValue: '100000000' };
    expect(plan({ ...rich, size: 0.12 })).toEqual({ quantity: '120', side: 'BUY', reasons: [] });
    expect(plan({ ...rich, size: 0.5 })).toEqual({
      quantity: '120',
      side: 'BUY',
      reasons: [{ code: 'order_size_limited', wanted: '500', used: '120' }],
    });
    expect(plan({ side: 'SELL', size: 1, holding: '120.00001' })).toEqual({
      quantity: '120',
      side: 'SELL',
      reasons: [{ code: 'order_size_limited', wanted: '120.00001', used: '120' }],
    });
    const rules = withoutLargestOrder(BINANCE_BTC);
    expect(plan({ side: 'SELL', size: 1, holding: '500', rules }).quantity).toBe('500');
  });

  it('is refused when truncation leaves a quantity of 0, even without a minimum', () => {
    const planned = plan({ size: 0.00001, rules: { ...BINANCE_BTC, minimumNotional: '0' } });
    expect(planned.reasons).toEqual([{ code: 'below_min_notional', notional: '0', minimum: '0', quantity: '0' }]);
  });
});

describe('planning a spot SELL', () => {
  it('sells a fraction of the holding, truncated to the step', () => {
    // .01537 * .5 = .007685 -> .00768
    expect(plan({ side: 'SELL', size: 0.5, holding: '0.01537' })).toEqual({
      quantity: '0.00768',
      side: 'SELL',
      reasons: [],
    });
  });

  it('sells the whole holding at size 1 except a rest below the step', () => {
    expect(plan({ side: 'SELL', size: 1, holding: '0.01537' }).quantity).toBe('0.01537');
    expect(plan({ side: 'SELL', size: 1, holding: '0.015379999' }).quantity).toBe('0.01537');
  });

  it('needs no cash', () => {
    expect(plan({ side: 'SELL', size: 1, holding: '0.01', cash: '0' }).quantity).toBe('0.01');
  });

  it('checks the minimum at the expected fill price', () => {
    // .00005 * 100000 = 5, but 5 bps below that 4.9975
    expect(plan({ side: 'SELL', size: 1, holding: '0.00005' }).quantity).toBe('0.00005');
    expect(plan({ side: 'SELL', size: 1, holding: '0.00005', slippageBps: 5 }).reasons).toEqual([
      { code: 'below_min_notional', notional: '4.9975', minimum: '5', quantity: '0.00005' },
    ]);
  });
});

describe('planning an order from invalid input', () => {
  it.each([Number.NaN, Infinity, -0.1, 1.1])('refuses the size %s', (size) => {
    expect(() => plan({ size })).toThrow(RangeError);
  });

  it.each(['0', '-1', 'NaN', 'Infinity'])('refuses the price %s', (price) => {
    expect(() => plan({ price })).toThrow(RangeError);
  });

  it.each([Number.NaN, -1, 10_001])('refuses a slippage of %s basis points', (slippageBps) => {
    expect(() => plan({ slippageBps })).toThrow(RangeError);
  });
});
