import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsOneLineText, OptionalNotNull } from '../platform/http/input/field-rules.js';
import { ListQuery } from '../platform/http/paging.js';
import { QueryBoolean } from '../platform/http/input/query-values.js';
import { DeferValidation } from '../platform/http/input/validation.js';

/** More than there will ever be of them. */
const MOST_AGENTS = 32;
/** A week. */
const LONGEST_PERIOD_MINUTES = 10_080;

const PARAMS_EXAMPLE = {
  agent_weights: { macro: 0.4, onchain: 0.4, ta: 0.2 },
  buy_threshold: 55,
  partial_sell_threshold: 50,
  full_sell_threshold: 45,
  fg_circuit_breaker_threshold: 20,
  fg_position_adjust_threshold: 30,
  circuit_breaker_blocks_exits: true,
  consecutive_signal_threshold: 30,
  acceleration_multiplier_min: 1.1,
  acceleration_multiplier_max: 2,
  max_position_size: 0.01,
};

export class DefinitionsQuery extends ListQuery {
  @ApiPropertyOptional({
    description: 'Include definitions that are switched off; administrators only.',
    type: Boolean,
  })
  @QueryBoolean()
  include_inactive?: boolean;
}

/** What the fields may be by themselves; whether they fit each other and what there is, the service checks. */
@DeferValidation()
export class CreateDefinitionBody {
  @ApiProperty({ description: 'Unique; a-z, 0-9 and _.', example: 'careful_eth_v1', minLength: 3, maxLength: 100 })
  @IsString()
  @Matches(/^[a-z0-9_]{3,100}$/, { message: 'be 3 to 100 characters of a-z, 0-9 and _' })
  name!: string;

  @ApiProperty({ description: 'Display name.', example: 'Careful ETH', minLength: 1, maxLength: 100 })
  @IsOneLineText(100)
  display_name!: string;

  @ApiPropertyOptional({
    description: 'Description.',
    example: 'Three analysts, one conviction.',
    maxLength: 5000,
  })
  @OptionalNotNull()
  @IsString()
  @MaxLength(5000)
  description?: string;

  @ApiProperty({
    description: 'Module of the decision agent.',
    example: 'domain/decision/multi-agent-conviction/multi-agent-conviction-decision',
  })
  @IsString()
  decision_agent_module!: string;

  @ApiProperty({ description: 'Name of the decision agent.', example: 'MultiAgentConvictionDecision' })
  @IsString()
  decision_agent_class!: string;

  @ApiProperty({ description: 'Business agents, each once.', example: ['macro', 'onchain', 'ta'], type: [String] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_AGENTS)
  @IsString({ each: true })
  business_agents!: string[];

  @ApiProperty({ description: 'Where it trades.', example: 'binance_spot' })
  @IsString()
  trade_channel!: string;

  @ApiProperty({ description: 'Base asset it trades.', example: 'ETH' })
  @IsString()
  trade_symbol!: string;

  @ApiProperty({ description: 'Minutes between two runs.', example: 60, type: 'integer', minimum: 1, maximum: 10080 })
  @IsInt()
  @Min(1)
  @Max(LONGEST_PERIOD_MINUTES)
  rebalance_period_minutes!: number;

  @ApiPropertyOptional({
    description: 'Complete params of the decision agent; its own defaults when left out.',
    example: PARAMS_EXAMPLE,
    type: 'object',
    additionalProperties: true,
  })
  @OptionalNotNull()
  @IsObject()
  default_params?: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'Whether it runs; true when left out.', example: true })
  @OptionalNotNull()
  @IsBoolean()
  is_active?: boolean;
}

@DeferValidation()
export class UpdateDefinitionBody {
  @ApiPropertyOptional({ description: 'Display name.', example: 'Multi-agent ETH', minLength: 1, maxLength: 100 })
  @OptionalNotNull()
  @IsOneLineText(100)
  display_name?: string;

  @ApiPropertyOptional({
    description: 'Description.',
    example: 'Three analysts, one conviction.',
    maxLength: 5000,
  })
  @OptionalNotNull()
  @IsString()
  @MaxLength(5000)
  description?: string;

