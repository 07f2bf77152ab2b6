import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { plainText } from '../../domain/money/decimal.js';
import { ErrorView } from '../../instances/history/execution.dto.js';
import { QueryText } from '../../platform/http/input/query-values.js';
import { HistoryQuery } from '../../platform/http/paging.js';
import type { LlmCallDetailRow, LlmCallRow } from './llm-calls.store.js';

const LLM_CALL_STATUSES = ['asked', 'answered', 'failed'] as const;

/** `from` and `to` are about the time that a question was asked at. */
export class LlmCallsQuery extends HistoryQuery {
  @ApiPropertyOptional({ description: 'Only calls for this business agent.', type: String })
  @QueryText(64)
  agent?: string;

  @ApiPropertyOptional({ description: 'Only calls in this state.', enum: LLM_CALL_STATUSES })
  @IsOptional()
  @IsIn(LLM_CALL_STATUSES)
  status?: (typeof LLM_CALL_STATUSES)[number];

  @ApiPropertyOptional({
    description: 'Only calls that an analysis of this run used, including reused answers.',
    type: String,
    format: 'uuid',
  })
  @IsOptional()
  @IsUUID()
  run_id?: string;
}

const TIME = '2026-01-15T12:00:00.000Z';
const HASH = '3b5d5c3712955042212316173ccf37be800ef9e4d2a4f3c1b5f5b1a1c6a7c6f0';

/** A question to a language model, without its texts. */
export class LlmCallView {
  @ApiProperty({ description: 'Id.', format: 'uuid', example: '019a9c2e-7c00-7000-8000-000000000001' })
  id!: string;

  @ApiProperty({ description: 'Business agent.', example: 'macro' })
  agent_name!: string;

  @ApiProperty({ description: 'Base URL of the provider.', example: 'https://api.openai.com/v1' })
  provider!: string;

  @ApiProperty({ description: 'Model.', example: 'gpt-4o-mini' })
  model!: string;

  @ApiProperty({
    description:
      'asked: waiting for the answer. failed: the result of the rules was used, also if the process ended before the answer came.',
    enum: LLM_CALL_STATUSES,
    example: 'answered',
  })
  status!: string;

  @ApiProperty({
    description: 'SHA-256 of provider, model and prompt; without a time, so the same content has the same hash.',
    example: HASH,
  })
  content_hash!: string;

  @ApiProperty({
    description: 'SHA-256 of the stored answer in UTF-8.',
    type: String,
    nullable: true,
    example: HASH,
  })
  answer_hash!: string | null;

  @ApiProperty({ description: 'Why it failed.', type: ErrorView, nullable: true, example: null })
  error!: ErrorView | null;

  @ApiProperty({
    description: 'Input tokens; null: not reported.',
    type: 'integer',
    nullable: true,
    example: 412,
  })
  prompt_tokens!: number | null;

  @ApiProperty({ description: 'Output tokens; null: not reported.', type: 'integer', nullable: true, example: 64 })
  completion_tokens!: number | null;

  @ApiProperty({ description: 'Cost in USD, charged to the budget of its day.', example: '0.0001002' })
  cost!: string;

  @ApiProperty({
    description: 'false: the provider did not report usage, so the highest possible cost was charged.',
    example: true,
  })
  cost_known!: boolean;

  @ApiProperty({ description: 'When.', format: 'date-time', example: TIME })
  asked_at!: string;

  @ApiProperty({ description: 'When it ended.', type: String, format: 'date-time', nullable: true, example: TIME })
  answered_at!: string | null;
}

export class LlmMessageView {
  @ApiProperty({ description: 'system or user.', example: 'user' })
  role!: string;

  @ApiProperty({ description: 'Its text.', example: '{"agent":"macro"}' })
  content!: string;
}

/** The same with its texts. */
export class LlmCallDetailView extends LlmCallView {
  @ApiProperty({ description: 'Prompt.', type: [LlmMessageView] })
  prompt!: LlmMessageView[];

  @ApiProperty({
    description:
      'What was written; U+FFFD stands for what text cannot hold (NUL, lone surrogates). null without an answer, or where it held the API key.',
    type: String,
    nullable: true,
    example: '{"score": 12, "confidence": 0.8, "reasoning": "Calm."}',
  })
  answer!: string | null;

  @ApiProperty({
    description: 'Parsed result, before limits; null: not usable.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { score: 12, confidence: 0.8, reasoning: 'Calm.' },
  })
  verdict!: Record<string, unknown> | null;
}

export function toLlmCallView(row: LlmCallRow): LlmCallView {
  const { error, cost, asked_at, answered_at, ...rest } = row;
  return {
    ...rest,
    error: error && { code: error.code, message: error.detail },
    cost: plainText(cost),
    asked_at: asked_at.toISOString(),
    answered_at: answered_at?.toISOString() ?? null,
  };
}

export function toLlmCallDetailView({ prompt, answer, verdict, ...row }: LlmCallDetailRow): LlmCallDetailView {
  return { ...toLlmCallView(row), prompt: [...prompt], answer, verdict: verdict && { ...verdict } };
}
