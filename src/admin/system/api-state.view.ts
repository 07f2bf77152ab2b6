import { ApiProperty } from '@nestjs/swagger';
import { ErrorView } from '../../instances/history/execution.dto.js';
import type { ApiStateRow } from './system.store.js';

const TIME = '2026-01-15T12:00:00.000Z';
const STATUSES = ['ok', 'failing', 'paused', 'switched_off', 'not_asked'] as const;

/** How an outside API does, by what all processes noted when they last asked it. */
export class ApiStateView {
  @ApiProperty({ description: 'API.', example: 'fred_api' })
  api!: string;

  @ApiProperty({
    description:
      'failing: the last request failed. paused: it asked to be left alone until paused_until. switched_off: by an ' +
      'administrator. not_asked: never yet.',
    enum: STATUSES,
    example: 'ok',
  })
  status!: (typeof STATUSES)[number];

  @ApiProperty({
    description: 'Last answer, to the minute.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: TIME,
  })
  last_success_at!: string | null;

  @ApiProperty({ description: 'Last failure.', type: String, format: 'date-time', nullable: true, example: null })
  last_failure_at!: string | null;

  @ApiProperty({ description: 'What failed last; it stays when the API is back.', type: ErrorView, nullable: true })
  last_failure!: ErrorView | null;

  @ApiProperty({ description: 'Failures since the last answer.', type: 'integer', example: 0 })
  failures_in_row!: number;

  @ApiProperty({ description: 'End of a pause.', type: String, format: 'date-time', nullable: true, example: null })
  paused_until!: string | null;

  @ApiProperty({
    description: 'How far its clock is ahead of the database; null: it told no time.',
    type: 'integer',
    nullable: true,
    example: 0,
  })
  clock_skew_seconds!: number | null;
}

export function toApiStateView(row: ApiStateRow): ApiStateView {
  return {
    api: row.api_name,
    status: statusOf(row),
    last_success_at: row.last_success_at?.toISOString() ?? null,
    last_failure_at: row.last_failure_at?.toISOString() ?? null,
    last_failure: row.last_failure,
    failures_in_row: row.failures_in_row ?? 0,
    paused_until: row.is_paused ? (row.paused_until?.toISOString() ?? null) : null,
    clock_skew_seconds: row.clock_skew_seconds,
  };
}

function statusOf(row: ApiStateRow): ApiStateView['status'] {
  if (!row.is_active) return 'switched_off';
  if (row.is_paused) return 'paused';
  if ((row.failures_in_row ?? 0) > 0) return 'failing';
  return row.last_success_at === null ? 'not_asked' : 'ok';
}