  @ApiPropertyOptional({
    description: 'Merged key by key; complete when business_agents change too. Strategies keep the params they have.',
    example: { buy_threshold: 60 },
    type: 'object',
    additionalProperties: true,
  })
  @OptionalNotNull()
  @IsObject()
  default_params?: Record<string, unknown>;

  @ApiPropertyOptional({
    description: 'Minutes between two runs; takes effect from the next tick.',
    example: 30,
    type: 'integer',
    minimum: 1,
    maximum: 10080,
  })
  @OptionalNotNull()
  @IsInt()
  @Min(1)
  @Max(LONGEST_PERIOD_MINUTES)
  rebalance_period_minutes?: number;

  @ApiPropertyOptional({
    description: 'Can change only while all strategies of the definition are archived.',
    example: ['macro', 'onchain', 'ta'],
    type: [String],
  })
  @OptionalNotNull()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_AGENTS)
  @IsString({ each: true })
  business_agents?: string[];

  @ApiPropertyOptional({ description: 'Whether it runs.', example: true })
  @OptionalNotNull()
  @IsBoolean()
  is_active?: boolean;
}

/** What a decision may do at the venue of a definition. */
export class DecisionChannelView {
  @ApiProperty({ description: 'Whether short positions are possible.', example: false })
  can_short!: boolean;

  @ApiProperty({ description: 'Maximum leverage; 1 on spot.', example: 1 })
  max_leverage!: number;

  @ApiProperty({ description: 'Fee of a market order, as a fraction of its notional.', example: 0.001 })
  taker_fee_rate!: number;

  @ApiProperty({ description: 'Basis points by which a paper market order fills worse than the price.', example: 5 })
  slippage_bps!: number;

  @ApiProperty({
    description: 'Fraction of the notional below which a position is liquidated; null on spot.',
    type: Number,
    nullable: true,
    example: null,
  })
  maintenance_margin_rate!: number | null;
}

export class DefinitionView {
  @ApiProperty({ description: 'Id.', example: 1, type: 'integer' })
  id!: number;

  @ApiProperty({ description: 'Unique name.', example: 'multi_agent_btc_v1' })
  name!: string;

  @ApiProperty({ description: 'Display name.', example: 'Multi-agent BTC' })
  display_name!: string;

  @ApiProperty({ description: 'Description.', example: 'Three analysts, one conviction.' })
  description!: string;

  @ApiProperty({
    description: 'Module of the decision agent.',
    example: 'domain/decision/multi-agent-conviction/multi-agent-conviction-decision',
  })
  decision_agent_module!: string;

  @ApiProperty({ description: 'Name of the decision agent.', example: 'MultiAgentConvictionDecision' })
  decision_agent_class!: string;

  @ApiProperty({ description: 'Business agents.', example: ['macro', 'onchain', 'ta'], type: [String] })
  business_agents!: string[];

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

  @ApiProperty({
    description: 'What the channel allows for this asset, as a what-if takes it; null: it no longer trades the asset.',
    type: DecisionChannelView,
    nullable: true,
  })
  channel!: DecisionChannelView | null;

  @ApiProperty({ description: 'Minutes between two runs.', example: 60, type: 'integer' })
  rebalance_period_minutes!: number;

  @ApiProperty({
    description: 'Initial params of new strategies.',
    example: PARAMS_EXAMPLE,
    type: 'object',
    additionalProperties: true,
  })
  default_params!: Record<string, unknown>;

  @ApiProperty({
    description: 'Pointers of stored params that the decision agent no longer has; they are ignored.',
    type: [String],
    example: [],
  })
  ignored_params!: string[];

  @ApiProperty({ description: 'Whether it runs.', example: true })
  is_active!: boolean;

  @ApiProperty({
    description: 'Next run; null while it is switched off, and for a moment after its period has changed.',
    example: '2026-01-01T13:00:00.000Z',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  next_run_at!: string | null;

  @ApiProperty({ description: 'Counts changes; also in the ETag.', example: 1, type: 'integer' })
  version!: number;

  @ApiProperty({ description: 'Created at.', example: '2026-01-01T12:00:00.000Z', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ description: 'Last changed at.', example: '2026-01-01T12:00:00.000Z', format: 'date-time' })
  updated_at!: string;
}
