import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { plainText } from '../../domain/money/decimal.js';
import { publicAmount } from '../public-figures.js';
import { OwnerSummary } from '../views/instance.dto.js';
import type { LedgerRow, ParamsVersionRow, SnapshotRow } from './book.store.js';

const TIME = '2026-01-01T12:00:00.000Z';

/** A point of the equity curve, in quote currency; cash and positions are for traders and admins. */
export class SnapshotView {
  @ApiProperty({ description: 'Taken at.', example: TIME, format: 'date-time' })
  taken_at!: string;

  @ApiProperty({ description: 'Cash and positions.', example: '10097.9' })
  total_value!: string;

  @ApiPropertyOptional({ description: 'Cash.', example: '7897.9' })
  cash?: string;

  @ApiPropertyOptional({ description: 'Positions.', example: '2200' })
  positions_value?: string;

  @ApiProperty({
    description: 'Price of the valuation; null for the deposit.',
    example: '110000',
    type: String,
    nullable: true,
  })
  price!: string | null;
}

/** Params that counted from a time on. */
export class ParamsVersionView {
  @ApiProperty({ description: 'Version; executions refer to it.', example: 1, type: 'integer' })
  params_version!: number;

  @ApiProperty({
    description: 'Complete params.',
    example: { buy_threshold: 55 },
    type: 'object',
    additionalProperties: true,
  })
  params!: Record<string, unknown>;

  @ApiProperty({ description: 'Who changed them; null: the system.', type: OwnerSummary, nullable: true })
  changed_by!: OwnerSummary | null;

  @ApiProperty({ description: 'Changed at.', example: TIME, format: 'date-time' })
  changed_at!: string;
}

/** A movement of an asset; the balance is the sum of these. */
export class LedgerEntryView {
  @ApiProperty({ description: 'Id, ascending.', example: '42' })
  id!: string;

  @ApiProperty({ description: 'Asset.', example: 'USDT' })
  asset!: string;

  @ApiProperty({ description: 'Positive: added; negative: taken out.', example: '10000' })
  amount!: string;

  @ApiProperty({
    description: 'Kind.',
    enum: ['deposit', 'withdrawal', 'trade', 'fee', 'funding', 'liquidation', 'adjustment'],
    example: 'deposit',
  })
  kind!: string;

  @ApiProperty({ description: 'Trade that caused it.', example: null, type: String, format: 'uuid', nullable: true })
  trade_id!: string | null;

  @ApiProperty({ description: 'Booked at.', example: TIME, format: 'date-time' })
  occurred_at!: string;
}

/** A snapshot as it leaves through the interface. */
export function toSnapshotView(row: SnapshotRow): SnapshotView {
  return {
    taken_at: row.taken_at.toISOString(),
    total_value: plainText(row.total_value),
    cash: plainText(row.cash),
    positions_value: plainText(row.positions_value),
    price: row.price === null ? null : plainText(row.price),
  };
}

/** The same without what gives the size of orders away. */
export function toPublicSnapshotView(row: SnapshotRow): SnapshotView {
  const { taken_at, price } = toSnapshotView(row);
  return { taken_at, total_value: publicAmount(row.total_value, row.initial_balance), price };
}

/** A version of the params as it leaves through the interface. */
export function toParamsVersionView(row: ParamsVersionRow): ParamsVersionView {
  return {
    params_version: row.params_version,
    params: row.params,
    changed_by: row.changed_by === null ? null : { id: row.changed_by, full_name: row.changed_by_name },
    changed_at: row.changed_at.toISOString(),
  };
}

/** A ledger entry as it leaves through the interface. */
export function toLedgerEntryView(row: LedgerRow): LedgerEntryView {
  return {
    id: row.id,
    asset: row.asset,
    amount: plainText(row.amount),
    kind: row.kind,
    trade_id: row.trade_id,
    occurred_at: row.occurred_at.toISOString(),
  };
}
