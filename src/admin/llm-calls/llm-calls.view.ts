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
  @ApiPropertyOptional({ description: 'Only what was asked for this business agent.', type: String })
  @QueryText(64)
  agent?: string;

  @ApiPropertyOptional({ description: 'Only questions in this state.', enum: LLM_CALL_STATUSES })
  @IsOptional()
  @IsIn(LLM_CALL_STATUSES)
  status?: (typeof LLM_CALL_STATUSES)[number];

  @ApiPropertyOptional({
    description: 'Only those that an analysis of this run rests on, answers from the store included.',
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

  @ApiProperty({ description: 'Business agent it was asked for.', example: 'macro' })
  agent_name!: string;

  @ApiProperty({ description: 'Address at which the provider was asked.', example: 'https://api.openai.com/v1' })
  provider!: string;

  @ApiProperty({ description: 'Model that was asked.', example: 'gpt-4o-mini' })
  model!: string;

  @ApiProperty({
    description:
      'asked: the answer is waited for. failed: the result of the rules counted, also where whoever asked was gone before the answer came.',
    enum: LLM_CALL_STATUSES,
    example: 'answered',
  })
  status!: string;

  @ApiProperty({
    description: 'SHA-256 of provider, model and prompt; no time occurs in it, so the same content has the same.',
    example: HASH,
  })
  content_hash!: string;

  @ApiProperty({
    description: 'SHA-256 of the answer as it is kept, in UTF-8.',
    type: String,
    nullable: true,
    example: HASH,
  })
  answer_hash!: string | null;

  @ApiProperty({ description: 'Why it failed.', type: ErrorView, nullable: true, example: null })
  error!: ErrorView | null;

  @ApiProperty({
    description: 'Tokens read; null: not told.',
    type: 'integer',
    nullable: true,
    example: 412,
  })
  prompt_tokens!: number | null;

  @ApiProperty({ description: 'Tokens written; null: not told.', type: 'integer', nullable: true, example: 64 })
  completion_tokens!: number | null;

  @ApiProperty({ description: 'USD that it took of the budget of its day.', example: '0.0001002' })
  cost!: string;

  @ApiProperty({
    description: 'false: the provider did not tell, and the most that it can have cost was charged.',
    example: true,
  })
  cost_known!: boolean;

  @ApiProperty({ description: 'When.', format: 'date-time', example: TIME })
  asked_at!: string;

  @ApiProperty({ description: 'When it was over.', type: String, format: 'date-time', nullable: true, example: TIME })
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
  @ApiProperty({ description: 'What was asked.', type: [LlmMessageView] })
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
    description: 'What of it was read, before any limit; null where it was no answer.',
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
