import type { BusinessAgent } from '../../business-agents/business-agent.js';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { LastLookRow } from './system.store.js';

/** The tool that a market snapshot's price comes from. */
const PRICE_TOOL = 'get_price';

/** What a tool delivered to the last runs. */
export interface ToolAge {
  readonly tool: string;
  /** Who delivered the newest value; null when no agent had one. */
  readonly source: string | null;
  readonly observed_at: string | null;
  readonly age_seconds: number | null;
  /** Why a value was absent, each reason once. */
  readonly absent: string[];
}

/**
 * The newest value of each tool in the last runs, in the order of the tools. An agent's factors say by their
 * definition which tool they come from; an agent or factor that is not part of the program any more is left out.
 */
export function ageOfTools(
  tools: readonly string[],
  looks: readonly LastLookRow[],
  agents: NamedCatalogue<BusinessAgent>,
  now: Date,
): ToolAge[] {
  const newest = new Map<string, { source: string; observed_at: string }>();
  const absent = new Map<string, Set<string>>();
  const see = (tool: string, source: string, observedAt: string): void => {
    const known = newest.get(tool);
    if (!known || Date.parse(observedAt) > Date.parse(known.observed_at)) {
      newest.set(tool, { source, observed_at: observedAt });
    }
  };
  for (const { market_snapshot, agent_name, factors, absent: missing } of looks) {
    see(PRICE_TOOL, market_snapshot.price.source, market_snapshot.price.observed_at);
    const definitions = (agent_name === null ? null : agents.find(agent_name))?.factors ?? [];
    const toolOf = new Map<string, string>(definitions.map(({ name, tool }) => [name, tool]));
    for (const { name, source, observed_at } of factors ?? []) {
      const tool = toolOf.get(name);
      if (tool !== undefined) see(tool, source, observed_at);
    }
    for (const { name, reason } of missing ?? []) {
      const tool = toolOf.get(name);
      if (tool !== undefined) absent.set(tool, (absent.get(tool) ?? new Set<string>()).add(reason));
    }
  }
  return tools.map((tool) => {
    const { source = null, observed_at = null } = newest.get(tool) ?? {};
    const age = observed_at === null ? null : secondsBetween(new Date(observed_at), now);
    return { tool, source, observed_at, age_seconds: age, absent: [...(absent.get(tool) ?? [])].sort() };
  });
}

/** Seconds from one time to another, to the millisecond; 0 when it is not later. */
export function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime()) / 1000;
}
