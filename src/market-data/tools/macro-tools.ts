import type { SeriesFunction, SeriesTool } from './market-tool.js';

const module = 'market-data/tools/macro-tools';

export const getDxy: SeriesFunction = (source, days, at) => source.series('dxy', days, at);
export const getUs10yYield: SeriesFunction = (source, days, at) => source.series('us10y', days, at);
export const getVix: SeriesFunction = (source, days, at) => source.series('vix', days, at);
export const getM2Growth: SeriesFunction = (source, days, at) => source.series('m2_yoy', days, at);
export const getFedFundsRate: SeriesFunction = (source, days, at) => source.series('fed_funds', days, at);

export const macroTools: readonly SeriesTool[] = [
  {
    kind: 'series',
    name: 'get_dxy',
    displayName: 'Dollar index',
    description: 'ICE dollar index (level about 100), not the broad index of the Fed.',
    requiredApis: ['fred_api'],
    module,
    series: 'dxy',
    run: getDxy,
  },
  {
    kind: 'series',
    name: 'get_us10y_yield',
    displayName: 'US 10-year yield',
    description: 'Yield of the 10-year US Treasury note, percent.',
    requiredApis: ['fred_api'],
    module,
    series: 'us10y',
    run: getUs10yYield,
  },
  {
    kind: 'series',
    name: 'get_vix',
    displayName: 'VIX',
    description: 'Volatility index of the S&P 500, points.',
    requiredApis: ['fred_api'],
    module,
    series: 'vix',
    run: getVix,
  },
  {
    kind: 'series',
    name: 'get_m2_growth',
    displayName: 'M2 growth',
    description: 'US money supply M2 against the year before, percent.',
    requiredApis: ['fred_api'],
    module,
    series: 'm2_yoy',
    run: getM2Growth,
  },
  {
    kind: 'series',
    name: 'get_fed_funds_rate',
    displayName: 'Fed funds rate',
    description: 'Effective federal funds rate, percent.',
    requiredApis: ['fred_api'],
    module,
    series: 'fed_funds',
    run: getFedFundsRate,
  },
];
