import type { SeriesFunction, SeriesTool } from './market-tool.js';

const module = 'market-data/tools/sentiment-tools';

export const getFearGreed: SeriesFunction = (source, days, at) => source.series('fear_greed', days, at);
export const getFunding: SeriesFunction = (source, days, at) => source.series('funding', days, at);

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
    description: 'Daily mean of the 8-hour funding rate of the BTC perpetual, as a fraction of the notional.',
    requiredApis: ['binance_api'],
    module,
    series: 'funding',
    run: getFunding,
  },
];
