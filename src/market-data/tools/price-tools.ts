import type { CandlesFunction, MarketTool, PriceFunction } from './market-tool.js';

const module = 'market-data/tools/price-tools';

/** The newest price known at `at`. */
export const getPrice: PriceFunction = (source, symbol, at) => source.price(symbol, at);

/** Candles that have closed by `at`, ascending, at most `count`. */
export const getCandles: CandlesFunction = (source, symbol, interval, count, at) =>
  source.candles(symbol, interval, count, at);

export const priceTools: readonly MarketTool[] = [
  {
    kind: 'price',
    name: 'get_price',
    displayName: 'Price',
    description: 'The newest price of the symbol in USDT.',
    requiredApis: ['binance_api'],
    module,
    run: getPrice,
  },
  {
    kind: 'candles',
    name: 'get_candles',
    displayName: 'Candles',
    description: 'Closed candles of 15 minutes or one hour: open, high, low, close, volume.',
    requiredApis: ['binance_api'],
    module,
    run: getCandles,
  },
];
