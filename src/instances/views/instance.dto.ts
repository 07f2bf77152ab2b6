import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import { Money, plainText, toText } from '../../domain/money/decimal.js';
import type { ParamsObject } from '../../domain/params/merge-params.js';
import { truncateToStep, type VenueRules } from '../../domain/trading/venue-rules.js';
import { MarketDataView, RunFailureView } from './instance-row.js';
import { PositionView } from './position.view.js';

/** Something that is allowed, but probably not what its owner wants. */
export class WarningView {
  @ApiProperty({ description: 'Stable snake_case code.', example: 'smallest_order_below_min_notional' })
  code!: string;

  @ApiProperty({
    description: 'The warning in words.',
    example: 'The smallest order of this strategy is 0.2 USDT, the channel takes none below 5 USDT.',
  })
  message!: string;

  @ApiProperty({ description: 'Value of the smallest order, in quote currency.', example: '0.2' })
  smallest_order!: string;

  @ApiProperty({ description: 'Smallest order that the channel takes.', example: '5' })
  minimum_notional!: string;

  @ApiProperty({ description: 'Quote currency.', example: 'USDT' })
  asset!: string;
}

/**
 * Warns when the smallest BUY that the params can give would not be taken by the channel.
 * @param price the market's last price, in quote currency, by which the order is truncated to the channel's step; null:
 *   none is known, and the order counts as it is.
 */
export function warningsOf(
  totalValue: string,
  params: ParamsObject,
  decisionAgent: DecisionAgent,
  rules: VenueRules,
  price: string | null,
): WarningView[] {
  const fraction = decisionAgent.smallestBuyFraction(params);
  // Params from before a change of the agent may not give one; the execution says what is wrong with them.
  if (!Number.isFinite(fraction)) return [];
  const wanted = new Money(totalValue).mul(fraction);
  const smallest = price === null ? wanted : truncateToStep(wanted.div(price), rules).mul(price);
  if (smallest.gte(rules.minimumNotional)) return [];
  const order = toText(smallest.toDecimalPlaces(8, Money.ROUND_DOWN));
  const minimum = plainText(rules.minimumNotional);
  const message =
    `The smallest order of this strategy is ${order} ${rules.quoteAsset}, the channel takes none below ` +
    `${minimum} ${rules.quoteAsset}: weak signals will not be traded.`;
  return [
    {
      code: 'smallest_order_below_min_notional',
      message,
      smallest_order: order,
      minimum_notional: minimum,
      asset: rules.quoteAsset,
    },
  ];
}

const TIME = '2026-01-01T12:00:00.000Z';

export class DefinitionSummary {
  @ApiProperty({ description: 'Id.', example: 1, type: 'integer' })
  id!: number;

  @ApiProperty({ description: 'Unique name.', example: 'multi_agent_btc_v1' })
  name!: string;

  @ApiProperty({ description: 'Display name.', example: 'Multi-agent BTC' })
  display_name!: string;

  @ApiProperty({ description: 'Where it trades.', example: 'binance_spot' })
  trade_channel!: string;

  @ApiProperty({ description: 'Base asset it trades.', example: 'BTC' })
  trade_symbol!: string;

  @ApiProperty({
    description: 'Quote currency; null: the channel no longer exists.',
    type: String,
    nullable: true,
    example: 'USDT',
  })
  quote_asset!: string | null;

  @ApiProperty({ description: 'Whether it runs; while it does not, none of its strategies decides.', example: true })
  is_active!: boolean;
}

