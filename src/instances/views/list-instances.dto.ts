import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { ListQuery } from '../../platform/http/paging.js';
import { QueryInt } from '../../platform/http/query-values.js';
import type { InstanceStatus } from './instance-view.store.js';

const LARGEST_INT4 = 2_147_483_647;
const STATUSES = ['active', 'stopped', 'archived'] as const satisfies readonly InstanceStatus[];
const TRADING_MODES = ['paper', 'live'] as const;

export class InstancesQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Only of this definition.', type: 'integer', example: 1 })
  @QueryInt(1, LARGEST_INT4)
  definition_id?: number;

  @ApiPropertyOptional({ description: 'Only of this user; admins only.', type: String, format: 'uuid' })
  @IsOptional()
  @IsUUID()
  user_id?: string;

  @ApiPropertyOptional({ description: 'Left out: all that are not archived.', enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: InstanceStatus;

  @ApiPropertyOptional({ description: 'Only in this mode.', enum: TRADING_MODES })
  @IsOptional()
  @IsIn(TRADING_MODES)
  trading_mode?: 'paper' | 'live';

  @ApiPropertyOptional({
    description: 'Part of the name; upper and lower case count alike.',
    type: String,
    example: 'btc',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}
