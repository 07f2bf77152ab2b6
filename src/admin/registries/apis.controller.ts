import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Roles } from '../../auth/access.js';
import { RequestedBy, type RequestOrigin } from '../../auth/audit-log/audit-log.service.js';
import { ApiPage, ApiProblems, IF_MATCH_HEADER } from '../../platform/http/docs/api-docs.js';
import { checkIfMatch, setETag } from '../../platform/http/etag.js';
import { PlainListQuery, type Page } from '../../platform/http/paging.js';
import { NameParam } from '../../platform/http/input/path-params.js';
import { RegistryService } from '../../registry/registry.service.js';
import { APIS } from '../../registry/registry.store.js';
import { ApiTestService, ApiTestView } from './api-test.service.js';
import { AdminApisService } from './apis.service.js';
import { ApiConfigBody } from './registries.dto.js';
import { ApiConfigView, ChangedApiView, toApiConfigView } from './registries.view.js';

const NAME = { name: 'name', description: 'Name of the API.', example: 'fred_api' };

@ApiTags('admin: registries')
@Controller('admin/apis')
@Roles('admin')
export class AdminApisController {
  constructor(
    private readonly registry: RegistryService,
    private readonly apis: AdminApisService,
    private readonly tests: ApiTestService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listApis', summary: 'List APIs' })
  @ApiPage(ApiConfigView)
  @ApiProblems(400, 503)
  async list(@Query() query: PlainListQuery): Promise<Page<ApiConfigView>> {
    const page = await this.registry.list(APIS, query);
    return { ...page, items: page.items.map(toApiConfigView) };
  }

  @Get(':name')
  @ApiOperation({ operationId: 'getApi', summary: 'Get an API' })
  @ApiParam(NAME)
  @ApiOkResponse({ type: ApiConfigView, description: 'The API.' })
  @ApiProblems(404, 503)
  async get(
    @Param('name', new NameParam('API')) name: string,
    @Res({ passthrough: true }) res: Response,
  ): Promise<ApiConfigView> {
    const row = await this.registry.get(APIS, name);
    setETag(res, row.version);
    return toApiConfigView(row);
  }

  @Patch(':name')
  @ApiOperation({
    operationId: 'updateApi',
    summary: 'Change an API',
    description:
      'Address, limit, switch and keys. Keys are stored encrypted and never returned. Takes effect on the next ' +
      'request. Another address or key, and switching it on, end a pause that the API asked for. An address with ' +
      'another origin removes the stored key and secret unless the same request sets new ones; `key_removed` says so.',
  })
  @ApiParam(NAME)
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: ChangedApiView, description: 'The changed API.' })
  @ApiProblems(400, 404, 412, 413, 415, 422, 503)
  async update(
    @Param('name', new NameParam('API')) name: string,
    @Body() body: ApiConfigBody,
    @RequestedBy() by: RequestOrigin,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<ChangedApiView> {
    const checkVersion = (version: number): void => checkIfMatch(req, version, { requiredWhenStrict: false });
    const { row, keyRemoved } = await this.apis.change(name, body, by, checkVersion);
    setETag(res, row.version);
    return { ...toApiConfigView(row), key_removed: keyRemoved };
  }

  @Post(':name/test')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'testApi',
    summary: 'Test an API',
    description:
      'Asks its base_url once, for 5 seconds at most, without the key. An address that is not one of the API’s, or ' +
      'points to an inner network, is not asked. Changes nothing.',
  })
  @ApiParam(NAME)
  @ApiOkResponse({ type: ApiTestView, description: 'The result, whether or not the API answered.' })
  @ApiProblems(404, 503)
  async test(@Param('name', new NameParam('API')) name: string): Promise<ApiTestView> {
    return this.tests.test(await this.registry.get(APIS, name));
  }
}
