import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { Metrics } from './metrics.js';
import type { ScrapedSource, ScrapedValues } from './scraped-values.js';

/** What pg's pool tells of itself. */
interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max: number };
}

/** Whether the database answers, how much of the pool is used, and what other modules read from it at a scrape. */
@Injectable()
export class DatabaseMetrics {
  private readonly values: ScrapedValues;

  constructor(metrics: Metrics, database: DataSource) {
    const registers = [metrics.registry];
    const up = new Gauge({
      name: 'conclave_database_up',
      help: '1: the database answers; 0: it did not within 2 s',
      registers,
    });
    this.values = metrics.readAtScrape([
      {
        async read() {
          await database.query('SELECT 1');
          return () => up.set(1);
        },
        forget: () => up.set(0),
      },
    ]);
    for (const gauge of poolGauges(() => (database.driver as unknown as { master: Pool }).master)) {
      metrics.registry.registerMetric(gauge);
    }
  }

  /** Values that live in the database; asked for one after the other, when it answers at all. */
  readAtScrape(source: ScrapedSource): void {
    this.values.add(source);
  }
}

/** Read from memory when somebody scrapes. */
function poolGauges(pool: () => Pool): Gauge[] {
  const connections = new Gauge({
    name: 'conclave_database_pool_connections',
    help: 'Connections of this process to the database, without those of the queue',
    labelNames: ['state'],
    registers: [],
    collect() {
      const { totalCount, idleCount } = pool();
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'busy' }, totalCount - idleCount);
    },
  });
  const size = new Gauge({
    name: 'conclave_database_pool_size',
    help: 'Connections that this process may have at most, without those of the queue',
    registers: [],
    collect() {
      this.set(pool().options.max);
    },
  });
  const waiting = new Gauge({
    name: 'conclave_database_pool_waiting',
    help: 'Work that waits for a connection',
    registers: [],
    collect() {
      this.set(pool().waitingCount);
    },
  });
  return [connections, size, waiting] as Gauge[];
}
