/** Where all values of a run come from. Shown wherever a price is shown. */
export type MarketSourceName = 'simulated' | 'replay' | 'live';

/** A number that was observed: never invented, never older than its kind allows. */
export interface ObservedValue {
  readonly value: number;
  /** Tool or file that delivered it, for example `fear_greed`. */
  readonly source: string;
  /** When it became known, RFC 3339 UTC. Never after the time it is used at. */
  readonly observed_at: string;
}

/** A price in quote currency, exact. */
export interface ObservedPrice {
  /** Decimal string, greater than 0. */
  readonly value: string;
  readonly source: string;
  readonly observed_at: string;
}

/**
 * What a run knew of the market, stored on the run as JSON and read by every decision of that run.
 * A value that was missing or too old is null.
 */
export interface MarketSnapshot {
  readonly market: MarketSourceName;
  /** Base asset, for example `BTC`. */
  readonly symbol: string;
  /** The time of the run, RFC 3339 UTC. */
  readonly taken_at: string;
  readonly price: ObservedPrice;
  /** Change of the price over 24 hours, percent. */
  readonly change_24h_percent: ObservedValue | null;
  /**
   * Base units that the last closed hour traded, by which paper limits its fills; null: not known, and nothing is
   * limited. Absent in runs of before this was recorded, whose orders follow the rules of version 0.1.0.
   */
  readonly hour_volume?: ObservedValue | null;
  /** Fear and greed index, 0..100. */
  readonly fear_greed: ObservedValue | null;
  /** ICE dollar index, level about 100. */
  readonly dxy: ObservedValue | null;
}

/** A candle. It is known from `closeTime` on, never earlier. */
export interface Candle {
  /** ms since the epoch, UTC. */
  readonly openTime: number;
  /** ms since the epoch, UTC; openTime + interval. */
  readonly closeTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}
