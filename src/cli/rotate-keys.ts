import { DataSource } from 'typeorm';
import { AuditLogService } from '../auth/audit-log/audit-log.service.js';
import { openDatabaseServer } from '../database-server.js';
import { DatabaseClock } from '../platform/clock/database-clock.js';
import type { Environment } from '../platform/config/environment.js';
import { buildConfig } from '../platform/config/load-config.js';
import { StartError } from '../platform/config/start-error.js';
import { SecretBox, SecretUnreadable } from '../platform/crypto/secret-box.js';
import { ApiKeyService } from '../registry/apis/api-key.service.js';
import { KeyRotation } from '../registry/apis/key-rotation.js';
import { RegistryStore } from '../registry/registry.store.js';
import { databaseOptions } from '../schema.js';

/**
 * `conclave keys:rotate`: encrypts all stored API keys with the first key of ENCRYPTION_KEYS. To change the key: put
 * the new one first and keep the old one behind it, restart every process, run this, then take the old one away.
 */
export async function run(environment: Environment): Promise<void> {
  const server = await openDatabaseServer(environment);
  const dataSource = new DataSource(databaseOptions(server.ownerUrl, { poolSize: 2 }));
  try {
    const config = buildConfig(environment, server.url);
    await dataSource.initialize();
    const clock = new DatabaseClock(dataSource, () => undefined);
    await clock.synchronise();
    const keys = new ApiKeyService(new RegistryStore(dataSource), new SecretBox(config.encryptionKeys, clock));
    const count = await new KeyRotation(dataSource, keys, new AuditLogService(dataSource, clock)).run();
    process.stdout.write(`${count} keys and secrets are encrypted with the first key of ENCRYPTION_KEYS.\n`);
  } catch (error) {
    if (!(error instanceof SecretUnreadable)) throw error;
    throw new StartError(`${error.message} Nothing was changed.`);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await server.release();
  }
}
