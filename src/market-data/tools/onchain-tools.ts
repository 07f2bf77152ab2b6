import type { SeriesFunction, SeriesTool } from './market-tool.js';

const module = 'market-data/tools/onchain-tools';

export const getHashRate: SeriesFunction = (source, days, at) => source.series('hash_rate', days, at);
export const getDifficulty: SeriesFunction = (source, days, at) => source.series('difficulty', days, at);
export const getActiveAddresses: SeriesFunction = (source, days, at) => source.series('active_addresses', days, at);
export const getTransactions: SeriesFunction = (source, days, at) => source.series('transactions', days, at);
export const getNvt: SeriesFunction = (source, days, at) => source.series('nvt', days, at);
export const getMvrv: SeriesFunction = (source, days, at) => source.series('mvrv', days, at);
export const getFees: SeriesFunction = (source, days, at) => source.series('fees', days, at);

/** All of them describe the Bitcoin network, regardless of the analysed symbol. */
export const onchainTools: readonly SeriesTool[] = [
  {
    kind: 'series',
    name: 'get_hash_rate',
    displayName: 'Hash rate',
    description: 'Estimated hash rate of the Bitcoin network, TH/s.',
    requiredApis: ['blockchain_info_api'],
    module,
    series: 'hash_rate',
    run: getHashRate,
  },
  {
    kind: 'series',
    name: 'get_difficulty',
    displayName: 'Mining difficulty',
    description: 'Difficulty of the Bitcoin network; it is adjusted about every 14 days.',
    requiredApis: ['blockchain_info_api'],
    module,
    series: 'difficulty',
    run: getDifficulty,
  },
  {
    kind: 'series',
    name: 'get_active_addresses',
    displayName: 'Active addresses',
    description: 'Addresses that took part in a Bitcoin transaction, per day.',
    requiredApis: ['blockchain_info_api'],
    module,
    series: 'active_addresses',
    run: getActiveAddresses,
  },
  {
    kind: 'series',
    name: 'get_transactions',
    displayName: 'Transactions',
    description: 'Confirmed Bitcoin transactions, per day.',
    requiredApis: ['blockchain_info_api'],
    module,
    series: 'transactions',
    run: getTransactions,
  },
  {
    kind: 'series',
    name: 'get_nvt',
    displayName: 'NVT ratio',
    description: 'Network value to transactions: market value of all bitcoin / value moved per day.',
    requiredApis: ['blockchain_info_api'],
    module,
    series: 'nvt',
    run: getNvt,
  },
  {
    kind: 'series',
    name: 'get_mvrv',
    displayName: 'MVRV ratio',
    description: 'Market value / realised value of all bitcoin.',
    requiredApis: ['glassnode_api'],
    module,
    series: 'mvrv',
    run: getMvrv,
  },
  {
    kind: 'series',
    name: 'get_fees',
    displayName: 'Network fees',
    description: 'Fees paid to Bitcoin miners, BTC per day.',
    requiredApis: ['mempool_space_api'],
    module,
    series: 'fees',
    run: getFees,
  },
];
