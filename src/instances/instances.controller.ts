import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentUser, Roles, SignedIn, type SignedInUser } from '../auth/access.js';
import { RequestedBy, type RequestOrigin } from '../auth/audit-log/audit-log.service.js';
import { ApiPage, ApiProblems, IF_MATCH_HEADER } from '../platform/http/docs/api-docs.js';
import { API_PREFIX } from '../platform/http/configure-http.js';
import { checkIfMatch, setETag } from '../platform/http/etag.js';
import type { Page } from '../platform/http/paging.js';
import { UuidParam } from '../platform/http/input/path-params.js';
import { Idempotency, type IdempotencyScope } from '../platform/idempotency/idempotency-scope.js';
import { Idempotent } from '../platform/idempotency/idempotency.interceptor.js';
import { InstanceChangesService } from './instance-changes.service.js';
import { CreateInstanceBody, ArchiveInstanceQuery, UpdateInstanceBody } from './create-instance.dto.js';
import { InstanceCreationService } from './instance-creation.service.js';
import { SORTABLE, InstancesQuery } from './views/instance-filter.js';
import { InstanceViewsService } from './views/instance-views.service.js';
import { InstanceView } from './views/instance.dto.js';

const ID = new UuidParam('strategy');
const ID_PARAM = { name: 'id', description: 'Id of the strategy.', format: 'uuid' };

/** Instances, which the interface calls strategies. */
@ApiTags('strategies')
@Controller('strategies')
export class InstancesController {
  constructor(
    private readonly views: InstanceViewsService,
    private readonly creation: InstanceCreationService,
    private readonly changes: InstanceChangesService,
  ) {}

  @Get()
  @SignedIn()
  @ApiOperation({
    operationId: 'listStrategies',
    summary: 'List strategies',
    description: `Sort by ${Object.keys(SORTABLE).join(', ')}; newest first unless told. The role user sees active ones, without params.`,
  })
  @ApiPage(InstanceView)
  @ApiProblems(400, 403)
  list(@Query() query: InstancesQuery, @CurrentUser() user: SignedInUser): Promise<Page<InstanceView>> {
    return this.views.list(user, query);
  }

  @Post()
  @Roles('trader', 'admin')
  @Idempotent()
  @ApiOperation({
    operationId: 'createStrategy',
    summary: 'Create a strategy',
    description:
      'It starts at once and takes part from the next run of its definition on. 409 `too_many_instances` when the user ' +
      'has as many as MAX_INSTANCES_PER_USER allows, archived ones not counted.',
  })
  @ApiCreatedResponse({ type: InstanceView, description: 'The strategy. See its warnings.' })
  @ApiProblems(400, 409, 413, 415, 422)
  async create(
    @Body() body: CreateInstanceBody,
    @CurrentUser() user: SignedInUser,
    @RequestedBy() by: RequestOrigin,
    @Idempotency() once: IdempotencyScope,
    @Res({ passthrough: true }) res: Response,
  ): Promise<InstanceView> {
    const id = await this.creation.create(user, body, by.trace_id, once);
    res.setHeader('Location', `${API_PREFIX}/strategies/${id}`);
    return this.show(user, id, res);
  }

  @Get(':id')
  @SignedIn()
  @ApiParam(ID_PARAM)
  @ApiOperation({ operationId: 'getStrategy', summary: 'Get a strategy' })
  @ApiOkResponse({ type: InstanceView, description: 'The strategy, as far as the role may see it.' })
  @ApiProblems(404)
  async get(
    @Param('id', ID) id: string,
    @CurrentUser() user: SignedInUser,
    @Res({ passthrough: true }) res: Response,
  ): Promise<InstanceView> {
    return this.show(user, id, res);
  }

  @Patch(':id')
  @Roles('user', 'trader', 'admin')
  @ApiParam(ID_PARAM)
  @ApiOperation({
    operationId: 'updateStrategy',
    summary: 'Change, pause or start a strategy',
    description:
      'For the owner and administrators. Params are merged and take effect from the next run. An owner whose role is ' +
      'user can only stop it.',
  })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: InstanceView, description: 'The changed strategy.' })
  @ApiProblems(400, 404, 409, 412, 413, 415, 422, 428)
  async update(
    @Param('id', ID) id: string,
    @Body() body: UpdateInstanceBody,
    @CurrentUser() user: SignedInUser,
    @RequestedBy() by: RequestOrigin,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<InstanceView> {
    await this.changes.update({ id, viewer: user, by, precondition: preconditionOf(req) }, body);
    return this.show(user, id, res);
  }

  @Delete(':id')
  @Roles('user', 'trader', 'admin')
  @Idempotent()
  @ApiParam(ID_PARAM)
  @ApiOperation({
    operationId: 'archiveStrategy',
    summary: 'Stop a strategy',
    description: 'Its owner or an admin. Its history stays. Archived for good: it cannot be started again.',
  })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: InstanceView, description: 'The archived strategy.' })
  @ApiProblems(400, 404, 409, 412, 428, 503)
  async archive(
    @Param('id', ID) id: string,
    @Query() query: ArchiveInstanceQuery,
    @CurrentUser() user: SignedInUser,
    @RequestedBy() by: RequestOrigin,
    @Idempotency() once: IdempotencyScope,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<InstanceView> {
    const request = { id, viewer: user, by, precondition: preconditionOf(req) };
    await this.changes.archive(request, query.close_positions ?? false, once);
    return this.show(user, id, res);
  }

  private async show(user: SignedInUser, id: string, res: Response): Promise<InstanceView> {
    const view = await this.views.get(user, id);
    setETag(res, view.version);
    return view;
  }
}

function preconditionOf(req: Request): (version: number) => void {
  return (version) => checkIfMatch(req, version, { requiredWhenStrict: true });
}
