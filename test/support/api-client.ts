import type { Clock } from '../../src/domain/clock.js';
import { DatabaseClock } from '../../src/platform/clock.js';
import { SecretBox } from '../../src/platform/crypto/secret-box.js';
import { ApiKeyService } from '../../src/registry/apis/api-key.service.js';
import { ApiClient } from '../../src/registry/apis/calls/api-client.js';
import { ApiGate } from '../../src/registry/apis/calls/api-gate.js';
import { ApiStateStore } from '../../src/registry/apis/calls/api-state.store.js';
import { RegistryStore } from '../../src/registry/registry.store.js';
import { testConfig } from './config.js';
import type { TestDatabase } from './database.js';

/** A client as one process has it; several of them on one database are replicas. */
export async function createApiClient(database: TestDatabase, clock?: Clock): Promise<ApiClient> {
  const { dataSource } = database;
  const config = testConfig(database.url, { allowPrivateApiHosts: true });
  const states = new ApiStateStore(dataSource);
  const keys = keysOn(database, clock ?? new Date());
  return new ApiClient(new ApiGate(states), states, keys, config, clock ?? (await databaseClock(database)));
}

/** Changes a row of `api_config`, as an administrator would. */
export async function setApi(
  database: TestDatabase,
  apiName: string,
  change: { baseUrl?: string; key?: string | null; rateLimit?: number; isActive?: boolean },
): Promise<void> {
  const { baseUrl, key, rateLimit, isActive } = change;
  const sealed = key === undefined ? {} : keysOn(database, new Date()).seal(apiName, { apiKey: key });
  await database.dataSource.query(
    `UPDATE api_config SET base_url = coalesce($2, base_url), rate_limit = coalesce($3, rate_limit),
       is_active = coalesce($4, is_active), api_key_encrypted = CASE WHEN $5 THEN $6 ELSE api_key_encrypted END
     WHERE api_name = $1`,
    [
      apiName,
      baseUrl ?? null,
      rateLimit ?? null,
      isActive ?? null,
      key !== undefined,
      sealed.api_key_encrypted ?? null,
    ],
  );
}

function keysOn(database: TestDatabase, time: Clock | Date): ApiKeyService {
  const clock = time instanceof Date ? { now: () => time } : time;
  const { encryptionKeys } = testConfig(database.url);
  return new ApiKeyService(new RegistryStore(database.dataSource), new SecretBox(encryptionKeys, clock));
}

async function databaseClock(database: TestDatabase): Promise<Clock> {
  const clock = new DatabaseClock(database.dataSource, () => undefined);
  await clock.synchronise();
  return clock;
}
