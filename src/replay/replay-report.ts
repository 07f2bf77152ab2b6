import type { DataSource } from 'typeorm';
import { Money, toText } from '../domain/money/decimal.js';
import type { Statistic } from '../domain/portfolio/performance.js';
import { longestDrawdownOf, monthlyReturnsOf } from '../domain/portfolio/day-curve.js';
import { curveToPresent, portfolioStatistics } from '../domain/portfolio/statistics.js';
import { PerformanceStore, type Performance } from '../instances/performance/performance.store.js';
import { checkInvariants } from '../invariants/check-invariants.js';
import type { ReplayArguments } from './replay-arguments.js';
import { ReplayStore, type InstanceFigures } from './replay.store.js';

/** One instance's line; fractions as percent with four decimals, money as decimal text. */
export interface InstanceLine {
  readonly id: string;
  readonly name: string;
  readonly params: Record<string, unknown>;
  readonly initial_balance: string;
  readonly total_value: string;
  readonly return_percent: number;
  /** The same for all; null when no run had a price. */
  readonly buy_and_hold_percent: number | null;
  readonly max_drawdown_percent: number;
  readonly trades: number;
  readonly closed_positions: number;
  /** Of closed positions, as the profit factor and the means below. */
  readonly win_rate_percent: number | null;
  readonly profit_factor: number | null;
  /** Mean profit of a closed position. */
  readonly expectancy: string | null;
  readonly average_win: string | null;
  readonly average_loss: string | null;
  readonly average_holding_hours: number | null;
  /** Of closes, each partial one counted by itself. */
  readonly close_win_rate_percent: number | null;
  readonly close_profit_factor: number | null;
  /** Of daily returns; null where there are too few. */
  readonly sharpe_ratio: number | null;
  readonly sortino_ratio: number | null;
  readonly calmar_ratio: number | null;
  readonly longest_drawdown_days: number | null;
  /** By month, `2024-01`. */
  readonly monthly_return_percent: Record<string, number | null>;
  /** Of the time, with an open position. */
  readonly exposure_percent: number | null;
  /** Traded notional / average value. */
  readonly turnover: number | null;
  readonly fees: string;
  /** Negative: more was received. */
  readonly funding: string;
  /** Why a figure is null, by its name. */
  readonly null_reasons: Record<string, string>;
}

export interface ReplayReport {
  readonly definition: string;
  readonly symbol: string;
  readonly from: string;
  readonly until: string;
  readonly every_minutes: number;
  readonly runs: Record<string, number>;
  readonly executions: Record<string, number>;
  /** Positions that were closed between runs, by what closed them. */
  readonly exits: Record<string, number>;
  /** Price of the last run against that of the first, without fees; null when no run had a price. */
  readonly buy_and_hold_percent: number | null;
  readonly instances: readonly InstanceLine[];
  readonly totals: {
    readonly initial_balance: string;
    readonly total_value: string;
    readonly return_percent: number;
    readonly trades: number;
    readonly closed_positions: number;
    readonly win_rate_percent: number | null;
    readonly close_win_rate_percent: number | null;
    readonly fees: string;
    readonly funding: string;
  };
  /** Violations by invariant; all zero. */
  readonly invariants: Record<string, number>;
  readonly duration_seconds: number;
}

/** Puts the report together from what the replay's database holds. */
export async function makeReport(
  database: DataSource,
  args: ReplayArguments,
  ran: { readonly symbol: string; readonly everyMinutes: number; readonly durationMs: number },
): Promise<ReplayReport> {
  const store = new ReplayStore(database);
  const rows = await store.instances();
  const performances = await new PerformanceStore(database).performances(
    rows.map(({ id }) => id),
    args.until,
  );
  const instances = rows.map((row) => Object.assign(row, { performance: performances.get(row.id)! }));
  const runs = await store.runs();
  const signals = await store.signals();
  const exits = await store.exits();
  const prices = await store.prices();
  const invariants = await checkInvariants(database);
  const hold = prices && growthPercent(prices.first, prices.last);
  return {
    definition: args.definition,
    symbol: ran.symbol,
    from: args.from.toISOString(),
    until: args.until.toISOString(),
    every_minutes: ran.everyMinutes,
    runs: Object.fromEntries(runs.map((row) => [row.status, row.runs])),
    executions: Object.fromEntries(signals.map((row) => [row.signal, row.executions])),
    exits: Object.fromEntries(exits.map((row) => [row.kind, row.exits])),
    buy_and_hold_percent: hold,
    instances: instances.map((row) => lineOf(row, hold)),
    totals: totalsOf(instances),
    invariants: Object.fromEntries(invariants.map((result) => [result.name, result.violations])),
    duration_seconds: Math.round(ran.durationMs / 100) / 10,
  };
}

