import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { QueryBoolean, QueryInt, QueryNumber, QueryText, QueryTime } from '../../platform/http/input/query-values.js';
import { ListQuery } from '../../platform/http/paging.js';

export type InstanceStatus = 'active' | 'stopped' | 'archived';

/** Which instances to list; a null filter lets everything through. */
export interface InstanceFilter {
  readonly definitionId: number | null;
  readonly userId: string | null;
  /** Null: all that are not archived. */
  readonly status: InstanceStatus | null;
  readonly tradingMode: string | null;
  /** Part of the name, upper and lower case alike. */
  readonly nameContains: string | null;
  /** Look into the names as others see them, unless they are this user's; null: into all as they are. */
  readonly publicNamesExceptOf: string | null;
  /** Leave out instances that are stopped, unless they are this user's; null: leave out nothing. */
  readonly onlyActiveFor: string | null;
  /** Return in percent of the deposit, both ends included. */
  readonly minReturnPercent: number | null;
  readonly maxReturnPercent: number | null;
  readonly createdFrom: Date | null;
  /** Not included. */
  readonly createdBefore: Date | null;
}

export interface InstanceOrder {
  /** From an allow-list, never from a caller. */
  readonly column: string;
  readonly direction: 'ASC' | 'DESC';
}

/** Fields of the interface that a list can be sorted by -> SQL. */
export const SORTABLE = {
  total_pnl_percent: 'p.total_pnl_percent',
  total_value: 'p.total_value',
  created_at: 'p.created_at',
} as const;

const LARGEST_INT4 = 2_147_483_647;
const STATUSES = ['active', 'stopped', 'archived'] as const satisfies readonly InstanceStatus[];
/** Far beyond what any portfolio can earn. */
const LARGEST_PERCENT = 1_000_000_000;
const TRADING_MODES = ['paper', 'live'] as const;

export class InstancesQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Only strategies of this definition (id).', type: 'integer' })
  @QueryInt(1, LARGEST_INT4)
  definition_id?: number;

  @ApiPropertyOptional({
    description: 'Only strategies of this user. Only administrators may name another user.',
    type: String,
    format: 'uuid',
  })
  @IsOptional()
  @IsUUID()
  user_id?: string;

  @ApiPropertyOptional({ description: 'Only your own strategies.', type: Boolean })
  @QueryBoolean()
  mine?: boolean;

  @ApiPropertyOptional({ description: 'State; by default all that are not archived.', enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: InstanceStatus;

  @ApiPropertyOptional({ description: 'Only in this mode.', enum: TRADING_MODES })
  @IsOptional()
  @IsIn(TRADING_MODES)
  trading_mode?: 'paper' | 'live';

  @ApiPropertyOptional({
    description: 'Part of the name, case-insensitive.',
    type: String,
  })
  @QueryText(200)
  q?: string;

  @ApiPropertyOptional({ description: 'Only with this return or more, in percent of the deposit.', type: Number })
  @QueryNumber(-LARGEST_PERCENT, LARGEST_PERCENT)
  min_total_pnl_percent?: number;

  @ApiPropertyOptional({ description: 'Only with this return or less, in percent of the deposit.', type: Number })
  @QueryNumber(-LARGEST_PERCENT, LARGEST_PERCENT)
  max_total_pnl_percent?: number;

  @QueryTime('Only created at this time or later.')
  created_from?: Date;

  @QueryTime('Only created before this time.')
  created_to?: Date;
}
