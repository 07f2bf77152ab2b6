import type { VenueRules } from '../../domain/trading/venue-rules.js';
import type { TradeChannel } from './trade-channel.js';

/**
 * Filters LOT_SIZE.stepSize, PRICE_FILTER.tickSize, NOTIONAL.minNotional and MARKET_LOT_SIZE.maxQty of the USDT pairs.
 * The last one follows the volume of the pair from day to day (BTC 98 to 142 was recorded, ETH from 1563; LOT_SIZE.maxQty
 * is 9000 for both): a round figure in that range.
 */
const FILTERS: Readonly<Record<string, Pick<VenueRules, 'quantityStep' | 'tickSize' | 'maximumQuantity'>>> = {
  BTC: { quantityStep: '0.00001', tickSize: '0.01', maximumQuantity: '120' },
  ETH: { quantityStep: '0.0001', tickSize: '0.01', maximumQuantity: '2000' },
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
