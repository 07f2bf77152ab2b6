import { ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsBoolean } from 'class-validator';
import { OptionalNotNull } from '../../definitions/optional-not-null.js';
import { QueryBoolean } from '../../platform/http/input/query-values.js';
import { DeferValidation } from '../../platform/http/input/validation.js';
import { IsInstanceDescription, IsInstanceName } from '../instance-text.js';

/** Whether the params are right, the service checks. */
@DeferValidation()
export class UpdateInstanceBody {
  @ApiPropertyOptional({ description: 'Name.', example: 'Careful BTC', minLength: 1, maxLength: 200 })
  @OptionalNotNull()
  @IsInstanceName()
  instance_name?: string;

  @ApiPropertyOptional({ description: 'For yourself and others.', example: 'Sells early.', maxLength: 5000 })
  @OptionalNotNull()
  @IsInstanceDescription()
  instance_description?: string;

  @ApiPropertyOptional({
    description: 'Laid over the present params, key by key; count from the next run.',
    example: { buy_threshold: 60 },
    type: 'object',
    additionalProperties: true,
  })
  @Allow()
  instance_params?: unknown;

  @ApiPropertyOptional({ description: 'false stops it, true starts it again.', example: true })
  @OptionalNotNull()
  @IsBoolean()
  is_active?: boolean;
}

export class ArchiveInstanceQuery {
  @ApiPropertyOptional({ description: 'Sell what it holds first.', type: Boolean, default: false })
  @QueryBoolean()
  close_positions?: boolean;
}
