import type { Candle, MarketSourceName, ObservedPrice, ObservedValue } from '../domain/market/market-snapshot.js';

/** Injection token of the {@link MarketDataSource} that this process uses. */
export const MARKET_DATA_SOURCE = Symbol('MARKET_DATA_SOURCE');

const MINUTE_MS = 60_000;

export type CandleInterval = '15m' | '1h';

/** Length of a candle, ms. */
export const CANDLE_INTERVAL_MS: Readonly<Record<CandleInterval, number>> = {
  '15m': 15 * MINUTE_MS,
  '1h': 60 * MINUTE_MS,
};

/**
 * Series of one value a day (some sources have one a month) that describe the market as a whole. The
 * chain figures are those of the Bitcoin network.
 *
 * Units: fear_greed 0..100; dxy ICE dollar index, level about 100; us10y, m2_yoy, fed_funds percent; vix
 * index points; hash_rate TH/s; difficulty as the network states it; active_addresses and transactions
 * per day; nvt and mvrv ratios; fees BTC per day; funding mean rate per 8 hours as a fraction;
 * open_interest BTC; futures_premium percent a year over spot.
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

/** The coin whose perpetual and futures the series `funding`, `open_interest` and `futures_premium` are of. */
export const SERIES_SYMBOL = 'BTC';

/** What the age rules must know of a source; facts, no switches. */
export interface SourceTraits {
  /** `candle_close`: the source has no ticker, its price is the close of the last closed candle. */
  readonly priceFrom: 'ticker' | 'candle_close';
  /** Series with one value a month; all others have one a day. */
  readonly monthlySeries: readonly SeriesName[];
}

/**
 * Where all market data comes from: one implementation per kind of market. A source says only what it
 * observed; how old a value may be is decided in one place (`freshness.ts`), not here.
 *
 * Every method may be called again with the same arguments and then answers the same, and never
 * answers anything that was not known at `at`. Nothing known: null or an empty list. It throws only when
 * it could not find out.
 */
export interface MarketDataSource {
  readonly market: MarketSourceName;
  readonly traits: SourceTraits;

  /**
   * Whether it can have prices of a symbol at the venue of a trade channel at all. Asks nobody, and says nothing of this
   * moment.
   */
  hasMarket(symbol: string, channel: string): boolean;

  /**
   * Price of one unit of `symbol` (base asset, for example `BTC`) in dollars, at the venue of a trade channel. A source
   * with one price for all venues may leave the channel aside.
   */
  price(symbol: string, at: Date, channel: string): Promise<ObservedPrice | null>;

  /** Closed candles of that venue with closeTime <= at, ascending, at most `count`; missing candles are left out. */
  candles(
    symbol: string,
    interval: CandleInterval,
    count: number,
    at: Date,
    channel: string,
  ): Promise<readonly Candle[]>;

  /** Whose the candles are that it has of them, such as `binance_api BTCUSDT`. */
  candleSource(symbol: string, interval: CandleInterval, channel: string): string;

  /** Observations with observed_at <= at and > at - days, ascending. */
  series(name: SeriesName, days: number, at: Date): Promise<readonly ObservedValue[]>;

  /**
   * The series `funding` of one perpetual, as {@link series} answers it. Of a coin whose rates the source does not have:
   * an empty list, never the rates of another.
   */
  fundingRates(symbol: string, days: number, at: Date): Promise<readonly ObservedValue[]>;

  /**
   * Brings in what the source must fetch, so that a look at a moment after this call finds a price from before that
   * moment. Never throws: a source that is away answers the look itself. Not needed where nothing is fetched.
   */
  prepare?(symbol: string, channel: string): Promise<void>;
}
