import { ApiProperty } from '@nestjs/swagger';
import type { InvariantCheck } from '../../invariants/invariant-check.entity.js';

export class InvariantResultView {
  @ApiProperty({ description: 'Stable name.', example: 'cash_differs_from_ledger' })
  name!: string;

  @ApiProperty({
    description: 'What must never be.',
    example: 'free cash that is not the sum of the quote entries of the ledger',
  })
  forbids!: string;

  @ApiProperty({ description: 'How often it was found; 0 is right.', type: 'integer', example: 0 })
  violations!: number;

  @ApiProperty({ description: 'Keys of some of the rows where it was found.', type: [String], example: [] })
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

  @ApiProperty({ description: 'Invariants that do not hold.', type: 'integer', example: 0 })
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
