import type { Candle, MarketSourceName, ObservedPrice, ObservedValue } from '../domain/market/market-snapshot.js';

/** Injection token of this process's {@link MarketDataSource}. */
export const MARKET_DATA_SOURCE = Symbol('MARKET_DATA_SOURCE');

const MINUTE_MS = 60_000;

export type CandleInterval = '15m' | '1h';

/** Length of a candle, ms. */
export const CANDLE_INTERVAL_MS: Readonly<Record<CandleInterval, number>> = {
  '15m': 15 * MINUTE_MS,
  '1h': 60 * MINUTE_MS,
};

/**
 * Series with one value per day (per month in some sources) that describe the market as a whole. The chain figures are
 * those of the Bitcoin network.
 *
 * Units: fear_greed 0..100; dxy ICE dollar index, level about 100; us10y, m2_yoy, fed_funds percent; vix index points;
 * hash_rate TH/s; difficulty in the network's unit; active_addresses and transactions per day; nvt and mvrv ratios;
 * fees BTC per day; funding mean rate per 8 hours as a fraction; open_interest BTC; futures_premium percent per year
 * over spot.
 */
export type SeriesName =
  | 'fear_greed'
  | 'dxy'
  | 'us10y'
  | 'vix'
  | 'm2_yoy'
  | 'fed_funds'
  | 'hash_rate'
  | 'difficulty'
  | 'active_addresses'
  | 'transactions'
  | 'nvt'
  | 'mvrv'
  | 'fees'
  | 'funding'
  | 'open_interest'
  | 'futures_premium';

/** The coin whose perpetual and futures the series `funding`, `open_interest` and `futures_premium` describe. */
export const SERIES_SYMBOL = 'BTC';

/** Properties of a source that the age rules depend on. */
export interface SourceTraits {
  /** `candle_close`: the source has no ticker, its price is the close of the last closed candle. */
  readonly priceFrom: 'ticker' | 'candle_close';
  /** Series with one value per month; all others have one per day. */
  readonly monthlySeries: readonly SeriesName[];
}

/**
 * A source of all market data, one implementation per kind of market. A source only reports observations;
 * `freshness.ts` alone decides how old a value may be.
 *
 * Every method gives the same answer when called again with the same arguments, and never returns anything that was
 * unknown at `at`. Without data it returns null or an empty list. It throws only when the source could not be reached.
 */
export interface MarketDataSource {
  readonly market: MarketSourceName;
  readonly traits: SourceTraits;

  /**
   * Whether it can have prices of a symbol at the venue of a trade channel. Makes no request and says nothing about
   * present availability.
   */
  hasMarket(symbol: string, channel: string): boolean;

  /**
   * Price of one unit of `symbol` (base asset, for example `BTC`) in dollars, at the venue of a trade channel. A source
   * with one price for all venues may ignore the channel.
   */
  price(symbol: string, at: Date, channel: string): Promise<ObservedPrice | null>;

  /** Closed candles of that venue with closeTime <= at, ascending, at most `count`; missing candles are skipped. */
  candles(
    symbol: string,
    interval: CandleInterval,
    count: number,
    at: Date,
    channel: string,
  ): Promise<readonly Candle[]>;

  /** The origin of the candles, such as `binance_api BTCUSDT`. */
  candleSource(symbol: string, interval: CandleInterval, channel: string): string;

  /** Observations with observed_at <= at and > at - days, ascending. */
  series(name: SeriesName, days: number, at: Date): Promise<readonly ObservedValue[]>;

  /**
   * The series `funding` of one perpetual, with the rules of {@link series}. An empty list if the source lacks the
   * coin, never another coin's rates.
   */
  fundingRates(symbol: string, days: number, at: Date): Promise<readonly ObservedValue[]>;

  /**
   * Prefetches remote data, so that a time chosen after this call has a price from before that time. Never throws: a
   * failed source shows in the later request. Optional for sources that fetch nothing.
   */
  prepare?(symbol: string, channel: string): Promise<void>;
}
