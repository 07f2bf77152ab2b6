import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { AnalysisView, ErrorView } from '../../instances/history/execution.dto.js';
import { HistoryQuery } from '../../platform/http/paging.js';
import { RUN_STATUSES, type RunStatus } from '../runs/strategy-run.entity.js';

const EXAMPLE_RUN = '019a9c2e-7c00-7000-8000-000000000001';

/** Strategies of a run by outcome. */
export class RunCountersView {
  @ApiProperty({ description: 'Strategies processed.', type: 'integer', example: 25 })
  instances!: number;

  @ApiProperty({ description: 'Strategies that traded.', type: 'integer', example: 3 })
  executed!: number;

  @ApiProperty({ description: 'Strategies that decided not to trade, or could not.', type: 'integer', example: 22 })
  held!: number;

  @ApiProperty({
    description: 'Strategies that failed; each has an execution with the error.',
    type: 'integer',
    example: 0,
  })
  failed!: number;
}

/** One tick of one definition. */
export class RunView {
  @ApiProperty({ description: 'Id.', format: 'uuid', example: EXAMPLE_RUN })
  id!: string;

  @ApiProperty({ description: 'Definition of the run.', type: 'integer', example: 1 })
  strategy_definition_id!: number;

  @ApiProperty({ description: 'Version of the definition that the run was made from.', type: 'integer', example: 1 })
  definition_version!: number;

  @ApiProperty({ description: 'Scheduled time of the run.', format: 'date-time', example: '2026-01-15T12:00:00.000Z' })
  scheduled_for!: string;

  @ApiProperty({ description: 'Why the run was created.', enum: ['schedule', 'manual'], example: 'schedule' })
  trigger!: string;

  @ApiProperty({
    description:
      'degraded: finished, but an agent or its language model did not deliver, or a strategy failed. skipped: nothing ran at this time.',
    enum: ['queued', 'analysing', 'deciding', 'completed', 'degraded', 'failed', 'skipped'],
    example: 'completed',
  })
  status!: string;

  @ApiProperty({
    description:
      'Market values of the run: price, 24-hour change, fear and greed, dollar index, each with source and time.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: {
      market: 'simulated',
      symbol: 'BTC',
      price: { value: '65000', source: 'simulated', observed_at: '2026-01-15T12:00:00.000Z' },
    },
  })
  market_snapshot!: unknown;

  @ApiProperty({ description: 'Strategies by outcome.', type: RunCountersView })
  counters!: RunCountersView;

  @ApiProperty({ description: 'Why it failed.', type: ErrorView, nullable: true, example: null })
  error!: ErrorView | null;

  @ApiProperty({
    description: 'When a worker started it; null before.',
    format: 'date-time',
    type: String,
    nullable: true,
    example: '2026-01-15T12:00:00.412Z',
  })
  started_at!: string | null;

  @ApiProperty({
    description: 'When it ended; null before.',
    format: 'date-time',
    type: String,
    nullable: true,
    example: '2026-01-15T12:00:00.655Z',
  })
  finished_at!: string | null;

  @ApiProperty({
    type: [AnalysisView],
    description: 'Analyses of its business agents; null when they are no longer kept.',
    nullable: true,
  })
  analyses!: AnalysisView[] | null;
}

/** `from` and `to` apply to the scheduled time. */
export class RunsQuery extends HistoryQuery {
  @ApiPropertyOptional({ description: 'Only runs in this state.', enum: RUN_STATUSES })
  @IsOptional()
  @IsIn(RUN_STATUSES)
  status?: RunStatus;
}
