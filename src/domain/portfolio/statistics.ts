import { Money } from '../money/decimal.js';
import {
  annualizedReturnOf,
  finite,
  sharpeRatioOf,
  sortinoRatioOf,
  type DayValue,
  type Statistic,
} from './performance.js';

/** The inputs of a portfolio's statistics. Money in quote currency. */
export interface PortfolioHistory {
  readonly initial: Money;
  readonly current: Money;
  readonly from: Date;
  readonly to: Date;
  /** Total value at the end of each whole day, ascending; begins with the deposit, as the end of the day before it. */
  readonly curve: readonly DayValue[];
  /** Sums of the realized profits and of the realized losses; the latter is 0 or below. */
  readonly grossProfit: Money;
  readonly grossLoss: Money;
  readonly closes: number;
  /** Seconds between the first and the last snapshot, and the part of them with an open position. */
  readonly observedSeconds: number;
  readonly exposedSeconds: number;
  /** Sum of the notional of all fills in the period of `averageValue`. */
  readonly tradedNotional: Money;
  /**
   * Mean total value over the period of the snapshots, each weighted by the time until the next; null with fewer than
   * two.
   */
  readonly averageValue: Money | null;
  /** Prices at the first and the last snapshot; null where there is none. */
  readonly firstPrice: Money | null;
  readonly lastPrice: Money | null;
  /** Total value at the first price, when older history has been deleted; null: the history is complete. */
  readonly retainedFromValue: Money | null;
}

/** All values are fractions or plain ratios. */
export interface PortfolioStatistics {
  readonly annualizedReturn: Statistic;
  readonly sharpeRatio: Statistic;
  readonly sortinoRatio: Statistic;
  readonly profitFactor: Statistic;
  /** Share of the time with an open position, 0..1. */
  readonly exposure: Statistic;
  /** Traded notional / average value. */
  readonly turnover: Statistic;
  /** Return of a portfolio that bought everything at the first price. */
  readonly buyAndHold: Statistic;
  /** Own return minus the buy-and-hold return, both since the first price. */
  readonly excessReturn: Statistic;
}

/** Pure. */
export function portfolioStatistics(history: PortfolioHistory): PortfolioStatistics {
  const buyAndHold = buyAndHoldOf(history);
  return {
    annualizedReturn: annualizedReturnOf(history),
    sharpeRatio: sharpeRatioOf(history.curve),
    sortinoRatio: sortinoRatioOf(history.curve),
    profitFactor: profitFactorOf(history),
    exposure: exposureOf(history),
    turnover: turnoverOf(history),
    buyAndHold,
    excessReturn: buyAndHold.value === null ? buyAndHold : finite(returnOf(history) - buyAndHold.value),
  };
}

/** Gross profit / gross loss, over all closes. */
function profitFactorOf({ grossProfit, grossLoss, closes }: PortfolioHistory): Statistic {
  if (closes === 0) return { value: null, reason: 'no_closes' };
  if (grossLoss.isZero()) return { value: null, reason: 'no_losses' };
  return finite(grossProfit.div(grossLoss.neg()).toNumber());
}

function exposureOf({ observedSeconds, exposedSeconds }: PortfolioHistory): Statistic {
  if (!(observedSeconds > 0)) return { value: null, reason: 'needs_two_snapshots' };
  return finite(exposedSeconds / observedSeconds);
}

function turnoverOf({ tradedNotional, averageValue }: PortfolioHistory): Statistic {
  if (averageValue === null) return { value: null, reason: 'needs_two_snapshots' };
  if (!averageValue.gt(0)) return { value: null, reason: 'out_of_range' };
  return finite(tradedNotional.div(averageValue).toNumber());
}

function buyAndHoldOf({ firstPrice, lastPrice }: PortfolioHistory): Statistic {
  if (firstPrice === null || lastPrice === null) return { value: null, reason: 'no_price' };
  return finite(lastPrice.div(firstPrice).sub(1).toNumber());
}

/** Return since the first price. No trade precedes it, except in history that has been deleted. */
function returnOf({ initial, current, retainedFromValue }: PortfolioHistory): number {
  return current
    .div(retainedFromValue ?? initial)
    .sub(1)
    .toNumber();
}
