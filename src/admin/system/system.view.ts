import { ApiProperty } from '@nestjs/swagger';
import { plainText } from '../../domain/money/decimal.js';
import { ErrorView } from '../../instances/history/execution.dto.js';
import type { InvariantCheck } from '../../invariants/invariant-check.entity.js';
import type { ApiStateRow, LanguageModelRow } from './system.store.js';

const TIME = '2026-01-15T12:00:00.000Z';
const STATUSES = ['ok', 'failing', 'paused', 'switched_off', 'not_asked'] as const;

/** How an outside API does, by what all processes noted when they last asked it. */
export class ApiStateView {
  @ApiProperty({ description: 'API.', example: 'fred_api' })
  api!: string;

  @ApiProperty({
    description:
      'failing: the last request failed. paused: it asked for a pause until paused_until. switched_off: by an ' +
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

  @ApiProperty({ description: 'The last failure; kept when the API is back.', type: ErrorView, nullable: true })
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

/** How a business agent whose LLM mode is on does today (UTC). */
export class LanguageModelView {
  @ApiProperty({ description: 'Business agent.', example: 'macro' })
  agent!: string;

  @ApiProperty({ description: 'Model.', example: 'gpt-4o-mini' })
  model!: string;

  @ApiProperty({ description: 'Daily budget in USD.', example: '1' })
  daily_budget!: string;

  @ApiProperty({ description: 'USD spent or reserved today.', example: '0.0123' })
  spent_today!: string;

  @ApiProperty({ description: 'Calls today, without reused answers.', type: 'integer', example: 12 })
  questions_today!: number;

  @ApiProperty({ description: 'Failed calls today.', type: 'integer', example: 0 })
  failed_today!: number;

  @ApiProperty({ description: 'The last failure of today.', type: ErrorView, nullable: true, example: null })
  last_failure!: ErrorView | null;
}

export function toLanguageModelView(row: LanguageModelRow): LanguageModelView {
  const { daily_budget, spent_today, last_failure, ...rest } = row;
  return {
    ...rest,
    daily_budget: plainText(daily_budget),
    spent_today: plainText(spent_today),
    last_failure: last_failure && { code: last_failure.code, message: last_failure.detail },
  };
}

class InvariantResultView {
  @ApiProperty({ description: 'Stable name.', example: 'cash_differs_from_ledger' })
  name!: string;

  @ApiProperty({
    description: 'What the check looks for.',
    example: 'free cash that is not the sum of the quote entries of the ledger',
  })
  forbids!: string;

  @ApiProperty({ description: 'Number of violations.', type: 'integer', example: 0 })
  violations!: number;

  @ApiProperty({ description: 'Keys of some of the rows.', type: [String], example: [] })
  examples!: string[];
}

/** A check of all invariants. */
export class InvariantCheckView {
  @ApiProperty({ description: 'When.', format: 'date-time', example: '2026-01-15T12:00:00.000Z' })
  checked_at!: string;

  @ApiProperty({ description: 'Milliseconds it took.', type: 'integer', example: 240 })
  duration_ms!: number;

  @ApiProperty({
    description:
      'What older runs, orders, trades and snapshots hold was left out, as it has been checked before; null: everything ' +
      'was checked. Sums over the ledger always begin with its first entry.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
  })
  since!: string | null;

  @ApiProperty({ description: 'Number of violated invariants.', type: 'integer', example: 0 })
  violated!: number;

  @ApiProperty({ description: 'Each of them.', type: [InvariantResultView] })
  results!: InvariantResultView[];
}

export function toInvariantCheckView(check: InvariantCheck): InvariantCheckView {
  return {
    checked_at: check.checked_at.toISOString(),
    duration_ms: check.duration_ms,
    since: check.since?.toISOString() ?? null,
    violated: check.violated,
    results: check.results.map(({ name, forbids, violations, examples }) => ({
      name,
      forbids,
      violations,
      examples: [...examples],
    })),
  };
}
