import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { EntityManager } from 'typeorm';
import { Roles } from '../../auth/access.js';
import { AuditLogService, RequestedBy, type RequestOrigin } from '../../auth/audit-log/audit-log.service.js';
import { ApiCursorPage, ApiProblems } from '../../platform/http/docs/api-docs.js';
import { NotFound } from '../../platform/http/problems/app-errors.js';
import { API_PREFIX } from '../../platform/http/configure-http.js';
import { type CursorPage, cursorOf, pageOf } from '../../platform/http/paging.js';
import { IntParam, UuidParam } from '../../platform/http/input/path-params.js';
import { Idempotency, type IdempotencyScope } from '../../platform/idempotency/idempotency-scope.js';
import { Idempotent } from '../../platform/idempotency/idempotency.interceptor.js';
import { RunDispatcher } from '../planner/run-dispatcher.js';
import { RunPlanner } from '../planner/run-planner.js';
import { RunView, RunsQuery } from './run.view.js';
import { RunViewStore } from './run-view.store.js';

const DEFINITION_ID = { name: 'id', description: 'Id of the definition.', type: 'integer', example: 1 };

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
  @ApiParam(DEFINITION_ID)
  @ApiOperation({ operationId: 'listRuns', summary: 'List runs of a definition' })
  @ApiCursorPage(RunView)
  @ApiProblems(400, 404)
  async list(
    @Param('id', new IntParam('strategy definition')) id: number,
    @Query() query: RunsQuery,
  ): Promise<CursorPage<RunView>> {
    const list = `runs of ${id}`;
    const before = cursorOf(list, query.cursor, 'uuid');
    if (!(await this.store.definitionExists(id))) throw new NotFound('strategy definition');
    const { status = null, from = null, to = null } = query;
    const runs = await this.store.list(id, { status, from, to }, query.limit + 1, before);
    return pageOf(
      list,
      runs,
      query.limit,
      (run) => run,
      (run) => run.id,
    );
  }

  @Post('strategy-definitions/:id/runs')
  @HttpCode(202)
  @Roles('admin')
  @Idempotent()
  @ApiParam(DEFINITION_ID)
  @ApiOperation({ operationId: 'runNow', summary: 'Start a run' })
  @ApiAcceptedResponse({ type: RunView, description: 'The run is queued. GET /runs/{id} shows its progress.' })
  @ApiProblems(404, 409)
  async runNow(
    @Param('id', new IntParam('strategy definition')) id: number,
    @RequestedBy() by: RequestOrigin,
    @Idempotency() once: IdempotencyScope,
    @Res({ passthrough: true }) res: Response,
  ): Promise<RunView> {
    const record = (manager: EntityManager, run: string): Promise<void> =>
      this.audit.record(
        {
          ...by,
          action: 'run.requested',
          target_type: 'strategy_definition',
          target_id: String(id),
          after: { run_id: run },
        },
        manager,
      );
    const runId = await this.planner.planNow(id, record, once);
    await this.dispatcher.tryToDispatch(runId);
    res.setHeader('Location', `${API_PREFIX}/runs/${runId}`);
    return this.get(runId);
  }

  @Get('runs/:id')
  @Roles('trader', 'admin')
  @ApiParam({ name: 'id', description: 'Id of the run.', format: 'uuid' })
  @ApiOperation({ operationId: 'getRun', summary: 'Get a run' })
  @ApiOkResponse({ type: RunView })
  @ApiProblems(404)
  async get(@Param('id', new UuidParam('run')) id: string): Promise<RunView> {
    const run = await this.store.find(id);
    if (!run) throw new NotFound('run');
    return run;
  }
}
