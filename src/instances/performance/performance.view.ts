import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Money, toText } from '../../domain/money/decimal.js';
import type { Statistic } from '../../domain/portfolio/performance.js';
import { portfolioStatistics, type PortfolioHistory } from '../../domain/portfolio/statistics.js';
import { publicAmount, publicFraction } from '../public-figures.js';
import type { Performance } from './performance.store.js';

const TIME = '2026-01-01T12:00:00.000Z';
const REASONS =
  '`needs_30_days`, `needs_two_snapshots`, `no_closes`, `no_losses`, `no_losing_days`, `no_variation`, `no_price`, `out_of_range`';

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

  @ApiProperty({ description: 'Gross profit / gross loss, over all closes.', type: StatisticView })
  profit_factor!: StatisticView;

  @ApiProperty({ description: 'Return of buying everything at the first price and holding.', type: StatisticView })
  buy_and_hold!: StatisticView;

  @ApiProperty({ description: 'Own return minus buy and hold.', type: StatisticView })
  excess_return!: StatisticView;

  @ApiPropertyOptional({ description: 'Share of the time with an open position, 0..1.', type: StatisticView })
  exposure?: StatisticView;

  @ApiPropertyOptional({ description: 'Traded notional / average value.', type: StatisticView })
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
  const { history, maxDrawdown, feesPaid, fundingPaid, fundingHours, realized } = performance;
  const statistics = portfolioStatistics(isPublic ? publicHistory(history) : history);
  const shown = (statistic: Statistic): StatisticView =>
    isPublic && statistic.value !== null ? { ...statistic, value: publicFraction(statistic.value) } : { ...statistic };
  return {
    from: history.from.toISOString(),
    to: history.to.toISOString(),
    kept_from: retainedFrom?.toISOString() ?? null,
    max_drawdown: isPublic ? publicFraction(maxDrawdown) : maxDrawdown,
    annualized_return: shown(statistics.annualizedReturn),
    sharpe_ratio: shown(statistics.sharpeRatio),
    sortino_ratio: shown(statistics.sortinoRatio),
    profit_factor: shown(statistics.profitFactor),
    buy_and_hold: shown(statistics.buyAndHold),
    excess_return: shown(statistics.excessReturn),
    ...(isPublic
      ? {}
      : {
          exposure: shown(statistics.exposure),
          turnover: shown(statistics.turnover),
          traded_notional: toText(performance.tradedNotional),
          realized_pnl: toText(realized),
          fees_paid: toText(feesPaid),
          funding_paid: toText(fundingPaid),
          funding_hours_owed: fundingHours.owed,
          funding_hours_given_up: fundingHours.givenUp,
        }),
  };
}

/** The value is rounded before anything is computed from it: a yearly return would tell it to the last digit. */
function publicHistory(history: PortfolioHistory): PortfolioHistory {
  return { ...history, current: new Money(publicAmount(history.current.toFixed(), history.initial.toFixed())) };
}
