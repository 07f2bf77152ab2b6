import type { VenueRules } from '../../src/domain/trading/venue-rules.js';

/** Binance's rules for BTC against USDT. */
export const BINANCE_BTC: VenueRules = {
  quantityStep: '0.00001',
  tickSize: '0.01',
  minimumNotional: '5',
  maximumQuantity: '120',
  takerFeeRate: '0.001',
  makerFeeRate: '0.001',
  quoteAsset: 'USDT',
};
