import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsIn, IsInt, IsBoolean, IsString, MaxLength } from 'class-validator';
import { IsOneLineText, OptionalNotNull } from '../platform/http/input/field-rules.js';
import { QueryBoolean } from '../platform/http/input/query-values.js';
import { DeferValidation } from '../platform/http/input/validation.js';

const TRADING_MODES = ['paper', 'live'];

/** What the fields may be by themselves; money, mode and params are checked by the service. */
@DeferValidation()
export class CreateInstanceBody {
  @ApiProperty({ description: 'Definition to create it from.', example: 1, type: 'integer' })
  @IsInt()
  strategy_definition_id!: number;

  @ApiPropertyOptional({
    description:
      'Left out: `{definition} - {your full name, else the part of your email before @} - #{n}`; others see no part of your email. Names need not be unique.',
    example: 'Careful BTC',
    minLength: 1,
    maxLength: 200,
  })
  @OptionalNotNull()
  @IsInstanceName()
  instance_name?: string;

  @ApiPropertyOptional({
    description: 'Description, visible to other users.',
    example: 'Sells early.',
    maxLength: 5000,
  })
  @OptionalNotNull()
  @IsInstanceDescription()
  instance_description?: string;

  @ApiProperty({
    description: 'Deposit in quote currency: a decimal string or a number, above 0, at most 8 decimal places.',
    example: 10000,
    oneOf: [{ type: 'string' }, { type: 'number' }],
  })
  @Allow()
  initial_balance!: unknown;

  @ApiPropertyOptional({
    description: 'Only `paper` until live channels exist; `paper` when left out.',
    enum: TRADING_MODES,
    example: 'paper',
  })
  @OptionalNotNull()
  @IsIn(TRADING_MODES)
  trading_mode?: string;

  @ApiPropertyOptional({
    description: 'Merged over the default params of the definition, key by key.',
    example: { agent_weights: { macro: 0.5, onchain: 0.3, ta: 0.2 }, buy_threshold: 55 },
    type: 'object',
    additionalProperties: true,
  })
  @Allow()
  instance_params?: unknown;
}

/** Whether the params are right, the service checks. */
@DeferValidation()
export class UpdateInstanceBody {
  @ApiPropertyOptional({ description: 'Name.', example: 'Careful BTC', minLength: 1, maxLength: 200 })
  @OptionalNotNull()
  @IsInstanceName()
  instance_name?: string;

  @ApiPropertyOptional({
    description: 'Description, visible to other users.',
    example: 'Sells early.',
    maxLength: 5000,
  })
  @OptionalNotNull()
  @IsInstanceDescription()
  instance_description?: string;

  @ApiPropertyOptional({
    description: 'Merged over the current params, key by key; take effect from the next run.',
    example: { buy_threshold: 60 },
    type: 'object',
    additionalProperties: true,
  })
  @Allow()
  instance_params?: unknown;

  @ApiPropertyOptional({ description: 'false pauses it, true starts it again.', example: true })
  @OptionalNotNull()
  @IsBoolean()
  is_active?: boolean;
}

export class ArchiveInstanceQuery {
  @ApiPropertyOptional({ description: 'Close its positions first.', type: Boolean, default: false })
  @QueryBoolean()
  close_positions?: boolean;
}

/** 1 to 200 characters on one line. */
function IsInstanceName(): PropertyDecorator {
  return IsOneLineText(200);
}

/** At most 5000 characters, may be empty. */
function IsInstanceDescription(): PropertyDecorator {
  return applyDecorators(IsString(), MaxLength(5000));
}
