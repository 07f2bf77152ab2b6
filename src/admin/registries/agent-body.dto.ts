import { ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsBoolean, IsIn, IsInt, IsObject, Max, Min, ValidateIf } from 'class-validator';
import { IsOneLineText } from '../../platform/http/input/field-rules.js';
import { DeferValidation } from '../../platform/http/input/validation.js';
import { LIMIT_PARAMETERS, type LimitParameter } from '../../registry/llm-settings.js';
import { SwitchBody, WhenGiven } from './registries.dto.js';

const AMOUNT = { oneOf: [{ type: 'string' }, { type: 'number' }] };

/** Changes of an agent; amounts, and whether LLM mode has all that it needs, the service checks. */
@DeferValidation()
export class AgentBody extends SwitchBody {
  @ApiPropertyOptional({
    description:
      'true has a language model look over what the rules say, from the next run on; needs llm_model and both prices.',
    example: false,
  })
  @WhenGiven()
  @IsBoolean()
  llm_enabled?: boolean;

  @ApiPropertyOptional({
    description: 'Model, as the provider of llm_api names it; null removes it.',
    type: String,
    nullable: true,
    maxLength: 100,
    example: 'gpt-4o-mini',
  })
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsOneLineText(100)
  llm_model?: string | null;

  @ApiPropertyOptional({
    description: 'USD for a million tokens that the model reads, 0 to 1,000,000: a decimal string or a number.',
    example: '0.15',
    ...AMOUNT,
  })
  @Allow()
  llm_input_price?: unknown;

  @ApiPropertyOptional({
    description: 'USD for a million tokens that the model writes, 0 to 1,000,000: a decimal string or a number.',
    example: '0.60',
    ...AMOUNT,
  })
  @Allow()
  llm_output_price?: unknown;

  @ApiPropertyOptional({
    description: 'USD that its questions may cost a day (UTC), 0 to 1,000,000: a decimal string or a number.',
    example: '1',
    ...AMOUNT,
  })
  @Allow()
  llm_daily_budget?: unknown;

  @ApiPropertyOptional({
    description: 'Tokens that an answer may take; a model that reasons takes some thousands before it writes.',
    type: 'integer',
    minimum: 100,
    maximum: 100_000,
    example: 600,
  })
  @WhenGiven()
  @IsInt()
  @Min(100)
  @Max(100_000)
  llm_answer_tokens?: number;

  @ApiPropertyOptional({
    description: 'By which parameter the model is told so; models that reason want max_completion_tokens.',
    enum: LIMIT_PARAMETERS,
    example: 'max_tokens',
  })
  @WhenGiven()
  @IsIn(LIMIT_PARAMETERS)
  llm_limit_parameter?: LimitParameter;

  @ApiPropertyOptional({
    description: 'Whether temperature 0 is asked for; false for a model that refuses to be told one.',
    example: true,
  })
  @WhenGiven()
  @IsBoolean()
  llm_sends_temperature?: boolean;

  @ApiPropertyOptional({
    description:
      'Parameters that this provider or model needs, sent with each question; at most 1,000 characters as JSON. `{}` removes them.',
    type: 'object',
    additionalProperties: true,
    example: { enable_thinking: false },
  })
  @WhenGiven()
  @IsObject()
  llm_extra_parameters?: Record<string, unknown>;
}
