import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { AuditLogService } from '../../auth/audit-log/audit-log.service.js';
import { StartError } from '../../platform/config/start-error.js';
import { SecretBox, SecretUnreadable, type SecretPlace } from '../../platform/crypto/secret-box.js';
import { NotFound } from '../../platform/http/problems/app-errors.js';
import { APIS, RegistryStore } from '../registry.store.js';
import type { ApiConfig } from './api-config.entity.js';

/** Shorter keys get no hint: four characters would reveal too much. */
const SHORTEST_KEY_TO_HINT = 12;

/** Credentials of an API in plain text; never part of an answer. */
export interface ApiKeys {
  readonly apiKey: string | null;
  readonly apiSecret: string | null;
}

/** Encrypts keys of APIs before they are stored, and decrypts them afterwards. */
@Injectable()
export class ApiKeyService implements OnApplicationBootstrap {
  constructor(
    private readonly store: RegistryStore,
    private readonly box: SecretBox,
  ) {}

  /**
   * Refuses to start with keys that cannot decrypt what is stored. Otherwise the first sign of a wrong
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
   * The columns to write for a new key and secret. `undefined` leaves one unchanged, `null` removes it. Encrypting the
   * same key twice gives two different texts.
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

  /** Key and secret in plain text, for a tool that is about to call this API. @throws NotFound, SecretUnreadable. */
  async keysOf(apiName: string): Promise<ApiKeys> {
    const api = await this.store.find(APIS, apiName);
    if (!api) throw new NotFound('API');
    return this.open(api);
  }

  /** New tokens for the stored keys: only the columns that hold one. @throws SecretUnreadable. */
  reseal(api: ApiConfig): Partial<Pick<ApiConfig, 'api_key_encrypted' | 'api_secret_encrypted'>> {
    const { apiKey, apiSecret } = this.open(api);
    return {
      ...(apiKey === null ? {} : { api_key_encrypted: this.sealed(keyPlace(api.api_name), apiKey) }),
      ...(apiSecret === null ? {} : { api_secret_encrypted: this.sealed(secretPlace(api.api_name), apiSecret) }),
    };
  }

  /** @throws SecretUnreadable. */
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

/** Encrypts all stored keys with the first key of `ENCRYPTION_KEYS`. */
export class KeyRotation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: ApiKeyService,
    private readonly auditLog: AuditLogService,
  ) {}

  /**
   * Encrypts every stored key and secret again, all or none. Locks of the rows serialise it with changes by admins. The
   * stored values stay the same, so versions do not change. A second call does the same again.
   * @returns the number of keys and secrets.
   * @throws SecretUnreadable when one cannot be decrypted; nothing is changed then.
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
