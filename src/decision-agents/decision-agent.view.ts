import { z } from 'zod';
import type { DecisionAgent } from '../domain/decision/decision-agent.js';
import type { Decision } from '../domain/decision/decision.js';
import type { DecisionAgentView } from './decision-agent.dto.js';
import type { DecisionView } from './decision.dto.js';

/** A decision agent as it leaves through the interface. */
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

/** A decision as it leaves through the interface. */
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
