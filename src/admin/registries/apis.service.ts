import { Inject, Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../auth/audit-log/audit-log.service.js';
import type { Violation } from '../../domain/violation.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { pendingViolations, invalidBody } from '../../platform/http/input/validation.js';
import type { ApiConfig } from '../../registry/apis/api-config.entity.js';
import { ApiKeyService } from '../../registry/apis/api-key.service.js';
import { ApiStateStore } from '../../registry/apis/calls/api-state.store.js';
import { baseUrlFault } from '../../registry/apis/base-url.js';
import { RegistryService } from '../../registry/registry.service.js';
import { APIS } from '../../registry/registry.store.js';
import type { ApiConfigBody } from './registries.dto.js';

@Injectable()
export class AdminApisService {
  constructor(
    private readonly registry: RegistryService,
    private readonly keys: ApiKeyService,
    private readonly states: ApiStateStore,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Changes address, limit, switch and keys of an API. Another address, another key and switching on end a pause that the
   * API asked for. An address of another origin removes the key and the secret that the request does not replace:
   * they were meant for another host.
   * @param checkVersion called with the present version; throws when the caller read another one.
   * @throws InvalidContent (422) for an address that is not one of the API, NotFound.
   */
  async change(
    name: string,
    body: ApiConfigBody,
    by: RequestOrigin,
    checkVersion: (version: number) => void,
  ): Promise<{ readonly row: ApiConfig; readonly keyRemoved: boolean }> {
    const violations = [...pendingViolations(body), ...(await this.checkBaseUrl(name, body.base_url))];
    if (violations.length > 0) throw invalidBody(violations);
    let keyRemoved = false;
    const toChange = (stored: ApiConfig): Partial<ApiConfig> => {
      const removed = keysLeftBehind(stored, body);
      keyRemoved = Object.keys(removed).length > 0;
      return this.toChange(name, { ...body, ...removed });
    };
    const row = await this.registry.change(APIS, name, toChange, by, checkVersion, (before, change, manager) =>
      this.states.changed(name, before, change, manager),
    );
    return { row, keyRemoved };
  }

  private async checkBaseUrl(name: string, url: string | undefined): Promise<Violation[]> {
    if (url === undefined) return [];
    // First whether there is such an API: none has hosts under an unknown name.
    await this.registry.get(APIS, name);
    const { allowPrivateApiHosts } = this.config;
    // As it is stored, too: encoding makes some addresses longer.
    const fault =
      baseUrlFault(name, url, allowPrivateApiHosts) ?? baseUrlFault(name, normalised(url), allowPrivateApiHosts);
    return fault === null ? [] : [{ pointer: '/base_url', code: 'invalid_base_url', message: fault }];
  }

  private toChange(name: string, body: ApiConfigBody): Partial<ApiConfig> {
    return {
      ...(body.base_url === undefined ? {} : { base_url: normalised(body.base_url) }),
      ...(body.rate_limit === undefined ? {} : { rate_limit: body.rate_limit }),
      ...(body.is_active === undefined ? {} : { is_active: body.is_active }),
      ...this.keys.seal(name, {
        ...(body.api_key === undefined ? {} : { apiKey: body.api_key }),
        ...(body.api_secret === undefined ? {} : { apiSecret: body.api_secret }),
      }),
    };
  }
}

/** The stored key and secret, as null, where the address gets another origin and the body has no new ones. */
function keysLeftBehind(stored: ApiConfig, body: ApiConfigBody): Pick<ApiConfigBody, 'api_key' | 'api_secret'> {
  const { base_url, api_key, api_secret } = body;
  if (base_url === undefined || new URL(base_url).origin === new URL(stored.base_url).origin) return {};
  return {
    ...(stored.api_key_encrypted !== null && api_key === undefined ? { api_key: null } : {}),
    ...(stored.api_secret_encrypted !== null && api_secret === undefined ? { api_secret: null } : {}),
  };
}

/** One spelling for each address, without a slash at the end: tools add their paths to it. */
function normalised(url: string): string {
  return new URL(url).href.replace(/\/+$/, '');
}
