import { describe, expect, it } from '@jest/globals';
import { HYPERLIQUID_BTC } from '../../../test/support/perp-rules.js';
import { runTradeChannelContract } from '../../../test/support/trade-channel.contract.js';
import { hyperliquidPerp } from './hyperliquid-perp.js';

runTradeChannelContract(hyperliquidPerp);

describe('hyperliquid_perp', () => {
  it('has the same BTC rules as the books are tested with', () => {
    expect(hyperliquidPerp.rulesFor('BTC')).toEqual(HYPERLIQUID_BTC);
  });

  it('liquidates ETH below half the initial margin at 25 x', () => {
    expect(hyperliquidPerp.rulesFor('ETH')).toMatchObject({
      quantityStep: '0.0001',
      perpetual: { maintenanceMarginRate: '0.02', maxLeverage: 25 },
    });
  });
});
