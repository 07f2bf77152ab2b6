import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { HistoryQuery } from '../../platform/http/paging/paging.js';

const SIGNALS = ['BUY', 'SELL', 'HOLD'] as const;
const STATUSES = ['completed', 'failed', 'skipped'] as const;
const TRADE_TYPES = ['BUY', 'SELL'] as const;

export class ExecutionsQuery extends HistoryQuery {
  @ApiPropertyOptional({ description: 'Only decisions with this signal.', enum: SIGNALS })
  @IsOptional()
  @IsIn(SIGNALS)
  signal?: (typeof SIGNALS)[number];

  @ApiPropertyOptional({ description: 'Only decisions with this outcome.', enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];
}

export class TradesQuery extends HistoryQuery {
  @ApiPropertyOptional({ description: 'Only this side.', enum: TRADE_TYPES })
  @IsOptional()
  @IsIn(TRADE_TYPES)
  trade_type?: (typeof TRADE_TYPES)[number];
}
