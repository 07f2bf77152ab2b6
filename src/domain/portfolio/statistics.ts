import { Money, toStored } from '../money/decimal.js';
import {
  annualizedReturnOf,
  finite,
  sharpeRatioOf,
  sortinoRatioOf,
  type DayValue,
  type Statistic,
} from './performance.js';

const MS_PER_DAY = 86_400_000;
const SECONDS_PER_HOUR = 3600;

/** What closes, or closed positions, came to. Money in quote currency, all fees in it. */
export interface Outcomes {
  readonly count: number;
  /** With a profit above 0, and below 0; the rest broke even. */
  readonly won: number;
  readonly lost: number;
  readonly grossProfit: Money;
  /** 0 or below. */
  readonly grossLoss: Money;
}

/** What is known of a portfolio's life. Money in quote currency. */
export interface PortfolioHistory {
  readonly initial: Money;
  readonly current: Money;
  readonly from: Date;
  readonly to: Date;
  /** Total value at the end of each whole day, ascending; begins with the deposit, as the end of the day before it. */
  readonly curve: readonly DayValue[];
  /** 0..1, over all snapshots there ever were. */
  readonly maxDrawdown: number;
  /** Each fill that closed all or a part of a position. */
  readonly closes: Outcomes;
  /** Positions from their opening to the fill that left nothing of them, or turned them to the other side. */
  readonly positions: Outcomes & { readonly heldSeconds: number };
  /** Seconds between first and last snapshot, and those of them with an open position. */
  readonly observedSeconds: number;
  readonly exposedSeconds: number;
  /** Sum of the notional of the fills between first and last snapshot. */
  readonly observedNotional: Money;
  /** Mean total value over the time between first and last snapshot; null without such a time. */
  readonly averageValue: Money | null;
  /** Prices at the first and the last snapshot; null where there is none. */
  readonly firstPrice: Money | null;
  readonly lastPrice: Money | null;
  /** Total value at the first price, where what was before is not kept; null: all is kept. */
  readonly retainedFromValue: Money | null;
}

/** All as fractions or plain ratios. */
export interface PortfolioStatistics {
  readonly annualizedReturn: Statistic;
  readonly sharpeRatio: Statistic;
  readonly sortinoRatio: Statistic;
  /** Annualized return / maximum drawdown. */
  readonly calmarRatio: Statistic;
  /** Of closed positions; break-even is no win. */
  readonly winRate: Statistic;
  readonly profitFactor: Statistic;
  /** Mean profit of a closed position, of a winning and of a losing one; the last is below 0. */
  readonly expectancy: Statistic<Money>;
  readonly averageWin: Statistic<Money>;
  readonly averageLoss: Statistic<Money>;
  /** Mean hours from opening to end of a position. */
  readonly averageHolding: Statistic;
  /** The same of closes, each partial one counted by itself. */
  readonly closeWinRate: Statistic;
  readonly closeProfitFactor: Statistic;
  /** Share of the time with an open position, 0..1. */
  readonly exposure: Statistic;
  /** Traded notional / average value, both between first and last snapshot. */
  readonly turnover: Statistic;
  /** Return of having bought everything at the first price. */
  readonly buyAndHold: Statistic;
  /** Own return minus that of buying and holding, both since the first price. */
  readonly excessReturn: Statistic;
}

/** Every statistic, or why there is none. Pure. */
export function portfolioStatistics(history: PortfolioHistory): PortfolioStatistics {
  const { curve, maxDrawdown, positions, closes } = history;
  const { count, won, lost, grossProfit, grossLoss, heldSeconds } = positions;
  const annualizedReturn = annualizedReturnOf(history);
  const buyAndHold = buyAndHoldOf(history);
  return {
    annualizedReturn,
    sharpeRatio: sharpeRatioOf(curve),
    sortinoRatio: sortinoRatioOf(curve),
    calmarRatio: calmarRatioOf(annualizedReturn, maxDrawdown),
    winRate: shareOfWins(positions, 'no_closed_positions'),
    profitFactor: profitFactorOf(positions, 'no_closed_positions'),
    expectancy: meanOf(grossProfit.add(grossLoss), count, 'no_closed_positions'),
    averageWin: meanOf(grossProfit, won, 'no_wins'),
    averageLoss: meanOf(grossLoss, lost, 'no_losses'),
    averageHolding: count === 0 ? none('no_closed_positions') : finite(heldSeconds / count / SECONDS_PER_HOUR),
    closeWinRate: shareOfWins(closes, 'no_closes'),
    closeProfitFactor: profitFactorOf(closes, 'no_closes'),
    exposure: exposureOf(history),
    turnover: turnoverOf(history),
    buyAndHold,
    excessReturn: buyAndHold.value === null ? buyAndHold : finite(returnOf(history) - buyAndHold.value),
  };
}

/** The curve with the present value as that of the last day; midnight is the end of the day before. */
export function curveToPresent({ curve, current, to }: PortfolioHistory): DayValue[] {
  return [...curve, { day: Math.ceil(to.getTime() / MS_PER_DAY) - 1, value: current.toNumber() }];
}

/** Young, Calmar Ratio: A Smoother Tool, 1991, over the whole time instead of three years. */
function calmarRatioOf(annualizedReturn: Statistic, maxDrawdown: number): Statistic {
  if (annualizedReturn.value === null) return annualizedReturn;
  return maxDrawdown > 0 ? finite(annualizedReturn.value / maxDrawdown) : none('no_drawdown');
}

function shareOfWins({ count, won }: Outcomes, reason: string): Statistic {
  return count === 0 ? none(reason) : finite(won / count);
}

/** What was won / what was lost. */
function profitFactorOf({ count, grossProfit, grossLoss }: Outcomes, reason: string): Statistic {
  if (count === 0) return none(reason);
  if (grossLoss.isZero()) return none('no_losses');
  return finite(grossProfit.div(grossLoss.neg()).toNumber());
}

/** To 18 places. */
function meanOf(total: Money, count: number, reason: string): Statistic<Money> {
  return count === 0 ? none(reason) : { value: toStored(total.div(count)), reason: null };
}

function none(reason: string): { readonly value: null; readonly reason: string } {
  return { value: null, reason };
}

function exposureOf({ observedSeconds, exposedSeconds }: PortfolioHistory): Statistic {
  if (!(observedSeconds > 0)) return none('needs_two_snapshots');
  return finite(exposedSeconds / observedSeconds);
}

function turnoverOf({ observedNotional, averageValue }: PortfolioHistory): Statistic {
  if (averageValue === null) return none('needs_two_snapshots');
  if (!averageValue.gt(0)) return none('out_of_range');
  return finite(observedNotional.div(averageValue).toNumber());
}

function buyAndHoldOf({ firstPrice, lastPrice }: PortfolioHistory): Statistic {
  if (firstPrice === null || lastPrice === null) return none('no_price');
  return finite(lastPrice.div(firstPrice).sub(1).toNumber());
}

/** Since the first price: nothing was traded before it, but where the time before is not kept. */
function returnOf({ initial, current, retainedFromValue }: PortfolioHistory): number {
  return current
    .div(retainedFromValue ?? initial)
    .sub(1)
    .toNumber();
}
