import { Money } from '../money/decimal.js';

const MS_PER_DAY = 86_400_000;
const DAYS_PER_YEAR = 365;

/** With fewer days of history a yearly figure is meaningless. */
export const DAYS_NEEDED = 30;

/** A statistic, or the reason for its absence, for example `needs_30_days` or `out_of_range`. */
export type Statistic =
  | { readonly value: number; readonly reason: null }
  | { readonly value: null; readonly reason: string };

/** The peak of total value and the deepest fall from a peak, as a fraction of that peak (0..1). */
export interface Drawdown {
  readonly peakValue: Money;
  readonly maxDrawdown: number;
}

/** The drawdown after one more total value. Idempotent for the same value. */
export function advanceDrawdown(before: Drawdown, totalValue: Money): Drawdown {
  const { peakValue, maxDrawdown } = before;
  if (totalValue.gte(peakValue)) return { peakValue: totalValue, maxDrawdown };
  // The peak is above 0 here: it starts at the deposit.
  const drawdown = peakValue.sub(totalValue).div(peakValue).toNumber();
  return { peakValue, maxDrawdown: Math.max(maxDrawdown, drawdown) };
}

/** Winning closes / closes, 0..1; null before the first close. */
export function winRateOf(wins: number, losses: number): number | null {
  const closes = wins + losses;
  return closes === 0 ? null : wins / closes;
}

/**
 * The yearly return that, compounded, leads from the initial to the current value in the time between: (current /
 * initial) ^ (365 / days) - 1, as a fraction. Absent until 30 days have passed.
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

export interface DayValue {
  /** Days since 1 January 1970, UTC. */
  readonly day: number;
  readonly value: number;
}

/**
 * Sharpe ratio of daily returns with a risk-free rate of 0: mean / sample standard deviation * sqrt(365), because
 * crypto trades on every day of the year. A return over a gap of g days counts as g days: mean = sum r / sum g,
 * variance = sum ((r - g * mean)^2 / g) / (n - 1), the estimates for an unevenly sampled random walk (Campbell, Lo and
 * MacKinlay, The Econometrics of Financial Markets, 9.3). Without gaps they equal the usual ones. Absent until there
 * are 30 returns.
 *
 * @param curve ascending by day; begins with the deposit, as the value at the end of the day before.
 */
export function sharpeRatioOf(curve: readonly DayValue[]): Statistic {
  const returns = returnsOf(curve);
  if (returns.length < DAYS_NEEDED) return { value: null, reason: 'needs_30_days' };
  const mean = meanOf(returns);
  const variance = sum(returns.map(({ change, days }) => (change - days * mean) ** 2 / days)) / (returns.length - 1);
  const deviation = Math.sqrt(variance);
  // Equal returns differ by float error only; dividing by it would give a huge, meaningless number.
  if (deviation < 1e-12) return { value: null, reason: 'no_variation' };
  return finite((mean / deviation) * Math.sqrt(DAYS_PER_YEAR));
}

/**
 * Sortino ratio of daily returns with a target of 0: mean / root of the mean square of the losses (days without a loss
 * count as 0) * sqrt(365). Gaps count as in {@link sharpeRatioOf}: the square of a loss over g days is divided by g.
 * Absent until there are 30 returns, or without a losing day.
 *
 * @param curve as for {@link sharpeRatioOf}.
 */
export function sortinoRatioOf(curve: readonly DayValue[]): Statistic {
  const returns = returnsOf(curve);
  if (returns.length < DAYS_NEEDED) return { value: null, reason: 'needs_30_days' };
  const squares = sum(returns.map(({ change, days }) => Math.min(change, 0) ** 2 / days));
  const downside = Math.sqrt(squares / returns.length);
  if (downside < 1e-12) return { value: null, reason: 'no_losing_days' };
  return finite((meanOf(returns) / downside) * Math.sqrt(DAYS_PER_YEAR));
}

interface Return {
  readonly change: number;
  /** Days since the previous value, 1 or more. */
  readonly days: number;
}

/**
 * Returns from each value to the next. A value of 0 ends the series with a return of -1, because nothing can be earned
 * on 0.
 */
function returnsOf(curve: readonly DayValue[]): Return[] {
  return curve.slice(1).flatMap(({ day, value }, index) => {
    const before = curve[index]!;
    return before.value > 0 ? [{ change: value / before.value - 1, days: Math.max(day - before.day, 1) }] : [];
  });
}

/** Mean return per day. */
function meanOf(returns: readonly Return[]): number {
  return sum(returns.map(({ change }) => change)) / sum(returns.map(({ days }) => days));
}

/** A statistic, because JSON cannot hold NaN and Infinity. */
export function finite(value: number): Statistic {
  return Number.isFinite(value) ? { value, reason: null } : { value: null, reason: 'out_of_range' };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
