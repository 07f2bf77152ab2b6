import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../auth/access.js';
import { AuditLogService } from '../../auth/audit-log/audit-log.service.js';
import { ApiCursorPage, ApiProblems } from '../../platform/http/api-docs.js';
import { CursorQuery, type CursorPage } from '../../platform/http/paging.js';
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
  async list(@Query() query: CursorQuery): Promise<CursorPage<AuditEntryView>> {
    const page = await this.auditLog.list(query);
    return { items: page.items.map(toAuditEntryView), next_cursor: page.next_cursor };
  }
}
