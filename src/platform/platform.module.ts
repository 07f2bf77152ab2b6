import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { ConfigModule, registerAs } from '@nestjs/config';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { type Clock, CLOCK } from '../domain/clock.js';
import { DatabaseClock } from './clock.js';
import { CONFIG_NAME, type AppConfig } from './config/app-config.js';
import { MonthPartitions } from './database/month-partitions.js';
import { IdempotencyStore } from './idempotency/idempotency.store.js';
import { LOGGER, type Logger } from './logging/logger.js';
import { DatabaseMetrics, HttpMetrics, QueueMetrics } from './metrics/platform-metrics.js';
import { Metrics } from './metrics/metrics.js';
import { JobQueue } from './queue/job-queue.js';
import { ExpiredCounters } from './rate-limit/counter.js';

export interface PlatformOptions {
  readonly config: AppConfig;
  readonly logger: Logger;
  readonly database: DataSourceOptions;
  /** Default: the database's clock. */
  readonly clock?: Clock;
  readonly globals?: readonly Provider[];
}

@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(@Inject(JobQueue) private readonly queue: JobQueue) {}

  static forRoot(options: PlatformOptions): DynamicModule {
    const { config, logger, globals = [] } = options;
    const store = config.queueUrl
      ? ({ kind: 'redis', url: config.queueUrl } as const)
      : ({ kind: 'postgres', url: config.databaseUrl } as const);
    return {
      module: PlatformModule,
      imports: [
        // The settings are read and validated earlier, because the database must run before the application exists.
        // ConfigService returns those and never reads `process.env`.
        ConfigModule.forRoot({
          isGlobal: true,
          ignoreEnvFile: true,
          skipProcessEnv: true,
          load: [registerAs(CONFIG_NAME, () => config)],
        }),
        TypeOrmModule.forRoot({ ...options.database, retryAttempts: 0 }),
      ],
      providers: [
        ...globals,
        DatabaseMetrics,
        ExpiredCounters,
        HttpMetrics,
        IdempotencyStore,
        Metrics,
        MonthPartitions,
        QueueMetrics,
        { provide: LOGGER, useValue: logger },
        {
          provide: CLOCK,
          useFactory: (database: DataSource) => options.clock ?? openDatabaseClock(database, logger),
          inject: [DataSource],
        },
        {
          provide: JobQueue,
          useFactory: () => new JobQueue(store, (error) => logger.error({ err: error }, 'queue')),
        },
      ],
      exports: [LOGGER, CLOCK, DatabaseMetrics, IdempotencyStore, JobQueue, Metrics, MonthPartitions, ...globals],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}

async function openDatabaseClock(database: DataSource, logger: Logger): Promise<DatabaseClock> {
  const clock = new DatabaseClock(database, (error) => logger.error({ err: error }, 'clock synchronisation failed'));
  await clock.synchronise();
  return clock;
}