export class OwnerSummary {
  @ApiProperty({ description: 'Id.', example: '0199b2b4-5a3c-4f6e-9d57-0a4b6a1d1f10', format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Name.', example: 'Ada Lovelace', type: String, nullable: true })
  full_name!: string | null;
}

/** An instance. Fields that may be missing are not for everybody; see who sees what in the README. */
export class InstanceView {
  @ApiProperty({ description: 'Id.', example: '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10', format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Definition it was created from.', example: 1, type: 'integer' })
  strategy_definition_id!: number;

  @ApiProperty({ description: 'The definition in short.', type: DefinitionSummary })
  definition!: DefinitionSummary;

  @ApiProperty({ description: 'Owner.', type: OwnerSummary })
  user!: OwnerSummary;

  @ApiProperty({
    description:
      'Name. A default name that was made without a full name holds a part of the email: others than owner and admins see it without.',
    example: 'Multi-agent BTC - Ada Lovelace - #1',
  })
  instance_name!: string;

  @ApiProperty({ description: 'Description, empty when there is none.', example: '' })
  instance_description!: string;

  @ApiPropertyOptional({
    description: 'Complete params; for traders and admins.',
    example: { agent_weights: { macro: 0.5, onchain: 0.3, ta: 0.2 }, buy_threshold: 55 },
    type: 'object',
    additionalProperties: true,
  })
  instance_params?: Record<string, unknown>;

  @ApiPropertyOptional({
    description:
      'Pointers of stored params that the decision agent no longer has; they are ignored. For traders and administrators.',
    type: [String],
    example: [],
  })
  ignored_params?: string[];

  @ApiPropertyOptional({ description: 'Version of the params; for traders and admins.', example: 1, type: 'integer' })
  params_version?: number;

  @ApiProperty({ description: 'Trading mode.', enum: ['paper', 'live'], example: 'paper' })
  trading_mode!: string;

  @ApiProperty({ description: 'Whether it runs.', example: true })
  is_active!: boolean;

  @ApiProperty({
    description: 'When it was archived; null for one that is not.',
    example: null,
    type: String,
    format: 'date-time',
    nullable: true,
  })
  archived_at!: string | null;

  @ApiProperty({ description: 'Deposit, in quote currency.', example: '10000' })
  initial_balance!: string;

  @ApiPropertyOptional({ description: 'Free cash; for traders and admins.', example: '7897.9' })
  current_balance?: string;

  @ApiProperty({ description: 'Cash and positions at their last value.', example: '10097.9' })
  total_value!: string;

  @ApiProperty({ description: 'Total value minus deposit.', example: '97.9' })
  total_pnl!: string;

  @ApiProperty({ description: 'The same in percent of the deposit.', example: 0.979 })
  total_pnl_percent!: number;

  @ApiProperty({
    description: 'Compounded return of a year, 0.1 is 10 %.',
    example: null,
    type: Number,
    nullable: true,
  })
  annualized_return!: number | null;

  @ApiProperty({ description: 'Why the value is null.', example: 'needs_30_days', type: String, nullable: true })
  annualized_return_reason!: string | null;

  @ApiProperty({ description: 'Fills.', example: 2, type: 'integer' })
  total_trades!: number;

  @ApiProperty({
    description: 'Closes with a profit; each fill that closed a part of a position counts by itself.',
    example: 1,
    type: 'integer',
  })
  winning_trades!: number;

  @ApiProperty({ description: 'Closes without one.', example: 1, type: 'integer' })
  losing_trades!: number;

  @ApiProperty({
    description: 'Winning closes / closes, 0..1; that of positions is in the performance.',
    example: 0.5,
    type: Number,
    nullable: true,
  })
  win_rate!: number | null;

  @ApiProperty({ description: 'Maximum drawdown from a peak, 0..1.', example: 0.12 })
  max_drawdown!: number;

  @ApiProperty({ description: 'Sharpe ratio of a year.', example: null, type: Number, nullable: true })
  sharpe_ratio!: number | null;

  @ApiProperty({ description: 'Why the value is null.', example: 'needs_30_days', type: String, nullable: true })
  sharpe_ratio_reason!: string | null;

  @ApiProperty({ description: 'Open positions.', type: [PositionView] })
  positions!: PositionView[];

  @ApiProperty({ description: 'Conviction of the last run, 0..100.', example: 61.5, type: Number, nullable: true })
  last_conviction_score!: number | null;

  @ApiProperty({ description: 'Signal of the last run.', example: 'BUY', type: String, nullable: true })
  last_signal!: string | null;

  @ApiProperty({ description: 'Last run.', example: TIME, type: String, format: 'date-time', nullable: true })
  last_execution_time!: string | null;

  @ApiProperty({
    description: 'Next run; null while it or its definition is stopped.',
    example: TIME,
    type: String,
    format: 'date-time',
    nullable: true,
  })
  next_execution_time!: string | null;

  @ApiProperty({ description: 'Warnings for the owner; for traders and administrators.', type: [WarningView] })
  warnings!: WarningView[];

  @ApiProperty({
    description: 'The market of the last run; null before the first.',
    type: MarketDataView,
    nullable: true,
  })
  market_data!: MarketDataView | null;

  @ApiProperty({
    description:
      'Why and since when runs of its definition fail, so that it does not decide; null: the last run succeeded.',
    type: RunFailureView,
    nullable: true,
  })
  run_failure!: RunFailureView | null;

  @ApiProperty({ description: 'Counts changes that people make; also in the ETag.', example: 1, type: 'integer' })
  version!: number;

  @ApiProperty({ description: 'Created at.', example: TIME, format: 'date-time' })
  created_at!: string;

  @ApiProperty({ description: 'Last changed by a user at.', example: TIME, format: 'date-time' })
  updated_at!: string;
}
