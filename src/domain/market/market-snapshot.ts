/** Where all market values of a run come from; shown with every price. */
export type MarketSourceName = 'simulated' | 'replay' | 'live';

/** A measured number; never invented, and never older than its kind allows. */
export interface ObservedValue {
  readonly value: number;
  /** The tool or file that delivered it, for example `fear_greed`. */
  readonly source: string;
  /** When the value became known, RFC 3339 UTC. Never after the time of its use. */
  readonly observed_at: string;
}

export interface ObservedPrice {
  /** Decimal string, greater than 0. */
  readonly value: string;
  readonly source: string;
  readonly observed_at: string;
}

/**
 * The market as a run saw it, stored on the run as JSON and read by each of its decisions. A missing or stale value is
 * null.
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
   * Base units traded in the last closed hour; paper limits its fills by it. Null: unknown, and no limit applies.
   * Absent in older runs that did not record it; their orders follow the rules of version 0.1.0.
   */
  readonly hour_volume?: ObservedValue | null;
  /** Fear and greed index, 0..100. */
  readonly fear_greed: ObservedValue | null;
  /** ICE dollar index, level about 100. */
  readonly dxy: ObservedValue | null;
}

/** A candle becomes known at `closeTime`, never earlier. */
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
