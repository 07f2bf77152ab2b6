import type { Violation } from '../domain/violation.js';
import { pendingViolations } from '../platform/http/input/validation.js';
import type { CreateDefinitionBody } from './definition.dto.js';
import { checkBusinessAgents, checkDecisionAgent, checkMarket, type KnownCatalogues } from './definition-rules.js';
import type { NewDefinition } from './definition.store.js';
import { checkParams, checkUnsentParams, type CheckedParams } from './params.js';

/** A definition that may be stored, or everything that is wrong with what was asked for. */
export type CheckedDefinition =
  | { readonly definition: NewDefinition; readonly violations: readonly [] }
  | { readonly definition: null; readonly violations: readonly Violation[] };

/** Completes and checks a new definition; left-out params are the decision agent's own defaults. */
export function newDefinitionOf(body: CreateDefinitionBody, parts: KnownCatalogues): CheckedDefinition {
  // Without the fields that were refused already.
  const given: Partial<CreateDefinitionBody> = body;
  const decisionAgent = parts.decisionAgents.find(given.decision_agent_class ?? '');
  const agentViolations = checkBusinessAgents(given.business_agents, decisionAgent, parts);
  const defaults = defaultsOf(given, agentViolations.length === 0, parts);
  const violations = [
    ...pendingViolations(body),
    ...checkDecisionAgent(given.decision_agent_class, given.decision_agent_module, parts),
    ...agentViolations,
    ...checkMarket(given.trade_channel, given.trade_symbol, parts),
    ...defaults.violations,
  ];
  if (violations.length > 0 || !defaults.params) return { definition: null, violations };
  return {
    definition: {
      name: body.name,
      display_name: body.display_name,
      description: body.description ?? '',
      decision_agent_module: body.decision_agent_module,
      decision_agent_class: body.decision_agent_class,
      business_agents: body.business_agents,
      trade_channel: body.trade_channel,
      trade_symbol: body.trade_symbol,
      rebalance_period_minutes: body.rebalance_period_minutes,
      default_params: defaults.params,
      is_active: body.is_active ?? true,
    },
    violations: [],
  };
}

const NOT_CHECKED = { params: null, violations: [] };

/** Params cannot be judged without a decision agent; its own defaults are not blamed for agents that are wrong. */
function defaultsOf(
  given: Partial<CreateDefinitionBody>,
  agentsAreRight: boolean,
  parts: KnownCatalogues,
): CheckedParams {
  const decisionAgent = parts.decisionAgents.find(given.decision_agent_class ?? '');
  const agents = [...new Set(given.business_agents)].filter((name) => parts.agentSwitches.has(name));
  if (!decisionAgent || agents.length === 0) return NOT_CHECKED;
  if (given.default_params !== undefined) {
    return checkParams(given.default_params, decisionAgent, agents, '/default_params');
  }
  return agentsAreRight
    ? checkUnsentParams(decisionAgent.defaultParams, decisionAgent, agents, '/default_params')
    : NOT_CHECKED;
}
