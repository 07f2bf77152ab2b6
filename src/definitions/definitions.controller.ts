import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentUser, Roles, type SignedInUser } from '../auth/access.js';
import { RequestedBy, type RequestOrigin } from '../auth/audit-log/audit-log.service.js';
import type { NamedCatalogue } from '../domain/catalogue.js';
import { decisionChannelOf, type DecisionAgent, paramsInForce } from '../domain/decision/decision-agent.js';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { ApiPage, ApiProblems, IF_MATCH_HEADER } from '../platform/http/docs/api-docs.js';
import { NotAllowed } from '../platform/http/problems/app-errors.js';
import { API_PREFIX } from '../platform/http/configure-http.js';
import { checkIfMatch, setETag } from '../platform/http/etag.js';
import type { Page } from '../platform/http/paging.js';
import { IntParam } from '../platform/http/input/path-params.js';
import { Idempotency, type IdempotencyScope } from '../platform/idempotency/idempotency-scope.js';
import { Idempotent } from '../platform/idempotency/idempotency.interceptor.js';
import type { TradeChannel } from '../trading/channels/trade-channel.js';
import { DefinitionCatalogues } from './definition-rules.js';
import { CreateDefinitionBody, DefinitionsQuery, DefinitionView, UpdateDefinitionBody } from './definition.dto.js';
import type { DefinitionRow } from './definition.store.js';
import { DefinitionsService, SORTABLE } from './definitions.service.js';

const ID = new IntParam('strategy definition');
const ID_PARAM = { name: 'id', description: 'Id of the definition.', type: 'integer', example: 1 };

/** Strategy definitions: the templates that instances are made from. */
@ApiTags('strategy-definitions')
@Controller('strategy-definitions')
export class DefinitionsController {
  constructor(
    private readonly definitions: DefinitionsService,
    private readonly parts: DefinitionCatalogues,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  @Get()
  @Roles('trader', 'admin')
  @ApiOperation({
    operationId: 'listStrategyDefinitions',
    summary: 'Strategy definitions',
    description: `Sort by ${Object.keys(SORTABLE).join(', ')}; by id unless told.`,
  })
  @ApiPage(DefinitionView)
  @ApiProblems(400)
  async list(@Query() query: DefinitionsQuery, @CurrentUser() user: SignedInUser): Promise<Page<DefinitionView>> {
    if (query.include_inactive === true && user.role !== 'admin') {
      throw new NotAllowed('admin_only', 'Only an administrator may list definitions that are switched off.');
    }
    const page = await this.definitions.list(query);
    return { ...page, items: page.items.map((row) => this.view(row)) };
  }

  @Get(':id')
  @Roles('trader', 'admin')
  @ApiParam(ID_PARAM)
  @ApiOperation({ operationId: 'getStrategyDefinition', summary: 'Get a strategy definition' })
  @ApiOkResponse({ type: DefinitionView, description: 'The definition, even if it is switched off.' })
  @ApiProblems(404)
  async get(@Param('id', ID) id: number, @Res({ passthrough: true }) res: Response): Promise<DefinitionView> {
    const row = await this.definitions.get(id);
    setETag(res, row.version);
    return this.view(row);
  }

  @Post()
  @Roles('admin')
  @Idempotent()
  @ApiOperation({ operationId: 'createStrategyDefinition', summary: 'Create a strategy definition' })
  @ApiCreatedResponse({ type: DefinitionView, description: 'The definition. It runs from the next tick.' })
  @ApiProblems(400, 409, 413, 415, 422)
  async create(
    @Body() body: CreateDefinitionBody,
    @RequestedBy() by: RequestOrigin,
    @Idempotency() once: IdempotencyScope,
    @Res({ passthrough: true }) res: Response,
  ): Promise<DefinitionView> {
    const row = await this.definitions.create(by, body, once);
    res.setHeader('Location', `${API_PREFIX}/strategy-definitions/${row.id}`);
    setETag(res, row.version);
    return this.view(row);
  }

  @Patch(':id')
  @Roles('admin')
  @ApiParam(ID_PARAM)
  @ApiOperation({
    operationId: 'updateStrategyDefinition',
    summary: 'Change a strategy definition',
    description: 'Existing strategies keep their params. A new period or switch takes effect from the next tick.',
  })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: DefinitionView, description: 'The changed definition.' })
  @ApiProblems(400, 404, 409, 412, 413, 415, 422, 428)
  async update(
    @Param('id', ID) id: number,
    @Body() body: UpdateDefinitionBody,
    @RequestedBy() by: RequestOrigin,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<DefinitionView> {
    const row = await this.definitions.update(by, id, body, (version) =>
      checkIfMatch(req, version, { requiredWhenStrict: true }),
    );
    setETag(res, row.version);
    return this.view(row);
  }
  private view(row: DefinitionRow): DefinitionView {
    return toDefinitionView(row, this.parts.channels, this.parts.decisionAgents, this.config.paperSlippageBps);
  }
}

/** A definition as it leaves through the interface. */
export function toDefinitionView(
  row: DefinitionRow,
  channels: NamedCatalogue<TradeChannel>,
  decisionAgents: NamedCatalogue<DecisionAgent>,
  slippageBps: number,
): DefinitionView {
  const agent = decisionAgents.find(row.decision_agent_class);
  const params = agent && paramsInForce(agent, row.business_agents, row.default_params);
  const channel = channels.find(row.trade_channel);
  return {
    id: row.id,
    name: row.name,
    display_name: row.display_name,
    description: row.description,
    decision_agent_module: row.decision_agent_module,
    decision_agent_class: row.decision_agent_class,
    business_agents: [...row.business_agents],
    trade_channel: row.trade_channel,
    trade_symbol: row.trade_symbol,
    quote_asset: channel?.quoteAsset ?? null,
    channel: channel?.symbols.includes(row.trade_symbol)
      ? decisionChannelOf(channel.rulesFor(row.trade_symbol), slippageBps)
      : null,
    rebalance_period_minutes: row.rebalance_period_minutes,
    default_params: params?.params ?? row.default_params,
    ignored_params: [...(params?.ignored ?? [])],
    is_active: row.is_active,
    next_run_at: row.is_active ? (row.next_run_at?.toISOString() ?? null) : null,
    version: row.version,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
