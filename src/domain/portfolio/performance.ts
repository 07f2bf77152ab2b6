import { Money } from '../money/decimal.js';

const MS_PER_DAY = 86_400_000;
const DAYS_PER_YEAR = 365;

/** Days of history below which a yearly figure says nothing. */
export const DAYS_NEEDED = 30;

/** A statistic, or why there is none: `needs_30_days`, `no_variation`, `out_of_range`. */
export type Statistic =
  | { readonly value: number; readonly reason: null }
  | { readonly value: null; readonly reason: string };

/** The highest total value so far and the deepest fall from one, as a fraction of the peak (0..1). */
export interface Drawdown {
  readonly peakValue: Money;
  readonly maxDrawdown: number;
}

/** The drawdown after one more total value. The same value again changes nothing. */
export function advanceDrawdown(before: Drawdown, totalValue: Money): Drawdown {
  const { peakValue, maxDrawdown } = before;
  if (totalValue.gte(peakValue)) return { peakValue: totalValue, maxDrawdown };
  // Below the peak means that the peak is above 0, because a spot portfolio is never worth less than 0.
  const drawdown = peakValue.sub(totalValue).div(peakValue).toNumber();
  return { peakValue, maxDrawdown: Math.max(maxDrawdown, drawdown) };
}

/** Winning closes / closes, 0..1; null before the first close. */
export function winRateOf(wins: number, losses: number): number | null {
  const closes = wins + losses;
  return closes === 0 ? null : wins / closes;
}

/**
 * The yearly return that, compounded, leads from the initial to the current value in the time between:
 * (current / initial) ^ (365 / days) - 1, as a fraction. None until 30 days have passed.
 *
 * @param of initial above 0; `from` and `to` UTC.
 */
export function annualizedReturnOf(of: {
  readonly initial: Money;
  readonly current: Money;
  readonly from: Date;
  readonly to: Date;
}): Statistic {
  const days = (of.to.getTime() - of.from.getTime()) / MS_PER_DAY;
  if (!(days >= DAYS_NEEDED)) return { value: null, reason: 'needs_30_days' };
  const growth = Money.max(of.current, 0).div(of.initial).toNumber();
  return finite(growth ** (DAYS_PER_YEAR / days) - 1);
}

/**
 * Sharpe ratio of daily returns with a risk-free rate of 0: mean / sample standard deviation * sqrt(365),
 * because crypto trades on every day of the year. None until there are 30 returns.
 *
 * @param dailyValues total value at the end of each day, ascending, without gaps, above 0.
 */
export function sharpeRatioOf(dailyValues: readonly number[]): Statistic {
  const returns = returnsOf(dailyValues);
  if (returns.length < DAYS_NEEDED) return { value: null, reason: 'needs_30_days' };
  const mean = sum(returns) / returns.length;
  const variance = sum(returns.map((daily) => (daily - mean) ** 2)) / (returns.length - 1);
  const deviation = Math.sqrt(variance);
  // Equal returns differ by float noise only; dividing by it would give a huge number that means nothing.
  if (deviation < 1e-12) return { value: null, reason: 'no_variation' };
  return finite((mean / deviation) * Math.sqrt(DAYS_PER_YEAR));
}

/**
 * Sortino ratio of daily returns with a target of 0: mean / root of the mean square of the losses (days without a loss
 * count as 0) * sqrt(365). None until there are 30 returns, or without a losing day.
 *
 * @param dailyValues as for {@link sharpeRatioOf}.
 */
export function sortinoRatioOf(dailyValues: readonly number[]): Statistic {
  const returns = returnsOf(dailyValues);
  if (returns.length < DAYS_NEEDED) return { value: null, reason: 'needs_30_days' };
  const mean = sum(returns) / returns.length;
  const downside = Math.sqrt(sum(returns.map((daily) => Math.min(daily, 0) ** 2)) / returns.length);
  if (downside < 1e-12) return { value: null, reason: 'no_losing_days' };
  return finite((mean / downside) * Math.sqrt(DAYS_PER_YEAR));
}

function returnsOf(dailyValues: readonly number[]): number[] {
  return dailyValues.slice(1).map((value, index) => value / dailyValues[index]! - 1);
}

/** A number that JSON can hold, or why it is none. */
export function finite(value: number): Statistic {
  return Number.isFinite(value) ? { value, reason: null } : { value: null, reason: 'out_of_range' };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
