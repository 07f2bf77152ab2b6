import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Clock } from '../domain/clock.js';
import { CLOCK } from './clock/clock.token.js';
import { DatabaseClock } from './clock/database-clock.js';
import { CONFIG, type AppConfig } from './config/app-config.js';
import { LOGGER, type Logger } from './logging/logger.js';
import { JobQueue } from './queue/job-queue.js';

export interface PlatformOptions {
  readonly config: AppConfig;
  readonly logger: Logger;
  readonly database: DataSourceOptions;
  /** The database's clock unless given. */
  readonly clock?: Clock;
  /** Further providers that every module sees. */
  readonly globals?: readonly Provider[];
}

/** Settings, log, database, queue and clock, for every module. */
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
      imports: [TypeOrmModule.forRoot({ ...options.database, retryAttempts: 0 })],
      providers: [
        ...globals,
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        {
          provide: CLOCK,
          useFactory: (database: DataSource) => options.clock ?? new DatabaseClock(database),
          inject: [DataSource],
        },
        {
          provide: JobQueue,
          useFactory: () => new JobQueue(store, (error) => logger.error({ err: error }, 'queue')),
        },
      ],
      exports: [CONFIG, LOGGER, CLOCK, JobQueue, ...globals],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
