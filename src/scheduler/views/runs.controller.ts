import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../auth/access.js';
import { AuditLogService } from '../../auth/audit-log/audit-log.service.js';
import { RequestedBy, type RequestOrigin } from '../../auth/audit-log/requested-by.js';
import { ApiCursorPage, ApiProblems } from '../../platform/http/api-docs.js';
import { MalformedRequest, NotFound } from '../../platform/http/app-errors.js';
import { CursorQuery, type CursorPage } from '../../platform/http/paging.js';
import { IntParam, UuidParam } from '../../platform/http/path-params.js';
import { RunDispatcher } from '../heartbeat/run-dispatcher.js';
import { RunPlanner } from '../runs/run-planner.js';
import { RunView } from './run.view.js';
import { RunViewStore } from './run-view.store.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@ApiTags('runs')
@Controller()
export class RunsController {
  constructor(
    private readonly store: RunViewStore,
    private readonly planner: RunPlanner,
    private readonly dispatcher: RunDispatcher,
    private readonly audit: AuditLogService,
  ) {}

  @Get('strategy-definitions/:id/runs')
  @Roles('trader', 'admin')
  @ApiOperation({ operationId: 'listRuns', summary: 'Runs of a definition, newest first, with their analyses' })
  @ApiCursorPage(RunView)
  @ApiProblems(400, 404)
  async list(
    @Param('id', new IntParam('strategy definition')) id: number,
    @Query() query: CursorQuery,
  ): Promise<CursorPage<RunView>> {
    if (!(await this.store.definitionExists(id))) throw new NotFound('strategy definition');
    const runs = await this.store.list(id, query.limit + 1, cursorOf(query.cursor));
    const items = runs.slice(0, query.limit);
    return { items, next_cursor: runs.length > query.limit ? (items.at(-1)?.id ?? null) : null };
  }

  @Post('strategy-definitions/:id/runs')
  @HttpCode(202)
  @Roles('admin')
  @ApiOperation({ operationId: 'runNow', summary: 'Run a definition now, beside its schedule' })
  @ApiAcceptedResponse({ type: RunView, description: 'The run waits in the queue; GET /runs/{id} tells how it goes.' })
  @ApiProblems(404, 409)
  async runNow(
    @Param('id', new IntParam('strategy definition')) id: number,
    @RequestedBy() by: RequestOrigin,
  ): Promise<RunView> {
    const runId = await this.planner.planNow(id);
    await this.dispatcher.dispatch(runId);
    await this.audit.record({ ...by, action: 'run.requested', target_type: 'run', target_id: runId });
    return this.get(runId);
  }

  @Get('runs/:id')
  @Roles('trader', 'admin')
  @ApiOperation({ operationId: 'getRun', summary: 'A run with its analyses, market and counters' })
  @ApiOkResponse({ type: RunView })
  @ApiProblems(404)
  async get(@Param('id', new UuidParam('run')) id: string): Promise<RunView> {
    const run = await this.store.find(id);
    if (!run) throw new NotFound('run');
    return run;
  }
}

function cursorOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  if (UUID.test(cursor)) return cursor;
  throw new MalformedRequest('bad_cursor', 'Send the next_cursor of the page before, as it is.', [
    { pointer: '/cursor', code: 'bad_cursor', message: 'This is no cursor of this list.' },
  ]);
}
