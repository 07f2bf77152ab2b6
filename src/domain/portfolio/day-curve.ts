import { monthOf, monthText, type Month } from '../month.js';
import { finite, type DayValue, type Statistic } from './performance.js';

const MS_PER_DAY = 86_400_000;

/** The return of a calendar month, UTC. */
export interface MonthReturn {
  /** `2026-01`. */
  readonly month: string;
  /** As a fraction; or why there is none: `no_values`, `nothing_left`. */
  readonly return: Statistic;
}

/**
 * Days of the longest time below a peak, by the values of the days: from the peak to the day that reaches it again, or to
 * the end of the curve. 0 if the value never fell.
 *
 * @param curve ascending by day; begins with the deposit.
 */
export function longestDrawdownOf(curve: readonly DayValue[]): Statistic {
  if (curve.length < 2) return { value: null, reason: 'needs_two_snapshots' };
  let peak = curve[0]!;
  let isBelow = false;
  let longest = 0;
  for (const point of curve) {
    const wasBelow = isBelow;
    isBelow = point.value < peak.value;
    if (isBelow || wasBelow) longest = Math.max(longest, point.day - peak.day);
    if (!isBelow) peak = point;
  }
  return { value: longest, reason: null };
}

/**
 * The return of each calendar month: last value in it / last value before it - 1. The first month begins with the curve's
 * first value, the last one may be unfinished. Compounded they give the return over the curve, unless a month is null: one
 * without any value, and the one after it, whose return would be that of more than a month.
 *
 * @param curve ascending by day; begins with the deposit.
 */
export function monthlyReturnsOf(curve: readonly DayValue[]): MonthReturn[] {
  const [base, ...days] = curve;
  if (!base || days.length === 0) return [];
  const lastOf = new Map(days.map(({ day, value }) => [monthOfDay(day), value]));
  const first = monthOfDay(days[0]!.day);
  const count = monthOfDay(days.at(-1)!.day) - first + 1;
  return Array.from({ length: count }, (_, index) => {
    const before = index === 0 ? base.value : lastOf.get(first + index - 1);
    return { month: monthText(first + index), return: changeOf(before, lastOf.get(first + index)) };
  });
}

function changeOf(before: number | undefined, after: number | undefined): Statistic {
  if (before === undefined || after === undefined) return { value: null, reason: 'no_values' };
  return before > 0 ? finite(after / before - 1) : { value: null, reason: 'nothing_left' };
}

function monthOfDay(day: number): Month {
  return monthOf(new Date(day * MS_PER_DAY));
}
