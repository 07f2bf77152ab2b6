import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { HistoryQuery } from '../../platform/http/paging/paging.js';
import { QueryText } from '../../platform/http/input/query-values.js';

export const LLM_CALL_STATUSES = ['asked', 'answered', 'failed'] as const;

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
