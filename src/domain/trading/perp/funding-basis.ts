import type { Candle, ObservedValue } from '../../market/market-snapshot.js';
import { Money, toStored } from '../../money/decimal.js';

export const HOUR_MS = 3_600_000;
/** A daily rate counts for so long. */
const RATE_AGE_MS = 48 * HOUR_MS;

/** What the funding of an hour is computed from; both with at most 18 places, so that it can be computed again. */
export interface FundingBasis {
  /** The end of the hour. */
  readonly hour: Date;
  /** Quote currency, above 0. */
  readonly price: Money;
  /** Fraction per 8 hours. */
  readonly rate: Money;
}

/**
 * The price and the rate of each hour of which both are known, in the order of the hours. The price is the close of the
 * candle that closed at that very moment, whatever is known besides; the rate is the last one that was known then, at most
 * 48 hours old. An hour that lacks one is left out and keeps no other from being there.
 *
 * @param candles of one hour, in any order.
 * @param rates ascending by the time they were known.
 */
export function fundingBasesOf(
  hours: readonly Date[],
  candles: readonly Candle[],
  rates: readonly ObservedValue[],
): FundingBasis[] {
  const closes = new Map(candles.map(({ closeTime, close }) => [closeTime, close]));
  return hours.flatMap((hour) => {
    const time = hour.getTime();
    const close = closes.get(time);
    const rate = rates.findLast(({ observed_at }) => Date.parse(observed_at) <= time);
    if (close === undefined || !rate || time - Date.parse(rate.observed_at) > RATE_AGE_MS) return [];
    return [{ hour, price: toStored(new Money(close)), rate: toStored(new Money(rate.value)) }];
  });
}
