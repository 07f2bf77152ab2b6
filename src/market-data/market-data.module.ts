import { Module } from '@nestjs/common';
import { type Clock, CLOCK } from '../domain/clock.js';
import { CONFIG } from '../platform/config/app-config.js';
import type { AppConfig } from '../platform/config/app-config.js';
import { ApiClient } from '../registry/apis/calls/api-client.js';
import { RegistryModule } from '../registry/registry.module.js';
import { MarketFetchStore } from './live/market-fetch.store.js';
import { SharedFetches } from './live/shared-fetches.js';
import { LiveSource } from './live/live-source.js';
import { MARKET_DATA_SOURCE } from './market-data-source.js';
import type { MarketDataSource } from './market-data-source.js';
import { MarketDataService } from './market-data.service.js';
import { SimulatedSource } from './simulated/simulated-source.js';

/**
 * Token of a source that is built before the application, for `MARKET_DATA=replay`: reading a folder of history can
 * fail, and must fail before anything starts. The root module of the replay command provides it globally.
 */
export const REPLAY_SOURCE = Symbol('REPLAY_SOURCE');

export function chooseMarketDataSource(
  config: AppConfig,
  live: LiveSource,
  replaySource?: MarketDataSource,
): MarketDataSource {
  if (config.marketData === 'simulated') return new SimulatedSource(config.marketSeed);
  if (config.marketData === 'live') return live;
  if (!replaySource) throw new Error('A replay needs a folder of history: use the command `npm run replay`.');
  return replaySource;
}

@Module({
  imports: [RegistryModule],
  providers: [
    MarketFetchStore,
    SharedFetches,
    {
      provide: LiveSource,
      inject: [ApiClient, CLOCK, SharedFetches],
      useFactory: (client: ApiClient, clock: Clock, shared: SharedFetches) => new LiveSource(client, clock, shared),
    },
    {
      provide: MARKET_DATA_SOURCE,
      inject: [CONFIG, LiveSource, { token: REPLAY_SOURCE, optional: true }],
      useFactory: chooseMarketDataSource,
    },
    MarketDataService,
  ],
  exports: [MARKET_DATA_SOURCE, MarketDataService],
})
export class MarketDataModule {}
