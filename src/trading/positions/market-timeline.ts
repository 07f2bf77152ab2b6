import type { Candle } from '../../domain/market/market-snapshot.js';

/** A step of a pass over a market: a closed candle or the end of an hour of funding. */
export type TimelineEvent =
  | { readonly candle: Candle; readonly hour: null }
  /** The end of an hour of funding. */
  | { readonly candle: null; readonly hour: Date };

/**
 * Candles and hours of funding in order of time. A candle counts at its close, before an hour that ends at the same moment:
 * a position stopped during the candle does not pay for that hour.
 *
 * @param candles ascending.
 * @param hours ascending.
 */
export function mergeTimeline(candles: readonly Candle[], hours: readonly Date[]): TimelineEvent[] {
  const events: { readonly at: number; readonly event: TimelineEvent }[] = [
    ...candles.map((candle) => ({ at: candle.closeTime, event: { candle, hour: null } })),
    ...hours.map((hour) => ({ at: hour.getTime(), event: { candle: null, hour } })),
  ];
  // The sort is stable: candles stand first.
  return events.sort((one, other) => one.at - other.at).map(({ event }) => event);
}
