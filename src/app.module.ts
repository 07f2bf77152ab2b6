import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BusinessAgentsModule } from './business-agents/business-agents.module.js';
import { DecisionAgentsModule } from './decision-agents/decision-agents.module.js';
import { DefinitionsModule } from './definitions/definitions.module.js';
import type { Clock } from './domain/clock.js';
import { InstancesModule } from './instances/instances.module.js';
import { InvariantsModule } from './invariants/invariants.module.js';
import { MarketDataModule } from './market-data/market-data.module.js';
import type { AppConfig } from './platform/config/app-config.js';
import { HealthController, HealthService } from './platform/http/health.controller.js';
import { UnknownRouteHandler } from './platform/http/problems/problem.filter.js';
import type { Logger } from './platform/logging/logger.js';
import { PlatformModule } from './platform/platform.module.js';
import { RegistryModule } from './registry/registry.module.js';
import { RetentionModule } from './retention/retention.module.js';
import { SchedulerModule } from './scheduler/scheduler.module.js';
import { databaseOptions } from './schema.js';
import { StreamModule } from './stream/stream.module.js';
import { TradingModule } from './trading/trading.module.js';

export interface AppOptions {
  readonly config: AppConfig;
  readonly logger: Logger;
  /** Default: the database's clock. */
  readonly clock?: Clock;
  /** Further providers, visible to every module, such as the market data source of a replay. */
  readonly globals?: readonly Provider[];
}

/** The composition root: the only place that knows all modules. */
@Module({})
export class AppModule {
  static forRoot(options: AppOptions): DynamicModule {
    const { config, logger } = options;
    const onConnectionError = (error: Error): void => logger.error({ err: error }, 'database connection');
    const database = databaseOptions(config.databaseUrl, { onConnectionError, limited: true });
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ ...options, database }),
        AuthModule,
        RetentionModule,
        InvariantsModule,
        RegistryModule,
        MarketDataModule,
        BusinessAgentsModule,
        DecisionAgentsModule,
        TradingModule,
        DefinitionsModule,
        InstancesModule,
        SchedulerModule,
        StreamModule,
        AdminModule,
      ],
      // The probes and the 404 answer. Settings of all routes are in configure-http.ts.
      controllers: [HealthController],
      providers: [HealthService, UnknownRouteHandler],
    };
  }
}
