import { Body, Controller, Get, Param, Patch, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Roles } from '../../auth/access.js';
import { RequestedBy, type RequestOrigin } from '../../auth/audit-log/audit-log.service.js';
import { ApiPage, ApiProblems, IF_MATCH_HEADER } from '../../platform/http/docs/api-docs.js';
import { checkIfMatch, setETag } from '../../platform/http/etag.js';
import { PlainListQuery, type Page } from '../../platform/http/paging.js';
import { NameParam } from '../../platform/http/input/path-params.js';
import { RegistryService } from '../../registry/registry.service.js';
import { AGENTS } from '../../registry/registry.store.js';
import { AgentBody } from './agent-body.dto.js';
import { AdminAgentsService } from './agents.service.js';
import { AgentView, toAgentView } from './registries.view.js';

const NAME = { name: 'name', description: 'Name of the agent.', example: 'macro' };

@ApiTags('admin: registries')
@Controller('admin/agents')
@Roles('admin')
export class AdminAgentsController {
  constructor(
    private readonly registry: RegistryService,
    private readonly agents: AdminAgentsService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listAgents', summary: 'List business agents' })
  @ApiPage(AgentView)
  @ApiProblems(400, 503)
  async list(@Query() query: PlainListQuery): Promise<Page<AgentView>> {
    const page = await this.registry.list(AGENTS, query);
    return { ...page, items: page.items.map(toAgentView) };
  }

  @Get(':name')
  @ApiOperation({ operationId: 'getAgent', summary: 'Get a business agent' })
  @ApiParam(NAME)
  @ApiOkResponse({ type: AgentView, description: 'The agent.' })
  @ApiProblems(404, 503)
  async get(
    @Param('name', new NameParam('agent')) name: string,
    @Res({ passthrough: true }) res: Response,
  ): Promise<AgentView> {
    const row = await this.registry.get(AGENTS, name);
    setETag(res, row.version);
    return toAgentView(row);
  }

  @Patch(':name')
  @ApiOperation({
    operationId: 'updateAgent',
    summary: 'Change a business agent',
    description: 'Switches it or its LLM mode on or off, or changes its display name. Takes effect on the next run.',
  })
  @ApiParam(NAME)
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: AgentView, description: 'The changed agent.' })
  @ApiProblems(400, 404, 412, 413, 415, 422, 503)
  async update(
    @Param('name', new NameParam('agent')) name: string,
    @Body() body: AgentBody,
    @RequestedBy() by: RequestOrigin,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<AgentView> {
    const checkVersion = (version: number): void => checkIfMatch(req, version, { requiredWhenStrict: false });
    const row = await this.agents.change(name, body, by, checkVersion);
    setETag(res, row.version);
    return toAgentView(row);
  }
}
