import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { CONFIG, type AppConfig } from '../config/app-config.js';
import { programVersion } from '../config/environment.js';
import { LOGGER, type Logger } from '../logging/logger.js';
import { ScrapedValues, type ScrapedSource } from './scraped-values.js';

/**
 * The metrics of this process, for Prometheus. Modules register theirs on {@link registry}; values that need a query to
 * the database or the queue go through {@link readAtScrape}. docs/operations.md explains each metric, and a test
 * compares. Labels have few values that the program knows: never an id, a path or user input.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly scraped: ScrapedValues[] = [];

  constructor(
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const info = new Gauge({
      name: 'conclave_build_info',
      help: 'Always 1; what runs here',
      labelNames: ['version', 'role'],
      registers: [this.registry],
    });
    info.set({ version: programVersion(), role: config.role }, 1);
  }

  /** Whether the metrics are served at all. */
  get exposed(): boolean {
    return this.config.metricsPort !== null || this.config.metricsToken !== null;
  }

  /** Measures memory, garbage collection and event loop. Call it once in a process that serves. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /**
   * Reads values at a scrape, within a time limit, and caches them for a few seconds. The other sources are read only
   * when the first one succeeds. A value that cannot be read is absent, never zero.
   */
  readAtScrape(sources: readonly [ScrapedSource, ...ScrapedSource[]]): ScrapedValues {
    const values = new ScrapedValues(sources, (error) => this.logger.warn({ err: error }, 'metric could not be read'));
    this.scraped.push(values);
    return values;
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** All metrics in Prometheus' text format. Does not fail when the database or the queue is down. */
  async text(): Promise<string> {
    await Promise.all(this.scraped.map((values) => values.refresh()));
    return this.registry.metrics();
  }
}
