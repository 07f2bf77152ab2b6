import type { VenueRules } from '../../domain/trading/venue-rules.js';
import type { TradeChannel } from '../trade-channel.js';

/** Filters LOT_SIZE.stepSize, PRICE_FILTER.tickSize and NOTIONAL.minNotional of the USDT pairs. */
const FILTERS: Readonly<Record<string, { quantityStep: string; tickSize: string }>> = {
  BTC: { quantityStep: '0.00001', tickSize: '0.01' },
  ETH: { quantityStep: '0.0001', tickSize: '0.01' },
};

/** Binance spot against USDT: long only, 0.1 % fee for maker and taker. */
export const binanceSpot: TradeChannel = {
  name: 'binance_spot',
  displayName: 'Binance spot',
  quoteAsset: 'USDT',
  canShort: false,
  modes: ['paper'],
  symbols: Object.keys(FILTERS),
  rulesFor(symbol: string): VenueRules {
    const filters = FILTERS[symbol];
    if (!filters) throw new Error(`Binance spot does not trade "${symbol}".`);
    return { ...filters, minimumNotional: '5', takerFeeRate: '0.001', makerFeeRate: '0.001', quoteAsset: 'USDT' };
  },
};
