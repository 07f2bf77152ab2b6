import type { Candle, ObservedPrice, ObservedValue } from '../../domain/market/market-snapshot.js';
import type { CandleInterval, MarketDataSource, SeriesName } from '../market-data-source.js';

/** The APIs of tools and agents; rows of `api_config`. */
export type ApiName =
  | 'binance_api'
  | 'hyperliquid_api'
  | 'fred_api'
  | 'alternative_me_api'
  | 'blockchain_info_api'
  | 'mempool_space_api'
  | 'glassnode_api'
  | 'llm_api';

export type PriceFunction = (
  source: MarketDataSource,
  symbol: string,
  at: Date,
  channel: string,
) => Promise<ObservedPrice | null>;
export type CandlesFunction = (
  source: MarketDataSource,
  symbol: string,
  interval: CandleInterval,
  count: number,
  at: Date,
  channel: string,
) => Promise<readonly Candle[]>;
export type SeriesFunction = (source: MarketDataSource, days: number, at: Date) => Promise<readonly ObservedValue[]>;

interface ToolDescription<Name extends string> {
  /** `tool_name` in the registry; agents call the tool by it. */
  readonly name: Name;
  readonly displayName: string;
  readonly description: string;
  /**
   * The tool answers only while all of them are switched on. Price and candles need only the API of the definition's
   * venue.
   */
  readonly requiredApis: readonly ApiName[];
  /** Path below `src` without the suffix; `tool_module` in the registry. */
  readonly module: string;
}

/**
 * A function that business agents call by name through a toolbox, with its description for the registry. The registry's
 * `tool_function` is the name of {@link run}. No tool reads a clock, a portfolio, a user or a key.
 */
export type MarketTool =
  | (ToolDescription<'get_price'> & { readonly kind: 'price'; readonly run: PriceFunction })
  | (ToolDescription<'get_candles'> & { readonly kind: 'candles'; readonly run: CandlesFunction })
  | SeriesTool;

export type SeriesTool = ToolDescription<SeriesToolName> & {
  readonly kind: 'series';
  /** Determines the age rule of its values. */
  readonly series: SeriesName;
  readonly run: SeriesFunction;
};

export type SeriesToolName =
  | 'get_fear_greed'
  | 'get_dxy'
  | 'get_us10y_yield'
  | 'get_vix'
  | 'get_m2_growth'
  | 'get_fed_funds_rate'
  | 'get_hash_rate'
  | 'get_difficulty'
  | 'get_active_addresses'
  | 'get_transactions'
  | 'get_nvt'
  | 'get_mvrv'
  | 'get_fees'
  | 'get_funding'
  | 'get_open_interest'
  | 'get_futures_premium';

export type ToolName = MarketTool['name'];

/**
 * Windows that all agents share, so that a run fetches each series only once. 300 closed hours are 250 for the slowest
 * average and 50 for gaps; 140 days contain a 90-day change of a monthly series.
 */
export const CANDLE_HISTORY_COUNT = 300;
export const SERIES_HISTORY_DAYS = 140;
