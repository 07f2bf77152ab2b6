import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLogService, type RequestOrigin } from '../auth/audit-log/audit-log.service.js';
import { type Clock, CLOCK } from '../domain/clock.js';
import { Conflict, NotFound, PreconditionFailed } from '../platform/http/problems/app-errors.js';
import { parseSort, type Page } from '../platform/http/paging.js';
import type { IdempotencyScope } from '../platform/idempotency/idempotency-scope.js';
import { invalidBody } from '../platform/http/input/validation.js';
import { changedFields, changesOf, newDefinitionOf } from './definition-changes.js';
import { DefinitionCatalogues } from './definition-rules.js';
import type { CreateDefinitionBody, DefinitionsQuery, UpdateDefinitionBody } from './definition.dto.js';
import { DefinitionStore, type DefinitionRow } from './definition.store.js';

export const SORTABLE = { id: 'id', name: 'name', display_name: 'display_name', created_at: 'created_at' };

/** Reading, making and changing strategy definitions. */
@Injectable()
export class DefinitionsService {
  constructor(
    private readonly database: DataSource,
    private readonly store: DefinitionStore,
    private readonly parts: DefinitionCatalogues,
    private readonly audit: AuditLogService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(query: DefinitionsQuery): Promise<Page<DefinitionRow>> {
    const { limit, offset } = query;
    const includeInactive = query.include_inactive ?? false;
    const sort = parseSort(query.sort, SORTABLE, 'id');
    const [items, total] = await Promise.all([
      this.store.list({ includeInactive, sort, limit, offset }),
      this.store.count(includeInactive),
    ]);
    return { items, total, limit, offset };
  }

  /** @throws NotFound. Definitions that are switched off are found too: their instances refer to them. */
  async get(id: number): Promise<DefinitionRow> {
    const row = await this.store.find(id);
    if (!row) throw new NotFound('strategy definition');
    return row;
  }

  /**
   * Makes a definition. It runs from the scheduler's next heartbeat on, without a restart.
   * @param once a request that may come again: the definition that was made the first time is given back.
   * @throws InvalidContent with every violation; Conflict `name_taken`, also for a second call with the same body.
   */
  async create(by: RequestOrigin, body: CreateDefinitionBody, once: IdempotencyScope): Promise<DefinitionRow> {
    const { definition, violations } = newDefinitionOf(body, await this.parts.load());
    if (!definition) throw invalidBody(violations);
    const id = await this.database.transaction((manager) =>
      once.make(manager, async () => {
        const row = await this.store.insert(manager, definition, this.clock.now());
        if (!row) throw new Conflict('name_taken', `A strategy definition named "${definition.name}" already exists.`);
        await this.audit.record(
          {
            ...by,
            action: 'definition.created',
            target_type: 'strategy_definition',
            target_id: String(row.id),
            after: { ...definition },
          },
          manager,
        );
        return String(row.id);
      }),
    );
    return this.get(Number(id));
  }

  /**
   * Changes what is given; a body that changes nothing leaves the version alone. Instances keep the params
   * they have. A new period or switch counts from the next tick.
   * @param precondition throws when the version is not the one that the caller has read.
   * @throws InvalidContent with every violation; Conflict `definition_in_use` for other business agents while
   *   an instance is not archived.
   */
  async update(
    by: RequestOrigin,
    id: number,
    body: UpdateDefinitionBody,
    precondition: (version: number) => void,
  ): Promise<DefinitionRow> {
    const parts = await this.parts.load();
    return this.database.transaction(async (manager) => {
      const present = await this.store.lockForChange(manager, id);
      if (!present) throw new NotFound('strategy definition');
      precondition(present.version);
      const { changes, violations } = changesOf(present, body, parts);
      if (!changes) throw invalidBody(violations);
      const changed = changedFields(present, changes);
      if (changed.length === 0) return present;
      if (changed.includes('business_agents') && (await this.store.isInUse(manager, id))) {
        const message =
          'Business agents can change only while no strategy uses the definition. Stop its strategies first.';
        throw new Conflict('definition_in_use', message);
      }
      const reschedule = changed.includes('rebalance_period_minutes') || changed.includes('is_active');
      const row = await this.store.update(manager, id, present.version, changes, reschedule, this.clock.now());
      if (!row) throw new PreconditionFailed(present.version);
      await this.audit.record(
        {
          ...by,
          action: 'definition.changed',
          target_type: 'strategy_definition',
          target_id: String(id),
          before: Object.fromEntries(changed.map((field) => [field, present[field]])),
          after: Object.fromEntries(changed.map((field) => [field, row[field]])),
        },
        manager,
      );
      return row;
    });
  }
}
