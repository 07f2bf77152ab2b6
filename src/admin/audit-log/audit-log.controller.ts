import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../auth/access.js';
import { AuditLogService } from '../../auth/audit-log/audit-log.service.js';
import { ApiCursorPage, ApiProblems } from '../../platform/http/api-docs.js';
import type { CursorPage } from '../../platform/http/paging.js';
import { AuditLogQuery } from './audit-log.dto.js';
import { AuditEntryView, toAuditEntryView } from './audit-log.view.js';

@ApiTags('admin: audit log')
@Controller('admin/audit-log')
@Roles('admin')
export class AdminAuditLogController {
  constructor(private readonly auditLog: AuditLogService) {}

  @Get()
  @ApiOperation({ operationId: 'listAuditLog', summary: 'Who did what, newest first' })
  @ApiCursorPage(AuditEntryView)
  @ApiProblems(400, 503)
  async list(@Query() query: AuditLogQuery): Promise<CursorPage<AuditEntryView>> {
    const { action, actor, target_type: targetType, target, from, to } = query;
    const page = await this.auditLog.list({ action, actor, targetType, target, from, to }, query);
    return { items: page.items.map(toAuditEntryView), next_cursor: page.next_cursor };
  }
}
