import { ApiProperty } from '@nestjs/swagger';
import { z } from 'zod';
import type { DecisionAgent } from '../domain/decision/decision-agent.js';
import type { Decision } from '../domain/decision/decision.js';
import { DEFAULT_CONVICTION_PARAMS } from '../domain/decision/multi-agent-conviction/params.js';
import type { DecisionView } from './decision.dto.js';

/** A decision agent with everything the console needs to build a form for its params. */
export class DecisionAgentView {
  @ApiProperty({
    description: 'Value of `decision_agent_class` in a definition.',
    example: 'MultiAgentConvictionDecision',
  })
  name!: string;

  @ApiProperty({
    description: 'Value of `decision_agent_module` in a definition.',
    example: 'domain/decision/multi-agent-conviction/multi-agent-conviction-decision',
  })
  module!: string;

  @ApiProperty({ description: 'Raised when the same inputs may give another decision.', example: '1.0.0' })
  version!: string;

  @ApiProperty({ description: 'Description.', example: 'Weighs the scores of the business agents.' })
  description!: string;

  @ApiProperty({
    description: 'JSON Schema (2020-12) of complete params for these business agents.',
    type: 'object',
    additionalProperties: true,
    example: { type: 'object', properties: { buy_threshold: { type: 'number', minimum: 0, maximum: 100 } } },
  })
  params_schema!: Record<string, unknown>;

  @ApiProperty({
    description: 'Default params.',
    type: 'object',
    additionalProperties: true,
    example: DEFAULT_CONVICTION_PARAMS,
  })
  default_params!: Record<string, unknown>;

  @ApiProperty({
    description: 'Default business agents.',
    type: [String],
    example: ['macro', 'onchain', 'ta'],
  })
  business_agents!: string[];

  @ApiProperty({
    description:
      'What it reads of their analyses besides the score: business agent -> names of outputs. An evaluation takes these and no others.',
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    example: { ta_momentum: ['signal', 'strength', 'confidence', 'atr'] },
  })
  outputs_read!: Record<string, string[]>;
}

export function toDecisionAgentView(agent: DecisionAgent): DecisionAgentView {
  const businessAgents = [...agent.defaultBusinessAgents];
  return {
    name: agent.name,
    module: agent.module,
    version: agent.version,
    description: agent.description,
    params_schema: { ...z.toJSONSchema(agent.paramsSchema(businessAgents), { io: 'input' }) },
    default_params: { ...(agent.defaultParams as Record<string, unknown>) },
    business_agents: businessAgents,
    outputs_read: Object.fromEntries(
      Object.entries(agent.outputsRead ?? {}).map(([name, outputs]) => [name, [...outputs]]),
    ),
  };
}

export function toDecisionView(decision: Decision): DecisionView {
  return {
    conviction_score: decision.conviction_score,
    weighted_score: decision.weighted_score,
    risk_factor: decision.risk_factor,
    contributions: { ...decision.contributions },
    signal: decision.signal,
    signal_strength: decision.signal_strength,
    position_size: decision.position_size,
    entry: decision.entry ? { ...decision.entry } : null,
    risk_level: decision.risk_level,
    should_execute: decision.should_execute,
    reasons: decision.reasons.map((reason) => ({ ...reason })),
    distance_to_buy: decision.distance_to_buy,
    distance_to_sell: decision.distance_to_sell,
    next_state: { ...decision.next_state },
  };
}
