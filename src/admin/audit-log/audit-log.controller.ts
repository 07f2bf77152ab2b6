import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../auth/access.js';
import { ApiCursorPage, ApiProblems } from '../../platform/http/docs/api-docs.js';
import { type CursorPage, cursorOf, pageOf } from '../../platform/http/paging.js';
import { AuditLogStore, type AuditFilter } from './audit-log.store.js';
import { AuditEntryView, toAuditEntryView, AuditLogQuery } from './audit-log.view.js';

/** Its name in cursors. */
const LIST = 'audit-log';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@ApiTags('admin: audit log')
@Controller('admin/audit-log')
@Roles('admin')
export class AdminAuditLogController {
  constructor(private readonly store: AuditLogStore) {}

  @Get()
  @ApiOperation({ operationId: 'listAuditLog', summary: 'List audit log entries' })
  @ApiCursorPage(AuditEntryView)
  @ApiProblems(400, 503)
  async list(@Query() query: AuditLogQuery): Promise<CursorPage<AuditEntryView>> {
    const before = cursorOf(LIST, query.cursor, 'bigint');
    const rows = await this.store.list(filterOf(query), before, query.limit + 1);
    return pageOf(LIST, rows, query.limit, toAuditEntryView, (row) => row.id);
  }
}

function filterOf(query: AuditLogQuery): AuditFilter {
  const { action = null, target_type: targetType = null, target: targetId = null, from = null, to = null } = query;
  const actor = query.actor?.toLowerCase() ?? null;
  const isId = actor !== null && UUID.test(actor);
  return { action, actorId: isId ? actor : null, actorEmail: isId ? null : actor, targetType, targetId, from, to };
}
