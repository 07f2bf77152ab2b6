import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { AuditLogService } from '../../auth/audit-log/audit-log.service.js';
import { StartError } from '../../platform/config/start-error.js';
import { SecretBox, SecretUnreadable, type SecretPlace } from '../../platform/crypto/secret-box.js';
import { NotFound } from '../../platform/http/problems/app-errors.js';
import { APIS, RegistryStore } from '../registry.store.js';
import type { ApiConfig } from './api-config.entity.js';

/** A key with fewer characters is not shown in part: four of them would be too much of it. */
const SHORTEST_KEY_TO_HINT = 12;

/** What a tool needs to ask an API; never leaves through the interface. */
export interface ApiKeys {
  readonly apiKey: string | null;
  readonly apiSecret: string | null;
}

/** Keys of APIs on their way into and out of the database, where they stand encrypted. */
@Injectable()
export class ApiKeyService implements OnApplicationBootstrap {
  constructor(
    private readonly store: RegistryStore,
    private readonly box: SecretBox,
  ) {}

  /**
   * Refuses to start with keys that cannot read what is stored: otherwise the first sign of a wrong
   * `ENCRYPTION_KEYS` would be agents without data.
   * @throws StartError naming the API.
   */
  async onApplicationBootstrap(): Promise<void> {
    for (const api of await this.store.apisWithKeys()) {
      try {
        this.open(api);
      } catch (error) {
        if (!(error instanceof SecretUnreadable)) throw error;
        throw new StartError(`${error.message} Add the key that they were stored with to ENCRYPTION_KEYS.`);
      }
    }
  }

  /**
   * The columns to write for a new key and secret. `undefined` leaves one as it is, `null` removes it.
   * Encrypting the same key twice gives two different texts.
   */
  seal(apiName: string, given: { apiKey?: string | null; apiSecret?: string | null }): Partial<ApiConfig> {
    const { apiKey, apiSecret } = given;
    return {
      ...(apiKey === undefined
        ? {}
        : { api_key_encrypted: this.sealed(keyPlace(apiName), apiKey), key_last4: hintOf(apiKey) }),
      ...(apiSecret === undefined ? {} : { api_secret_encrypted: this.sealed(secretPlace(apiName), apiSecret) }),
    };
  }

  /**
   * Key and secret in plain, for the tool that is about to ask this API.
   * @throws NotFound, SecretUnreadable.
   */
  async keysOf(apiName: string): Promise<ApiKeys> {
    const api = await this.store.find(APIS, apiName);
    if (!api) throw new NotFound('API');
    return this.open(api);
  }

  /**
   * New tokens for the keys that are stored: only the columns that hold one.
   * @throws SecretUnreadable.
   */
  reseal(api: ApiConfig): Partial<Pick<ApiConfig, 'api_key_encrypted' | 'api_secret_encrypted'>> {
    const { apiKey, apiSecret } = this.open(api);
    return {
      ...(apiKey === null ? {} : { api_key_encrypted: this.sealed(keyPlace(api.api_name), apiKey) }),
      ...(apiSecret === null ? {} : { api_secret_encrypted: this.sealed(secretPlace(api.api_name), apiSecret) }),
    };
  }

  /**
   * Key and secret of a row that has been read, in plain.
   * @throws SecretUnreadable.
   */
  open(api: Pick<ApiConfig, 'api_name' | 'api_key_encrypted' | 'api_secret_encrypted'>): ApiKeys {
    const { api_name: apiName, api_key_encrypted: apiKeyEncrypted, api_secret_encrypted: apiSecretEncrypted } = api;
    return {
      apiKey: apiKeyEncrypted === null ? null : this.box.open(keyPlace(apiName), apiKeyEncrypted),
      apiSecret: apiSecretEncrypted === null ? null : this.box.open(secretPlace(apiName), apiSecretEncrypted),
    };
  }

  private sealed(place: SecretPlace, plain: string | null): string | null {
    return plain === null ? null : this.box.seal(place, plain);
  }
}

function keyPlace(apiName: string): SecretPlace {
  return { owner: `api_config/${apiName}`, field: 'api_key' };
}

function secretPlace(apiName: string): SecretPlace {
  return { owner: `api_config/${apiName}`, field: 'api_secret' };
}

function hintOf(key: string | null): string | null {
  return key !== null && key.length >= SHORTEST_KEY_TO_HINT ? key.slice(-4) : null;
}

/** Brings all stored keys to the first key of `ENCRYPTION_KEYS`. */
export class KeyRotation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: ApiKeyService,
    private readonly auditLog: AuditLogService,
  ) {}

  /**
   * Encrypts every stored key and secret anew, all or none; a change by an admin at the same time waits or is waited
   * for. What is stored stays the same, so versions do not move. A second call does the same again.
   * @returns how many keys and secrets there are.
   * @throws SecretUnreadable when one cannot be read: nothing is changed then.
   */
  async run(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const store = new RegistryStore(this.dataSource);
      let count = 0;
      for (const api of await store.apisWithKeysForChange(manager)) {
        const change = this.keys.reseal(api);
        await store.reseal(api.api_name, change, manager);
        count += Object.keys(change).length;
      }
      const record = { action: 'api_keys.rotated', target_type: 'api', target_id: '*', after: { count } } as const;
      await this.auditLog.record({ actor: null, ...record }, manager);
      return count;
    });
  }
}