type InstanceRow = InstanceFigures & { readonly performance: Performance };

function lineOf(row: InstanceRow, hold: number | null): InstanceLine {
  const { history, feesPaid, fundingPaid } = row.performance;
  const statistics = portfolioStatistics(history);
  const curve = curveToPresent(history);
  const percents = {
    win_rate_percent: statistics.winRate,
    close_win_rate_percent: statistics.closeWinRate,
    exposure_percent: statistics.exposure,
  };
  const ratios = {
    profit_factor: statistics.profitFactor,
    close_profit_factor: statistics.closeProfitFactor,
    average_holding_hours: statistics.averageHolding,
    sharpe_ratio: statistics.sharpeRatio,
    sortino_ratio: statistics.sortinoRatio,
    calmar_ratio: statistics.calmarRatio,
    longest_drawdown_days: longestDrawdownOf(curve),
    turnover: statistics.turnover,
  };
  const amounts = {
    expectancy: statistics.expectancy,
    average_win: statistics.averageWin,
    average_loss: statistics.averageLoss,
  };
  return {
    id: row.id,
    name: row.instance_name,
    params: row.instance_params,
    initial_balance: toText(new Money(row.initial_balance)),
    total_value: toText(new Money(row.total_value)),
    return_percent: growthPercent(row.initial_balance, row.total_value),
    buy_and_hold_percent: hold,
    max_drawdown_percent: percent(row.max_drawdown),
    trades: row.total_trades,
    closed_positions: history.positions.count,
    ...shown(percents, percent),
    ...shown(ratios, rounded),
    ...shown(amounts, toText),
    monthly_return_percent: Object.fromEntries(
      monthlyReturnsOf(curve).map(({ month, return: { value } }) => [month, value === null ? null : percent(value)]),
    ),
    fees: toText(feesPaid),
    funding: toText(fundingPaid),
    null_reasons: Object.fromEntries(
      Object.entries({ ...percents, ...ratios, ...amounts }).flatMap(([name, { reason }]) =>
        reason === null ? [] : [[name, reason]],
      ),
    ),
  };
}

/** Statistics as the report shows them; null stays null. */
function shown<Name extends string, T, Shown>(
  statistics: Record<Name, Statistic<T>>,
  show: (value: T) => Shown,
): Record<Name, Shown | null> {
  const pairs = Object.entries<Statistic<T>>(statistics).map(([name, { value }]) => [
    name,
    value === null ? null : show(value),
  ]);
  return Object.fromEntries(pairs) as Record<Name, Shown | null>;
}

function totalsOf(rows: readonly InstanceRow[]): ReplayReport['totals'] {
  const sum = (pick: (row: InstanceRow) => string | number | Money) =>
    rows.reduce((total, row) => total.add(pick(row)), new Money(0));
  const initial = sum((row) => row.initial_balance);
  const value = sum((row) => row.total_value);
  const rateOf = (of: 'positions' | 'closes') => {
    const count = sum((row) => row.performance.history[of].count);
    const won = sum((row) => row.performance.history[of].won);
    return count.isZero() ? null : percent(won.div(count).toNumber());
  };
  return {
    initial_balance: toText(initial),
    total_value: toText(value),
    return_percent: growthPercent(toText(initial), toText(value)),
    trades: sum((row) => row.total_trades).toNumber(),
    closed_positions: sum((row) => row.performance.history.positions.count).toNumber(),
    win_rate_percent: rateOf('positions'),
    close_win_rate_percent: rateOf('closes'),
    fees: toText(sum((row) => row.performance.feesPaid)),
    funding: toText(sum((row) => row.performance.fundingPaid)),
  };
}

function growthPercent(from: string, to: string): number {
  return percent(new Money(to).div(from).sub(1).toNumber());
}

/** To four decimals, as the percentages. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function percent(fraction: number): number {
  return Math.round(fraction * 1_000_000) / 10_000;
}
