import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsInt, IsObject, IsString, MaxLength, MinLength } from 'class-validator';
import { ListQuery } from '../platform/http/paging.js';
import { QueryBoolean } from '../platform/http/query-values.js';
import { MayBeLeftOut } from './left-out.js';

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
  @ApiPropertyOptional({ description: 'Also those that are switched off; admins only.', example: false, type: Boolean })
  @QueryBoolean()
  include_inactive?: boolean;
}

/** The types of the fields stand here; what they may hold is checked in one go by the service. */
export class CreateDefinitionBody {
  @ApiProperty({ description: 'Unique; a-z, 0-9 and _.', example: 'multi_agent_eth_v1', minLength: 3, maxLength: 100 })
  @IsString()
  name!: string;

  @ApiProperty({ description: 'What people see.', example: 'Multi-agent ETH', minLength: 1, maxLength: 100 })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  display_name!: string;

  @ApiPropertyOptional({
    description: 'What it does, in words.',
    example: 'Three analysts, one conviction.',
    maxLength: 5000,
  })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(5000)
  description?: string;

  @ApiProperty({ description: 'Module of the decision agent.', example: 'decision-agents/multi-agent-conviction' })
  @IsString()
  decision_agent_module!: string;

  @ApiProperty({ description: 'Name of the decision agent.', example: 'MultiAgentConvictionDecision' })
  @IsString()
  decision_agent_class!: string;

  @ApiProperty({ description: 'Business agents, each once.', example: ['macro', 'onchain', 'ta'], type: [String] })
  @IsArray()
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
  rebalance_period_minutes!: number;

  @ApiPropertyOptional({
    description: 'Complete params of the decision agent; its own defaults when left out.',
    example: PARAMS_EXAMPLE,
    type: 'object',
    additionalProperties: true,
  })
  @MayBeLeftOut()
  @IsObject()
  default_params?: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'Whether it runs; true when left out.', example: true })
  @MayBeLeftOut()
  @IsBoolean()
  is_active?: boolean;
}

export class UpdateDefinitionBody {
  @ApiPropertyOptional({ description: 'What people see.', example: 'Multi-agent ETH', minLength: 1, maxLength: 100 })
  @MayBeLeftOut()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  display_name?: string;

  @ApiPropertyOptional({
    description: 'What it does, in words.',
    example: 'Three analysts, one conviction.',
    maxLength: 5000,
  })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(5000)
  description?: string;

  @ApiPropertyOptional({
    description: 'Merged key by key; complete when business_agents change too. Instances keep the params they have.',
    example: { buy_threshold: 60 },
    type: 'object',
    additionalProperties: true,
  })
  @MayBeLeftOut()
  @IsObject()
  default_params?: Record<string, unknown>;

  @ApiPropertyOptional({
    description: 'Minutes between two runs; counts from the next tick.',
    example: 30,
    type: 'integer',
    minimum: 1,
    maximum: 10080,
  })
  @MayBeLeftOut()
  @IsInt()
  rebalance_period_minutes?: number;

  @ApiPropertyOptional({
    description: 'Only while no instance that is not archived exists.',
    example: ['macro', 'ta'],
    type: [String],
  })
  @MayBeLeftOut()
  @IsArray()
  @IsString({ each: true })
  business_agents?: string[];

  @ApiPropertyOptional({ description: 'Whether it runs.', example: false })
  @MayBeLeftOut()
  @IsBoolean()
  is_active?: boolean;
}

export class DefinitionView {
  @ApiProperty({ description: 'Id.', example: 1, type: 'integer' })
  id!: number;

  @ApiProperty({ description: 'Unique name.', example: 'multi_agent_btc_v1' })
  name!: string;

  @ApiProperty({ description: 'What people see.', example: 'Multi-agent BTC' })
  display_name!: string;

  @ApiProperty({ description: 'What it does, in words.', example: 'Three analysts, one conviction.' })
  description!: string;

  @ApiProperty({ description: 'Module of the decision agent.', example: 'decision-agents/multi-agent-conviction' })
  decision_agent_module!: string;

  @ApiProperty({ description: 'Name of the decision agent.', example: 'MultiAgentConvictionDecision' })
  decision_agent_class!: string;

  @ApiProperty({ description: 'Business agents.', example: ['macro', 'onchain', 'ta'], type: [String] })
  business_agents!: string[];

  @ApiProperty({ description: 'Where it trades.', example: 'binance_spot' })
  trade_channel!: string;

  @ApiProperty({ description: 'Base asset it trades.', example: 'BTC' })
  trade_symbol!: string;

  @ApiProperty({ description: 'Minutes between two runs.', example: 60, type: 'integer' })
  rebalance_period_minutes!: number;

  @ApiProperty({
    description: 'Params that a new instance starts from.',
    example: PARAMS_EXAMPLE,
    type: 'object',
    additionalProperties: true,
  })
  default_params!: Record<string, unknown>;

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
