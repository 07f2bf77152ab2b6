import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLogService, type RequestOrigin } from '../auth/audit-log/audit-log.service.js';
import { type Clock, CLOCK } from '../domain/clock.js';
import { toLlmSettings, type LlmSettings } from './llm-settings.js';
import { NotFound } from '../platform/http/problems/app-errors.js';
import type { Page } from '../platform/http/paging.js';
import { RegistryStore, type Registry } from './registry.store.js';

/** Which agents, tools and APIs are switched on, by name. A missing name is not registered. */
export interface Switches {
  readonly agents: Map<string, boolean>;
  readonly tools: Map<string, boolean>;
  readonly apis: Map<string, boolean>;
}

interface RegistryRow {
  version: number;
  updated_at: Date;
}

@Injectable()
export class RegistryService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: RegistryStore,
    private readonly auditLog: AuditLogService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All switches in one statement. Read once per run, so that a run sees one consistent state. */
  async switches(): Promise<Switches> {
    const switches: Switches = { agents: new Map(), tools: new Map(), apis: new Map() };
    const byKind = { agent: switches.agents, tool: switches.tools, api: switches.apis };
    for (const row of await this.store.switches()) byKind[row.kind].set(row.name, row.is_active);
    return switches;
  }

  /** Settings of the agents with LLM mode on, by name, in one statement. Read once per run. */
  async llmSettings(): Promise<ReadonlyMap<string, LlmSettings>> {
    const rows = await this.store.llmSettings();
    return new Map(rows.map((row) => [row.agent_name, toLlmSettings(row)]));
  }

  list<T extends object>(registry: Registry<T>, page: { limit: number; offset: number }): Promise<Page<T>> {
    return this.store.list(registry, page);
  }

  /** @throws NotFound. */
  async get<T extends object>(registry: Registry<T>, name: string): Promise<T> {
    const row = await this.store.find(registry, name);
    if (!row) throw new NotFound(registry.noun);
    return row;
  }

  /**
   * Changes a row, increments its version and writes the audit log, in one transaction. Fields that already have the
   * given value do not count; when none is left, nothing is written.
   *
   * @param change the fields, or what they are for the row as it is stored.
   * @param check called with the present version and the row as it will be; throws when the caller read another
   *   version, or when the result would be invalid.
   * @param also dependent changes in the same transaction; not called when nothing changes.
   * @throws NotFound.
   */
  async change<T extends RegistryRow>(
    registry: Registry<T>,
    name: string,
    change: Partial<T> | ((stored: T) => Partial<T>),
    by: RequestOrigin,
    check: (version: number, changed: T) => void,
    also?: (before: T, written: Partial<T>, manager: EntityManager) => Promise<void>,
  ): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      const row = await this.store.findForChange(registry, name, manager);
      if (!row) throw new NotFound(registry.noun);
      const wanted = typeof change === 'function' ? change(row) : change;
      check(row.version, { ...row, ...wanted });
      const properties = (Object.keys(wanted) as (keyof T & string)[]).filter((key) => wanted[key] !== row[key]);
      if (properties.length === 0) return row;
      const written = Object.fromEntries(properties.map((key) => [key, wanted[key]])) as Partial<T>;
      await also?.(row, written, manager);
      return this.write(registry, name, row, written, by, manager);
    });
  }

  private async write<T extends RegistryRow>(
    registry: Registry<T>,
    name: string,
    row: T,
    written: Partial<T>,
    by: RequestOrigin,
    manager: EntityManager,
  ): Promise<T> {
    const properties = Object.keys(written) as (keyof T & string)[];
    const moved = { ...written, version: row.version + 1, updated_at: this.clock.now() };
    await this.store.update(registry, name, moved, manager);
    const record = { action: `${registry.kind}.changed`, target_type: registry.kind, target_id: name } as const;
    const before = auditFields(row, properties);
    await this.auditLog.record({ ...by, ...record, before, after: auditFields(written, properties) }, manager);
    return Object.assign(row, moved);
  }
}

function auditFields<T>(row: Partial<T>, properties: readonly (keyof T & string)[]): Record<string, unknown> {
  return Object.fromEntries(properties.map((key) => [key, row[key] ?? null]));
}
