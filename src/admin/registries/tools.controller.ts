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
import { TOOLS } from '../../registry/registry.store.js';
import { SwitchBody, toRegistryChange } from './registries.dto.js';
import { ToolView, toToolView } from './registries.view.js';

const NAME = { name: 'name', description: 'Name of the tool.', example: 'get_fear_greed' };

@ApiTags('admin: registries')
@Controller('admin/tools')
@Roles('admin')
export class AdminToolsController {
  constructor(private readonly registry: RegistryService) {}

  @Get()
  @ApiOperation({ operationId: 'listTools', summary: 'List tools' })
  @ApiPage(ToolView)
  @ApiProblems(400, 503)
  async list(@Query() query: PlainListQuery): Promise<Page<ToolView>> {
    const page = await this.registry.list(TOOLS, query);
    return { ...page, items: page.items.map(toToolView) };
  }

  @Get(':name')
  @ApiOperation({ operationId: 'getTool', summary: 'Get a tool' })
  @ApiParam(NAME)
  @ApiOkResponse({ type: ToolView, description: 'The tool.' })
  @ApiProblems(404, 503)
  async get(
    @Param('name', new NameParam('tool')) name: string,
    @Res({ passthrough: true }) res: Response,
  ): Promise<ToolView> {
    const row = await this.registry.get(TOOLS, name);
    setETag(res, row.version);
    return toToolView(row);
  }

  @Patch(':name')
  @ApiOperation({
    operationId: 'updateTool',
    summary: 'Change a tool',
    description: 'Switches it or its LLM mode on or off, or changes its display name. Takes effect on the next run.',
  })
  @ApiParam(NAME)
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: ToolView, description: 'The changed tool.' })
  @ApiProblems(400, 404, 412, 413, 415, 422, 503)
  async update(
    @Param('name', new NameParam('tool')) name: string,
    @Body() body: SwitchBody,
    @RequestedBy() by: RequestOrigin,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<ToolView> {
    const checkVersion = (version: number): void => checkIfMatch(req, version, { requiredWhenStrict: false });
    const row = await this.registry.change(TOOLS, name, toRegistryChange(body), by, checkVersion);
    setETag(res, row.version);
    return toToolView(row);
  }
}
