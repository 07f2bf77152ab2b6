import type { ObservedValue } from '../../domain/market/market-snapshot.js';

const DAY_MS = 24 * 60 * 60_000;

/** How far from the wanted day the earlier value may lie: a month is 28..31 days, markets have holidays. */
const BASE_TOLERANCE_DAYS = 7;

export interface ChangeMeasure {
  readonly days: number;
  /** `percent`: relative to the earlier value. `points`: the difference, in the unit of the series. */
  readonly as: 'percent' | 'points';
  /** Both ends are means over so many days; 1 takes the values as they are. */
  readonly meanOverDays: number;
}

/**
 * The change from the value about `days` days before the newest one to the newest one. Null when there is
 * no value within a week of that day, or, in percent, when the earlier value is not above 0.
 *
 * @param values ascending, at least one.
 */
export function changeOf(values: readonly ObservedValue[], { days, as, meanOverDays }: ChangeMeasure): number | null {
  const times = values.map((value) => Date.parse(value.observed_at));
  const newest = times.length - 1;
  const base = nearest(times, times[newest]! - days * DAY_MS);
  if (base === null || base === newest) return null;
  const now = meanUpTo(values, times, newest, meanOverDays);
  const before = meanUpTo(values, times, base, meanOverDays);
  if (as === 'points') return now - before;
  return before > 0 ? (now / before - 1) * 100 : null;
}

function nearest(times: readonly number[], wanted: number): number | null {
  let best: number | null = null;
  times.forEach((time, index) => {
    const distance = Math.abs(time - wanted);
    if (distance > BASE_TOLERANCE_DAYS * DAY_MS) return;
    if (best === null || distance < Math.abs(times[best]! - wanted)) best = index;
  });
  return best;
}

function meanUpTo(values: readonly ObservedValue[], times: readonly number[], last: number, days: number): number {
  const after = times[last]! - days * DAY_MS;
  let sum = 0;
  let count = 0;
  for (let index = last; index >= 0 && times[index]! > after; index--) {
    sum += values[index]!.value;
    count++;
  }
  return sum / count;
}
