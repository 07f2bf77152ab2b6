import type { VenueRules } from '../../src/domain/trading/venue-rules.js';

/** Hyperliquid's rules for BTC: 5 size decimals, 40 x. */
export const HYPERLIQUID_BTC: VenueRules = {
  quantityStep: '0.00001',
  tickSize: '0.1',
  priceFigures: 5,
  minimumNotional: '10',
  takerFeeRate: '0.00045',
  makerFeeRate: '0.00015',
  quoteAsset: 'USDC',
  maximumNotional: '15000000',
  perpetual: {
    maintenanceMarginRate: '0.0125',
    maxLeverage: 40,
    upperTiers: [{ from: '150000000', maintenanceMarginRate: '0.025', maxLeverage: 20 }],
  },
};
