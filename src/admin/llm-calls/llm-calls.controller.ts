import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../auth/access.js';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { ApiCursorPage, ApiProblems } from '../../platform/http/docs/api-docs.js';
import { NotFound } from '../../platform/http/problems/app-errors.js';
import { type CursorPage, cursorOf, pageOf } from '../../platform/http/paging.js';
import { UuidParam } from '../../platform/http/input/path-params.js';
import { LlmCallsStore } from './llm-calls.store.js';
import { LlmCallDetailView, LlmCallView, toLlmCallDetailView, toLlmCallView, LlmCallsQuery } from './llm-calls.view.js';

/** Its name in cursors. */
const LIST = 'llm-calls';

@ApiTags('admin: language models')
@Controller('admin/llm-calls')
@Roles('admin')
export class AdminLlmCallsController {
  constructor(
    private readonly store: LlmCallsStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listLlmCalls', summary: 'List LLM calls' })
  @ApiCursorPage(LlmCallView)
  @ApiProblems(400, 503)
  async list(@Query() query: LlmCallsQuery): Promise<CursorPage<LlmCallView>> {
    const { agent = null, status = null, run_id: runId = null, from = null, to = null } = query;
    const before = cursorOf(LIST, query.cursor, 'uuid');
    const rows = await this.store.list({ agent, status, runId, from, to }, before, query.limit + 1, this.clock.now());
    return pageOf(LIST, rows, query.limit, toLlmCallView, (row) => row.id);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getLlmCall', summary: 'Get an LLM call' })
  @ApiParam({ name: 'id', description: 'Id of the call.', format: 'uuid' })
  @ApiOkResponse({ type: LlmCallDetailView, description: 'The call.' })
  @ApiProblems(404, 503)
  async get(@Param('id', new UuidParam('llm call')) id: string): Promise<LlmCallDetailView> {
    const row = await this.store.find(id, this.clock.now());
    if (!row) throw new NotFound('llm call');
    return toLlmCallDetailView(row);
  }
}
