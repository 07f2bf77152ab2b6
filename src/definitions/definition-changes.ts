import { isDeepStrictEqual } from 'node:util';
import type { DecisionAgent } from '../domain/decision/decision-agent.js';
import type { Violation } from '../domain/violation.js';
import { pendingViolations } from '../platform/http/input/validation.js';
import type { UpdateDefinitionBody } from './definition.dto.js';
import { checkBusinessAgents, type KnownCatalogues } from './definition-rules.js';
import type { DefinitionChanges, DefinitionRow } from './definition.store.js';
import { changeParams, checkParams, checkUnsentParams, type CheckedParams } from './params.js';

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
      ? checkUnsentParams(present.default_params, decisionAgent, newAgents, '/default_params')
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
