import { DataSource } from 'typeorm';
import { openDatabaseServer } from '../database-server.js';
import type { Clock } from '../domain/clock.js';
import { DatabaseClock } from '../platform/clock.js';
import { type Environment } from '../platform/config/environment.js';
import { StartError } from '../platform/config/start-error.js';
import { SecretBox } from '../platform/crypto/secret-box.js';
import { ApiKeyService } from '../registry/apis/api-key.service.js';
import { ApiClient } from '../registry/apis/calls/api-client.js';
import { ApiGate } from '../registry/apis/calls/api-gate.js';
import { ApiStateStore } from '../registry/apis/calls/api-state.store.js';
import { RegistryStore } from '../registry/registry.store.js';
import { databaseOptions } from '../schema.js';
import { buildConfig } from '../platform/config/app-config.js';

/** Access to the outside APIs for a command: the program's addresses, keys and limits, shared with it while it runs. */
export interface LiveMarket {
  readonly client: ApiClient;
  readonly clock: Clock;
}

/**
 * Opens the access for `use`, and closes everything afterwards.
 * @throws StartError when the database has no registry yet.
 */
export async function withLiveMarket<T>(environment: Environment, use: (market: LiveMarket) => Promise<T>): Promise<T> {
  const server = await openDatabaseServer(environment);
  const dataSource = new DataSource(databaseOptions(server.url, { poolSize: 4 }));
  try {
    const config = buildConfig(environment, server.url);
    await dataSource.initialize();
    const states = new ApiStateStore(dataSource);
    await refuseEmptyDatabase(states);
    const clock = new DatabaseClock(dataSource, () => undefined);
    await clock.synchronise();
    const keys = new ApiKeyService(new RegistryStore(dataSource), new SecretBox(config.encryptionKeys, clock));
    return await use({ client: new ApiClient(new ApiGate(states), states, keys, config, clock), clock });
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await server.release();
  }
}

async function refuseEmptyDatabase(states: ApiStateStore): Promise<void> {
  if (await states.isThere()) return;
  throw new StartError(
    'The database has no registry of APIs yet: run npm run migrate and npm run seed, or start the program once.',
  );
}
