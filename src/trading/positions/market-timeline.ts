import type { Candle } from '../../domain/market/market-snapshot.js';

/** What happens to positions within a look. */
export type LookEvent =
  | { readonly candle: Candle; readonly hour: null }
  /** The end of an hour of funding. */
  | { readonly candle: null; readonly hour: Date };

/**
 * Candles and hours of funding in order of time. A candle counts at its close, before an hour that ends at the same moment:
 * whoever was stopped during the candle does not pay for that hour.
 *
 * @param candles ascending.
 * @param hours ascending.
 */
export function eventsInOrder(candles: readonly Candle[], hours: readonly Date[]): LookEvent[] {
  const events: { readonly at: number; readonly event: LookEvent }[] = [
    ...candles.map((candle) => ({ at: candle.closeTime, event: { candle, hour: null } })),
    ...hours.map((hour) => ({ at: hour.getTime(), event: { candle: null, hour } })),
  ];
  // The sort is stable: candles stand first.
  return events.sort((one, other) => one.at - other.at).map(({ event }) => event);
}
