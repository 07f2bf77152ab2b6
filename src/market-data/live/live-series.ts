import type { ObservedValue } from '../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../registry/apis/calls/api-client.js';
import { SERIES_SYMBOL, type SeriesName } from '../market-data-source.js';
import { blockchainChart, networkValueToTransactions, marketToRealisedValue, mempoolFees } from './chain-series.js';
import { CACHE_MS } from './fetch-cache.js';
import { fredDaily, dollarIndex, moneyGrowth } from './fred-series.js';
import { fearGreed, perpetualFunding } from './sentiment-series.js';

/** How a daily series comes in. */
export interface LiveSeries {
  /** How long an answer is used, ms. */
  readonly cacheMs: number;
  /**
   * The values of at least the last `days` days, ascending.
   * @throws ApiFailure.
   */
  readonly fetch: (client: ApiClient, days: number, now: Date) => Promise<readonly ObservedValue[]>;
}

/** The series that have an outside source. One that is not here is absent in live mode. */
export const LIVE_SERIES: Readonly<Partial<Record<SeriesName, LiveSeries>>> = {
  fear_greed: { cacheMs: CACHE_MS.sentiment, fetch: fearGreed },
  funding: liveFunding(SERIES_SYMBOL),
  dxy: { cacheMs: CACHE_MS.fred, fetch: dollarIndex },
  us10y: { cacheMs: CACHE_MS.fred, fetch: fredDaily('DGS10') },
  vix: { cacheMs: CACHE_MS.fred, fetch: fredDaily('VIXCLS') },
  m2_yoy: { cacheMs: CACHE_MS.fred, fetch: moneyGrowth },
  fed_funds: { cacheMs: CACHE_MS.fred, fetch: fredDaily('DFF') },
  hash_rate: { cacheMs: CACHE_MS.chain, fetch: blockchainChart('hash-rate') },
  difficulty: { cacheMs: CACHE_MS.chain, fetch: blockchainChart('difficulty') },
  active_addresses: { cacheMs: CACHE_MS.chain, fetch: blockchainChart('n-unique-addresses') },
  transactions: { cacheMs: CACHE_MS.chain, fetch: blockchainChart('n-transactions') },
  nvt: { cacheMs: CACHE_MS.chain, fetch: networkValueToTransactions },
  mvrv: { cacheMs: CACHE_MS.chain, fetch: marketToRealisedValue },
  fees: { cacheMs: CACHE_MS.chain, fetch: mempoolFees },
};

/** The funding rates of one perpetual. */
export function liveFunding(symbol: string): LiveSeries {
  return {
    cacheMs: CACHE_MS.chain,
    fetch: (client, days, now) => perpetualFunding(client, symbol, days, now),
  };
}
