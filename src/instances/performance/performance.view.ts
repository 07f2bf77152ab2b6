import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Money, toText } from '../../domain/money/decimal.js';
import { longestDrawdownOf, monthlyReturnsOf } from '../../domain/portfolio/day-curve.js';
import type { DayValue, Statistic } from '../../domain/portfolio/performance.js';
import { curveToPresent, portfolioStatistics, type PortfolioHistory } from '../../domain/portfolio/statistics.js';
import { publicAmount, publicFraction } from '../public-figures.js';
import type { Performance } from './performance.store.js';

const TIME = '2026-01-01T12:00:00.000Z';
const REASONS =
  '`needs_30_days`, `needs_two_snapshots`, `no_closes`, `no_closed_positions`, `no_wins`, `no_losses`, `no_losing_days`, ' +
  '`no_drawdown`, `no_variation`, `no_values`, `nothing_left`, `no_price`, `out_of_range`';

/** A statistic, or why there is none. */
export class StatisticView {
  @ApiProperty({
    description: 'A fraction or a plain ratio; null: not available.',
    type: Number,
    nullable: true,
    example: 1.42,
  })
  value!: number | null;

  @ApiProperty({ description: `Why there is none: ${REASONS}.`, type: String, nullable: true, example: null })
  reason!: string | null;
}

/** An amount in quote currency, or why there is none. */
export class AmountView {
  @ApiProperty({
    description: 'Decimal text; null: not available.',
    type: String,
    nullable: true,
    example: '12.5',
  })
  value!: string | null;

  @ApiProperty({ description: `Why there is none: ${REASONS}.`, type: String, nullable: true, example: null })
  reason!: string | null;
}

/** The return of a calendar month, UTC. */
export class MonthlyReturnView {
  @ApiProperty({ description: 'The month.', example: '2026-01' })
  month!: string;

  @ApiProperty({
    description: 'Last value of the month / last value before it - 1; the first month begins with the deposit.',
    type: StatisticView,
  })
  return!: StatisticView;
}

/** How a strategy has done. What may be missing gives the size of orders away: it is for traders and admins. */
export class PerformanceView {
  @ApiProperty({ description: 'When it was created.', example: TIME, format: 'date-time' })
  from!: string;

  @ApiProperty({ description: 'Now, or when it was archived.', example: TIME, format: 'date-time' })
  to!: string;

  @ApiProperty({
    description: 'Start of the kept equity curve; null: from the beginning.',
    example: null,
    type: String,
    format: 'date-time',
    nullable: true,
  })
  kept_from!: string | null;

  @ApiProperty({ description: 'Maximum drawdown, as a fraction of the peak.', example: 0.12 })
  max_drawdown!: number;

  @ApiProperty({ description: 'Yearly return, compounded; from 30 days on.', type: StatisticView })
  annualized_return!: StatisticView;

  @ApiProperty({ description: 'Of daily returns, a year having 365 days; from 30 returns on.', type: StatisticView })
  sharpe_ratio!: StatisticView;

  @ApiProperty({ description: 'The same with the losing days alone as the risk.', type: StatisticView })
  sortino_ratio!: StatisticView;

  @ApiProperty({ description: 'Annualized return / maximum drawdown.', type: StatisticView })
  calmar_ratio!: StatisticView;

  @ApiProperty({
    description: 'Days of the longest time below a peak, by the values at the ends of days; it may still last.',
    type: StatisticView,
  })
  longest_drawdown_days!: StatisticView;

  @ApiProperty({ description: 'Returns by calendar month, oldest first.', type: [MonthlyReturnView] })
  monthly_returns!: MonthlyReturnView[];

  @ApiProperty({
    description: 'Positions that were opened from nothing and went back to nothing, or turned to the other side.',
    example: 12,
    type: 'integer',
  })
  closed_positions!: number;

  @ApiProperty({ description: 'Closed positions with a profit / all closed positions, 0..1.', type: StatisticView })
  win_rate!: StatisticView;

  @ApiProperty({ description: 'Gross profit / gross loss, over all closed positions.', type: StatisticView })
  profit_factor!: StatisticView;

  @ApiProperty({
    description: 'Win rate of closes: each fill that closed all or a part of a position counts by itself.',
    type: StatisticView,
  })
  close_win_rate!: StatisticView;

  @ApiProperty({ description: 'Gross profit / gross loss, over all closes.', type: StatisticView })
  close_profit_factor!: StatisticView;

  @ApiProperty({ description: 'Return of buying everything at the first price and holding.', type: StatisticView })
  buy_and_hold!: StatisticView;

  @ApiProperty({ description: 'Own return minus buy and hold.', type: StatisticView })
  excess_return!: StatisticView;

  @ApiPropertyOptional({ description: 'Mean profit of a closed position.', type: AmountView })
  expectancy?: AmountView;

