import { Inject, Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import type { BusinessAgent } from '../../business-agents/business-agent.js';
import { BUSINESS_AGENTS } from '../../business-agents/business-agents.catalogue.js';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { MARKET_TOOLS } from '../../market-data/tools/market-tools.js';
import { DatabaseMetrics } from '../../platform/metrics/platform-metrics.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { makeAbsent } from '../../platform/metrics/scraped-values.js';
import { type LastLookRow, SystemStore } from './system.store.js';

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

/** How old the values are that the last runs saw. */
@Injectable()
export class SourceGauges {
  constructor(
    metrics: Metrics,
    database: DatabaseMetrics,
    store: SystemStore,
    @Inject(BUSINESS_AGENTS) agents: NamedCatalogue<BusinessAgent>,
    @Inject(CLOCK) clock: Clock,
  ) {
    const ages = new Gauge({
      name: 'conclave_source_age_seconds',
      help: 'Age of the newest value that each tool delivered to the last run of each definition',
      labelNames: ['tool'],
      registers: [metrics.registry],
    });
    database.readAtScrape({
      read: async () => {
        const looks = await store.lastLooks();
        const now = clock.now();
        return () => {
          for (const { tool, age_seconds } of ageOfTools(MARKET_TOOLS.names(), looks, agents, now)) {
            // No run had a value: it has no age.
            if (age_seconds !== null) ages.set({ tool }, age_seconds);
          }
        };
      },
      forget: () => makeAbsent(ages),
    });
  }
}
