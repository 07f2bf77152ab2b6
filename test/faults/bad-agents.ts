import { join } from 'node:path';
import type { ReplicaSettings } from './cluster/cluster.js';

const PRELOAD = join(import.meta.dirname, 'preload', 'bad-agents.mjs');

/** Params of the instance on which the decision agent misbehaves. */
export const MARKED = { max_position_size: 0.00777 };

/** What the business agent `ta` may do, and what the run must say of it. */
export const BUSINESS_AGENTS: Readonly<Record<string, string>> = {
  nan: 'failed',
  infinity: 'failed',
  text: 'failed',
  null: 'failed',
  throws: 'failed',
  never: 'timeout',
  loops: 'timeout',
};

/** What the decision agent may do to the marked instance, and the code of that instance's row. */
export const DECISION_AGENTS: Readonly<Record<string, string>> = {
  nan: 'decision_invalid',
  infinity: 'decision_invalid',
  text: 'decision_invalid',
  null: 'decision_invalid',
  // A promise is no decision, whether it is kept or not.
  never: 'decision_invalid',
  throws: 'decision_agent_failed',
  loops: 'decision_agent_timeout',
};

/** A process in which an agent misbehaves in one of these ways. */
export function withBadAgent(
  way: { readonly BUSINESS_AGENT: string } | { readonly DECISION_AGENT: string },
): ReplicaSettings {
  return { nodeArgs: ['--import', PRELOAD], env: { ...way } };
}
