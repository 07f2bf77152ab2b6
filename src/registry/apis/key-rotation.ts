import type { DataSource } from 'typeorm';
import type { AuditLogService } from '../../auth/audit-log/audit-log.service.js';
import { RegistryStore } from '../registry.store.js';
import type { ApiKeyService } from './api-key.service.js';

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
