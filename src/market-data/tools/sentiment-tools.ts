import type { SeriesFunction, SeriesTool } from './market-tool.js';

const module = 'market-data/tools/sentiment-tools';

export const getFearGreed: SeriesFunction = (source, days, at) => source.series('fear_greed', days, at);
export const getFunding: SeriesFunction = (source, days, at) => source.series('funding', days, at);
export const getOpenInterest: SeriesFunction = (source, days, at) => source.series('open_interest', days, at);
export const getFuturesPremium: SeriesFunction = (source, days, at) => source.series('futures_premium', days, at);

export const sentimentTools: readonly SeriesTool[] = [
  {
    kind: 'series',
    name: 'get_fear_greed',
    displayName: 'Fear and greed index',
    description: 'Crypto fear and greed index of alternative.me, 0 (fear) to 100 (greed), one value a day.',
    requiredApis: ['alternative_me_api'],
    module,
    series: 'fear_greed',
    run: getFearGreed,
  },
  {
    kind: 'series',
    name: 'get_funding',
    displayName: 'Perpetual funding',
    description:
      'Daily mean of the 8-hour funding rate of the BTC perpetual, as a fraction of the notional. Positions in other perpetuals pay by their own.',
    requiredApis: ['hyperliquid_api'],
    module,
    series: 'funding',
    run: getFunding,
  },
  {
    kind: 'series',
    name: 'get_open_interest',
    displayName: 'Open interest',
    description: 'Open interest of the BTC perpetual, BTC, one value a day.',
    requiredApis: ['hyperliquid_api'],
    module,
    series: 'open_interest',
    run: getOpenInterest,
  },
  {
    kind: 'series',
    name: 'get_futures_premium',
    displayName: 'Futures premium',
    description: 'Premium of BTC futures over spot, percent a year, one value a day.',
    requiredApis: ['hyperliquid_api'],
    module,
    series: 'futures_premium',
    run: getFuturesPremium,
  },
];
