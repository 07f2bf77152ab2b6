import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { CONFIG, type AppConfig } from '../config/app-config.js';
import { programVersion } from '../config/environment.js';
import { LOGGER, type Logger } from '../logging/logger.js';
import { ScrapedValues, type ScrapedSource } from './scraped-values.js';

/**
 * The metrics of this process, for Prometheus. Modules register theirs on {@link registry}; what has to be asked for
 * (of the database, of the queue) is given to {@link readAtScrape}. docs/operations.md explains each one, and a test
 * compares. Labels have few values that the program knows: never an id, a path or anything of a user.
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

  /** Whether anybody can ask for them. */
  get exposed(): boolean {
    return this.config.metricsPort !== null || this.config.metricsToken !== null;
  }

  /** Begins to watch memory, garbage collection and event loop of the process. Once in a process that serves. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /**
   * Values that are asked for when somebody scrapes: within a time limit, and kept for a few seconds. The first source
   * says whether the others can be asked at all; what gives no answer is absent, never zero.
   */
  readAtScrape(sources: readonly [ScrapedSource, ...ScrapedSource[]]): ScrapedValues {
    const values = new ScrapedValues(sources, (error) => this.logger.warn({ err: error }, 'metric not read'));
    this.scraped.push(values);
    return values;
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** All metrics in Prometheus' text format. Never fails because of a database or a queue that is away. */
  async text(): Promise<string> {
    await Promise.all(this.scraped.map((values) => values.refresh()));
    return this.registry.metrics();
  }
}
