import type { ApiName, CandlesFunction, MarketTool, PriceFunction } from './market-tool.js';

const module = 'market-data/tools/price-tools';

/** The API that delivers the prices of a trade channel. */
const VENUE_APIS: Readonly<Record<string, ApiName>> = {
  binance_spot: 'binance_api',
  hyperliquid_perp: 'hyperliquid_api',
};

/** Trade channels with an outside venue. */
export const VENUE_CHANNELS: readonly string[] = Object.keys(VENUE_APIS);

/** The API for price and candles of a channel; null for a channel without an outside venue. */
export function venueApiOf(channel: string): ApiName | null {
  return Object.hasOwn(VENUE_APIS, channel) ? (VENUE_APIS[channel] ?? null) : null;
}

/** The newest price known at `at`, at the venue of the channel. */
export const getPrice: PriceFunction = (source, symbol, at, channel) => source.price(symbol, at, channel);

/** Candles of that venue closed by `at`, ascending, at most `count`. */
export const getCandles: CandlesFunction = (source, symbol, interval, count, at, channel) =>
  source.candles(symbol, interval, count, at, channel);

export const priceTools: readonly MarketTool[] = [
  {
    kind: 'price',
    name: 'get_price',
    displayName: 'Price',
    description: 'The latest price of the symbol at the venue of the template, in dollars.',
    requiredApis: ['binance_api', 'hyperliquid_api'],
    module,
    run: getPrice,
  },
  {
    kind: 'candles',
    name: 'get_candles',
    displayName: 'Candles',
    description: 'Closed candles of that venue, 15 minutes or one hour: open, high, low, close, volume.',
    requiredApis: ['binance_api', 'hyperliquid_api'],
    module,
    run: getCandles,
  },
];