  @ApiPropertyOptional({ description: 'Mean profit of a winning position.', type: AmountView })
  average_win?: AmountView;

  @ApiPropertyOptional({ description: 'Mean result of a losing position, below 0.', type: AmountView })
  average_loss?: AmountView;

  @ApiPropertyOptional({ description: 'Mean hours from opening to end of a closed position.', type: StatisticView })
  average_holding_hours?: StatisticView;

  @ApiPropertyOptional({ description: 'Share of the time with an open position, 0..1.', type: StatisticView })
  exposure?: StatisticView;

  @ApiPropertyOptional({
    description: 'Traded notional / time-weighted average value, both over the kept equity curve.',
    type: StatisticView,
  })
  turnover?: StatisticView;

  @ApiPropertyOptional({ description: 'Sum of the notional of all fills.', example: '54000' })
  traded_notional?: string;

  @ApiPropertyOptional({ description: 'Sum of the profit of all closes, fees and funding in it.', example: '1500' })
  realized_pnl?: string;

  @ApiPropertyOptional({ description: 'Sum of all fees.', example: '27.5' })
  fees_paid?: string;

  @ApiPropertyOptional({ description: 'Funding paid; negative: more was received. 0 on spot.', example: '-3.2' })
  funding_paid?: string;

  @ApiPropertyOptional({
    description: 'Hours of perpetuals whose funding is owed: their price or rate is not known yet.',
    example: 0,
  })
  funding_hours_owed?: number;

  @ApiPropertyOptional({
    description: 'Hours of perpetuals whose funding was given up: it did not become known within 14 days.',
    example: 0,
  })
  funding_hours_given_up?: number;
}

/** @param isPublic whether only what everybody may see is shown: rounded, and computed from the rounded value. */
export function toPerformanceView(
  performance: Performance,
  retainedFrom: Date | null,
  isPublic: boolean,
): PerformanceView {
  const { history, tradedNotional, feesPaid, fundingPaid, fundingHours, realized } = performance;
  const seen = isPublic ? publicHistory(history) : history;
  const statistics = portfolioStatistics(seen);
  const curve = isPublic ? publicCurve(seen) : curveToPresent(seen);
  const shown = (statistic: Statistic): StatisticView =>
    isPublic && statistic.value !== null ? { ...statistic, value: publicFraction(statistic.value) } : { ...statistic };
  return {
    from: history.from.toISOString(),
    to: history.to.toISOString(),
    kept_from: retainedFrom?.toISOString() ?? null,
    max_drawdown: seen.maxDrawdown,
    annualized_return: shown(statistics.annualizedReturn),
    sharpe_ratio: shown(statistics.sharpeRatio),
    sortino_ratio: shown(statistics.sortinoRatio),
    calmar_ratio: shown(statistics.calmarRatio),
    longest_drawdown_days: shown(longestDrawdownOf(curve)),
    monthly_returns: monthlyReturnsOf(curve).map(({ month, return: change }) => ({ month, return: shown(change) })),
    closed_positions: history.positions.count,
    win_rate: shown(statistics.winRate),
    profit_factor: shown(statistics.profitFactor),
    close_win_rate: shown(statistics.closeWinRate),
    close_profit_factor: shown(statistics.closeProfitFactor),
    buy_and_hold: shown(statistics.buyAndHold),
    excess_return: shown(statistics.excessReturn),
    ...(isPublic
      ? {}
      : {
          expectancy: amount(statistics.expectancy),
          average_win: amount(statistics.averageWin),
          average_loss: amount(statistics.averageLoss),
          average_holding_hours: shown(statistics.averageHolding),
          exposure: shown(statistics.exposure),
          turnover: shown(statistics.turnover),
          traded_notional: toText(tradedNotional),
          realized_pnl: toText(realized),
          fees_paid: toText(feesPaid),
          funding_paid: toText(fundingPaid),
          funding_hours_owed: fundingHours.owed,
          funding_hours_given_up: fundingHours.givenUp,
        }),
  };
}

function amount({ value, reason }: Statistic<Money>): AmountView {
  return { value: value && toText(value), reason };
}

/** Value and drawdown are rounded before anything is computed from them: a yearly return would tell the value to the last digit. */
function publicHistory(history: PortfolioHistory): PortfolioHistory {
  const current = new Money(publicAmount(history.current.toFixed(), history.initial.toFixed()));
  return { ...history, current, maxDrawdown: publicFraction(history.maxDrawdown) };
}

/** Months and drawdowns by the values that everybody sees. */
function publicCurve(history: PortfolioHistory): DayValue[] {
  const deposit = history.initial.toFixed();
  return curveToPresent(history).map(({ day, value }) => ({
    day,
    value: Number(publicAmount(String(value), deposit)),
  }));
}
