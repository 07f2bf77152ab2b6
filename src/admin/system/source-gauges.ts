import { Inject, Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { BUSINESS_AGENTS } from '../../business-agents/business-agents.catalogue.js';
import type { BusinessAgent } from '../../business-agents/business-agent.js';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { Clock } from '../../domain/clock.js';
import { MARKET_TOOLS } from '../../market-data/tools/market-tools.js';
import { CLOCK } from '../../platform/clock/clock.token.js';
import { DatabaseMetrics } from '../../platform/metrics/database-metrics.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { makeAbsent } from '../../platform/metrics/scraped-values.js';
import { ageOfTools } from './sources.js';
import { SystemStore } from './system.store.js';

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
