import { ApiPropertyOptional } from '@nestjs/swagger';
import { HistoryQuery } from '../../platform/http/paging/paging.js';
import { QueryText } from '../../platform/http/input/query-values.js';

export class AuditLogQuery extends HistoryQuery {
  @ApiPropertyOptional({ description: 'Only this action, such as api.changed.', type: String })
  @QueryText(64)
  action?: string;

  @ApiPropertyOptional({ description: 'Only what this user did: id, or the address they had then.', type: String })
  @QueryText(254)
  actor?: string;

  @ApiPropertyOptional({ description: 'Only what was done to this kind of thing, such as api or user.', type: String })
  @QueryText(64)
  target_type?: string;

  @ApiPropertyOptional({ description: 'Only what was done to the thing of this id or name.', type: String })
  @QueryText(200)
  target?: string;
}
