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
      'true lets a language model review the result of the rules from the next run; requires llm_model and both prices.',
    example: false,
  })
  @WhenGiven()
  @IsBoolean()
  llm_enabled?: boolean;

  @ApiPropertyOptional({
    description: 'Model name of the provider of llm_api; null removes it.',
    type: String,
    nullable: true,
    maxLength: 100,
    example: 'gpt-4o-mini',
  })
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsOneLineText(100)
  llm_model?: string | null;

  @ApiPropertyOptional({
    description: 'USD per million input tokens, 0 to 1,000,000: a decimal string or a number.',
    example: '0.15',
    ...AMOUNT,
  })
  @Allow()
  llm_input_price?: unknown;

  @ApiPropertyOptional({
    description: 'USD per million output tokens, 0 to 1,000,000: a decimal string or a number.',
    example: '0.60',
    ...AMOUNT,
  })
  @Allow()
  llm_output_price?: unknown;

  @ApiPropertyOptional({
    description: 'Daily budget in USD (UTC), 0 to 1,000,000: a decimal string or a number.',
    example: '1',
    ...AMOUNT,
  })
  @Allow()
  llm_daily_budget?: unknown;

  @ApiPropertyOptional({
    description: 'Maximum tokens per answer; reasoning models use several thousand before they answer.',
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
    description: 'Name of the token limit parameter; reasoning models need max_completion_tokens.',
    enum: LIMIT_PARAMETERS,
    example: 'max_tokens',
  })
  @WhenGiven()
  @IsIn(LIMIT_PARAMETERS)
  llm_limit_parameter?: LimitParameter;

  @ApiPropertyOptional({
    description: 'Whether temperature 0 is sent; false for models that do not accept a temperature.',
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
