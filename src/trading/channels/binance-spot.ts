import type { VenueRules } from '../../domain/trading/venue-rules.js';
import type { TradeChannel } from './trade-channel.js';

/** Filters LOT_SIZE.stepSize, PRICE_FILTER.tickSize and NOTIONAL.minNotional of the USDT pairs. */
const FILTERS: Readonly<Record<string, { quantityStep: string; tickSize: string }>> = {
  BTC: { quantityStep: '0.00001', tickSize: '0.01' },
  ETH: { quantityStep: '0.0001', tickSize: '0.01' },
};

const COMMON = { minimumNotional: '5', takerFeeRate: '0.001', makerFeeRate: '0.001', quoteAsset: 'USDT' } as const;

/** Built once: a page of instances reads them once an instance. */
const RULES: ReadonlyMap<string, VenueRules> = new Map(
  Object.entries(FILTERS).map(([symbol, filters]) => [symbol, Object.freeze({ ...filters, ...COMMON })]),
);

/** Binance spot against USDT: long only, 0.1 % fee for maker and taker. */
export const binanceSpot: TradeChannel = {
  name: 'binance_spot',
  displayName: 'Binance spot',
  quoteAsset: 'USDT',
  canShort: false,
  modes: ['paper'],
  symbols: Object.keys(FILTERS),
  rulesFor(symbol: string): VenueRules {
    const rules = RULES.get(symbol);
    if (!rules) throw new Error(`Binance spot does not trade "${symbol}".`);
    return rules;
  },
};
