import type { Params } from '../../params/fields.js';

/**
 * Params after a change of the template's business agents: params with a number per agent (such as the weights) get equal
 * numbers that add up to 1. Everything else stays.
 */
export function withAgents(params: Params, before: readonly string[], after: readonly string[]): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, isPerAgent(value, before) ? evenly(after) : value]),
  );
}

function isPerAgent(value: unknown, agents: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const names = Object.keys(value);
  return names.length === agents.length && names.every((name) => agents.includes(name));
}

/** Equal weights with two decimal places; the last one takes the rest, so that the sum is 1. */
function evenly(agents: readonly string[]): Record<string, number> {
  const part = Math.floor(100 / agents.length);
  return Object.fromEntries(
    agents.map((name, index) => [name, (index < agents.length - 1 ? part : 100 - part * (agents.length - 1)) / 100]),
  );
}
