import { isDeepStrictEqual } from 'node:util';
import { paramsInForce, type DecisionAgent } from '../domain/decision/decision-agent.js';
import type { Violation } from '../domain/violation.js';
import { pendingViolations } from '../platform/http/input/validation.js';
import type { UpdateDefinitionBody, CreateDefinitionBody } from './definition.dto.js';
import {
  checkBusinessAgents,
  type KnownCatalogues,
  checkDecisionAgent,
  checkMarket,
  changeParams,
  checkParams,
  checkUnsentParams,
  type CheckedParams,
} from './definition-rules.js';
import type { DefinitionChanges, DefinitionRow, NewDefinition } from './definition.store.js';

/** What a definition would become, or everything that is wrong with that. */
export type CheckedChanges =
  | { readonly changes: DefinitionChanges; readonly violations: readonly [] }
  | { readonly changes: null; readonly violations: readonly Violation[] };

/**
 * Applies a change to a definition. Only what changes is checked: a definition whose agents have been switched
 * off since can still be renamed. Params are merged; with other business agents they are taken as complete,
 * because the keys of the old agents have to go.
 */
export function changesOf(present: DefinitionRow, body: UpdateDefinitionBody, parts: KnownCatalogues): CheckedChanges {
  const agents = body.business_agents ?? present.business_agents;
  const newAgents = !isDeepStrictEqual([...agents], [...present.business_agents]);
  const decisionAgent = parts.decisionAgents.find(present.decision_agent_class);
  const agentViolations = newAgents ? checkBusinessAgents(agents, decisionAgent, parts) : [];
  const params =
    agentViolations.length === 0
      ? paramsOf(present, body.default_params, newAgents ? agents : null, parts)
      : paramsBesideWrongAgents(body.default_params, agents, decisionAgent, parts);
  const violations = [...pendingViolations(body), ...agentViolations, ...params.violations];
  if (violations.length > 0 || !params.params) return { changes: null, violations };
  return {
    changes: {
      display_name: body.display_name ?? present.display_name,
      description: body.description ?? present.description,
      business_agents: agents,
      rebalance_period_minutes: body.rebalance_period_minutes ?? present.rebalance_period_minutes,
      default_params: params.params,
      is_active: body.is_active ?? present.is_active,
    },
    violations: [],
  };
}

/** The fields in which the changes differ from what is stored. */
export function changedFields(present: DefinitionRow, changes: DefinitionChanges): (keyof DefinitionChanges)[] {
  const fields = Object.keys(changes) as (keyof DefinitionChanges)[];
  return fields.filter((field) => !isDeepStrictEqual(present[field], changes[field]));
}

/** @param newAgents the business agents if they change, else null. */
function paramsOf(
  present: DefinitionRow,
  given: Record<string, unknown> | undefined,
  newAgents: readonly string[] | null,
  parts: KnownCatalogues,
): CheckedParams {
  if (given === undefined && newAgents === null) return { params: present.default_params, violations: [] };
  const decisionAgent = parts.decisionAgents.find(present.decision_agent_class);
  if (!decisionAgent) {
    const message = `The decision agent "${present.decision_agent_class}" of this definition does not exist any more.`;
    return { params: null, violations: [{ pointer: '/default_params', code: 'unknown_decision_agent', message }] };
  }
  if (newAgents !== null) {
    return given === undefined
      ? checkUnsentParams(
          paramsInForce(decisionAgent, present.business_agents, present.default_params).params,
          decisionAgent,
          newAgents,
          '/default_params',
        )
      : checkParams(given, decisionAgent, newAgents, '/default_params');
  }
  return changeParams(present.default_params, given, decisionAgent, present.business_agents, '/default_params');
}

/** What was sent is judged by those of the agents that there are, so that one answer names all that is wrong. */
function paramsBesideWrongAgents(
  given: Record<string, unknown> | undefined,
  agents: readonly string[],
  decisionAgent: DecisionAgent | null,
  parts: KnownCatalogues,
): CheckedParams {
  const known = [...new Set(agents)].filter((name) => parts.agentSwitches.has(name));
  if (given === undefined || !decisionAgent) return { params: null, violations: [] };
  const judgedBy = known.length > 0 ? known : decisionAgent.defaultBusinessAgents;
  return checkParams(given, decisionAgent, judgedBy, '/default_params');
}

/** A definition that may be stored, or everything that is wrong with what was asked for. */
type CheckedDefinition =
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
