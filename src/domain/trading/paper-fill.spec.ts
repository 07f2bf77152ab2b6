import { describe, expect, it } from '@jest/globals';
import { Money } from '../money/decimal.js';
import { fillOnPaper } from './paper-fill.js';
import type { Side, VenueRules } from './venue-rules.js';

const RULES: VenueRules = {
  quantityStep: '0.00001',
  tickSize: '0.01',
  minimumNotional: '5',
  takerFeeRate: '0.001',
  makerFeeRate: '0.0002',
  quoteAsset: 'USDT',
};

function fill(side: Side, quantity: string, price: string, slippageBps: number, rules = RULES) {
  const made = fillOnPaper({ side, quantity: new Money(quantity) }, new Money(price), rules, slippageBps);
  return {
    price: made.price.toFixed(),
    notional: made.notional.toFixed(),
    fee: made.fee.toFixed(),
    asset: made.feeAsset,
  };
}

describe('a paper fill', () => {
  it('costs the taker fee in the quote asset', () => {
    expect(fill('BUY', '0.01', '100000', 0)).toEqual({ price: '100000', notional: '1000', fee: '1', asset: 'USDT' });
  });

  it('is worse than the market by the slippage', () => {
    expect(fill('BUY', '0.01', '65000', 5)).toMatchObject({ price: '65032.5', notional: '650.325', fee: '0.650325' });
    expect(fill('SELL', '0.01', '65000', 5)).toMatchObject({ price: '64967.5', notional: '649.675', fee: '0.649675' });
  });

  it('is rounded to the tick against the trader', () => {
    // 65000.011 * 1.0005 = 65032.5110055 -> .52; 65000.019 * .9995 = 64967.5189905 -> .51
    expect(fill('BUY', '1', '65000.011', 5).price).toBe('65032.52');
    expect(fill('SELL', '1', '65000.019', 5).price).toBe('64967.51');
  });

  it('is rounded to the tick even without slippage', () => {
    expect(fill('BUY', '1', '65000.001', 0).price).toBe('65000.01');
    expect(fill('SELL', '1', '65000.009', 0).price).toBe('65000');
  });

  it('follows ticks that are no power of ten', () => {
    expect(fill('BUY', '1', '100.1', 0, { ...RULES, tickSize: '0.25' }).price).toBe('100.25');
    expect(fill('SELL', '1', '100.1', 0, { ...RULES, tickSize: '0.25' }).price).toBe('100');
  });

  it('rounds amounts to 18 places', () => {
    const rules = { ...RULES, tickSize: '0.0000000001' };
    // 0.00000000005 * 0.0000000333 = 1.665e-18 -> 2e-18; fee 2e-21 -> 0
    expect(fill('BUY', '0.00000000005', '0.0000000333', 0, rules)).toMatchObject({
      notional: '0.000000000000000002',
      fee: '0',
    });
  });
});
