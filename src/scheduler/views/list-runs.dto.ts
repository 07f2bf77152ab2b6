import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { HistoryQuery } from '../../platform/http/paging/paging.js';
import { RUN_STATUSES, type RunStatus } from '../runs/strategy-run.entity.js';

/** `from` and `to` are about the time that a run was scheduled for. */
export class RunsQuery extends HistoryQuery {
  @ApiPropertyOptional({ description: 'Only runs in this state.', enum: RUN_STATUSES })
  @IsOptional()
  @IsIn(RUN_STATUSES)
  status?: RunStatus;
}
