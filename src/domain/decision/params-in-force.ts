import type { z } from 'zod';
import { readParams, type ReadParams } from '../params/read-params.js';
import type { DecisionAgent } from './decision-agent.js';

/** A schema is put together once for an agent and the agents of a definition: a page of instances needs it for each. */
const schemas = new WeakMap<DecisionAgent, Map<string, z.ZodType>>();

/** What stored params mean to a decision agent of today, see {@link readParams}. */
export function paramsInForce(
  agent: DecisionAgent,
  businessAgents: readonly string[],
  stored: unknown,
): ReadParams<unknown> {
  return readParams(schemaOf(agent, businessAgents), agent.defaultParams, stored);
}

function schemaOf(agent: DecisionAgent, businessAgents: readonly string[]): z.ZodType {
  let ofAgent = schemas.get(agent);
  if (!ofAgent) schemas.set(agent, (ofAgent = new Map<string, z.ZodType>()));
  const key = JSON.stringify(businessAgents);
  let schema = ofAgent.get(key);
  if (!schema) ofAgent.set(key, (schema = agent.paramsSchema(businessAgents)));
  return schema;
}
