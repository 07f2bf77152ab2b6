import { isDeepStrictEqual } from 'node:util';
import type { DecisionAgent } from '../domain/decision/decision-agent.js';
import { paramsInForce } from '../domain/decision/params-in-force.js';
import { mergeParams, type ParamsObject } from '../domain/params/merge-params.js';
import { validateParams, type ValidatedParams } from '../domain/params/validate-params.js';

/** Params that are complete and valid, or everything that is wrong with them. */
export type CheckedParams = ValidatedParams<ParamsObject>;

/**
 * Checks complete params of a decision agent for a definition with these business agents.
 * @param pointer where the params stand in the document, for example `/default_params`.
 */
export function checkParams(
  params: unknown,
  decisionAgent: DecisionAgent,
  businessAgents: readonly string[],
  pointer: string,
): CheckedParams {
  return validateParams(decisionAgent.paramsSchema(businessAgents), params, pointer) as CheckedParams;
}

/**
 * Checks params that nobody sent: those that count when the caller leaves them out. Where they do not go with the
 * business agents, the caller is not told what is wrong with them, but that complete ones are needed.
 */
export function checkUnsentParams(
  params: unknown,
  decisionAgent: DecisionAgent,
  businessAgents: readonly string[],
  pointer: string,
): CheckedParams {
  const checked = checkParams(params, decisionAgent, businessAgents, pointer);
  if (checked.params) return checked;
  const name = pointer.slice(1);
  const message = `Send ${name} with weights for ${businessAgents.join(', ')}, and all other params.`;
  return { params: null, violations: [{ pointer, code: 'required', message }] };
}

/**
 * Params with some of their values replaced, key by key and into nested objects, checked as a whole.
 * Unknown keys and wrong values are reported together.
 * @param stored what they are laid over, as {@link paramsInForce} reads it.
 */
export function mergeAndCheckParams(
  stored: ParamsObject,
  given: unknown,
  decisionAgent: DecisionAgent,
  businessAgents: readonly string[],
  pointer: string,
): CheckedParams {
  const { params: base } = paramsInForce(decisionAgent, businessAgents, stored);
  const merged = mergeParams(base, given, pointer);
  const checked = checkParams(merged.params, decisionAgent, businessAgents, pointer);
  if (merged.violations.length === 0) return checked;
  return { params: null, violations: [...merged.violations, ...checked.violations] };
}

/**
 * The same, for params that are to take the place of the stored ones. Where they mean what the stored ones mean already,
 * those stay, whatever else they hold: nothing is changed.
 */
export function changeParams(
  stored: ParamsObject,
  given: unknown,
  decisionAgent: DecisionAgent,
  businessAgents: readonly string[],
  pointer: string,
): CheckedParams {
  const changed = mergeAndCheckParams(stored, given, decisionAgent, businessAgents, pointer);
  const present = paramsInForce(decisionAgent, businessAgents, stored).checked.params;
  if (!changed.params || !isDeepStrictEqual(changed.params, present)) return changed;
  return { params: stored, violations: [] };
}
