import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Roles } from '../auth/access.js';
import type { NamedCatalogue } from '../domain/catalogue.js';
import { type DecisionAgent, DECISION_AGENTS } from '../domain/decision/decision-agent.js';
import { ApiPage, ApiProblems } from '../platform/http/docs/api-docs.js';
import { NotFound } from '../platform/http/problems/app-errors.js';
import { PlainListQuery, type Page } from '../platform/http/paging.js';
import { invalidBody } from '../platform/http/input/validation.js';
import { DecisionAgentView, toDecisionAgentView, toDecisionView } from './decision-agent.dto.js';
import { DecisionView } from './decision.dto.js';
import { EvaluateBody } from './evaluation.dto.js';
import { readEvaluation } from './evaluation.js';
import { RequestCutoff } from './cutoff/request-cutoff.js';

@ApiTags('decision-agents')
@Controller('decision-agents')
export class DecisionAgentsController {
  constructor(
    @Inject(DECISION_AGENTS) private readonly agents: NamedCatalogue<DecisionAgent>,
    private readonly watch: RequestCutoff,
  ) {}

  @Get()
  @Roles('trader', 'admin')
  @ApiOperation({ operationId: 'listDecisionAgents', summary: 'List decision agents' })
  @ApiPage(DecisionAgentView)
  @ApiProblems(400)
  list(@Query() { limit, offset }: PlainListQuery): Page<DecisionAgentView> {
    const all = this.agents.all();
    return { items: all.slice(offset, offset + limit).map(toDecisionAgentView), total: all.length, limit, offset };
  }

  @Post(':class/evaluate')
  @HttpCode(200)
  @Roles('trader', 'admin')
  @ApiParam({ name: 'class', description: 'Name of the decision agent.', example: 'MultiAgentConvictionDecision' })
  @ApiOperation({
    operationId: 'evaluateDecisionAgent',
    summary: 'Evaluate a decision agent (what-if)',
    description:
      'Stores and trades nothing. The same body always gives the same answer. 503 `decision_agent_timeout` when the ' +
      'decision agent hangs.',
  })
  @ApiBody({ type: EvaluateBody })
  @ApiOkResponse({ type: DecisionView, description: 'The decision with its reasons.' })
  @ApiProblems(400, 404, 413, 415, 422, 503)
  async evaluate(@Param('class') name: string, @Body() body: unknown): Promise<DecisionView> {
    const agent = this.agents.find(name);
    if (!agent) throw new NotFound('decision agent');
    const { context, violations } = readEvaluation(agent, body);
    if (!context) throw invalidBody(violations);
    const [answer] = await this.watch.ask(agent, [context]);
    if (!answer?.decision) throw answer!.fault;
    return toDecisionView(answer.decision);
  }
}
