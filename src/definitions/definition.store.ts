import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { columnsOf, type Row } from '../platform/database/row.js';
import { Portfolio } from '../trading/books/portfolio.entity.js';
import { StrategyDefinition } from './strategy-definition.entity.js';

/** A definition as it is stored. */
export type DefinitionRow = Row<StrategyDefinition>;

/** What the creator of a definition says about it. */
export type NewDefinition = Omit<DefinitionRow, 'id' | 'next_run_at' | 'version' | 'created_at' | 'updated_at'>;

/** What may change in a definition. */
export type DefinitionChanges = Pick<
  DefinitionRow,
  'display_name' | 'description' | 'business_agents' | 'rebalance_period_minutes' | 'default_params' | 'is_active'
>;

export interface DefinitionListing {
  readonly includeInactive: boolean;
  /** From an allow-list, never from a caller. */
  readonly sort: { readonly column: string; readonly direction: 'ASC' | 'DESC' };
  readonly limit: number;
  readonly offset: number;
}

/** The statements on strategy definitions. */
@Injectable()
export class DefinitionStore {
  constructor(private readonly database: DataSource) {}

  async list(listing: DefinitionListing): Promise<DefinitionRow[]> {
    const { sort, limit, offset } = listing;
    return this.database.manager.find(StrategyDefinition, {
      where: listing.includeInactive ? {} : { is_active: true },
      order: { [sort.column]: sort.direction, id: sort.direction },
      take: limit,
      skip: offset,
    });
  }

  async count(includeInactive: boolean): Promise<number> {
    return this.database.manager.countBy(StrategyDefinition, includeInactive ? {} : { is_active: true });
  }

  /** Also those that are switched off. */
  async all(): Promise<DefinitionRow[]> {
    return this.database.manager.find(StrategyDefinition, { order: { id: 'ASC' } });
  }

  async find(id: number): Promise<DefinitionRow | null> {
    return this.database.manager.findOneBy(StrategyDefinition, { id });
  }

  /** Reads a definition that is about to change; creators of instances and other changes wait. */
  async lockForChange(manager: EntityManager, id: number): Promise<DefinitionRow | null> {
    return manager.findOne(StrategyDefinition, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /**
   * Reads a definition that something is about to depend on: until the transaction ends nobody changes it
   * through {@link lockForChange}. The scheduler, which only moves `next_run_at`, is not held up.
   */
  async lockForUse(manager: EntityManager, id: number): Promise<DefinitionRow | null> {
    return manager.findOne(StrategyDefinition, { where: { id }, lock: { mode: 'for_key_share' } });
  }

  /** `id (name)` of the definitions that are switched on, for a message: at most the first 20. */
  async activeNames(manager: EntityManager): Promise<string[]> {
    const rows = await manager.query<{ label: string }[]>(
      `SELECT id || ' (' || name || ')' AS label FROM strategy_definitions WHERE is_active ORDER BY id LIMIT 20`,
    );
    return rows.map((row) => row.label);
  }

  /** @returns the new row, or null when the name is taken. */
  async insert(manager: EntityManager, definition: NewDefinition, now: Date): Promise<DefinitionRow | null> {
    const { raw } = await manager
      .createQueryBuilder()
      .insert()
      .into(StrategyDefinition)
      .values(columnsOf<StrategyDefinition>({ ...definition, created_at: now, updated_at: now }))
      .orIgnore()
      .returning('*')
      .execute();
    return (raw as DefinitionRow[])[0] ?? null;
  }

  /**
   * Writes the changes as a new version.
   * @param reschedule clear the next run, so that the scheduler computes it again.
   * @returns the row, or null when it is no longer at `version`.
   */
  async update(
    manager: EntityManager,
    id: number,
    version: number,
    changes: DefinitionChanges,
    reschedule: boolean,
    now: Date,
  ): Promise<DefinitionRow | null> {
    const { raw } = await manager
      .createQueryBuilder()
      .update(StrategyDefinition)
      .set(
        columnsOf<StrategyDefinition>({
          ...changes,
          ...(reschedule ? { next_run_at: null } : {}),
          version: () => 'version + 1',
          updated_at: now,
        }),
      )
      .where({ id, version })
      .returning('*')
      .execute();
    return (raw as DefinitionRow[])[0] ?? null;
  }

  /** Writes params that the program has completed; the version stays, it counts what people change. */
  async writeParams(manager: EntityManager, id: number, params: DefinitionRow['default_params']): Promise<void> {
    await manager.update(StrategyDefinition, { id }, { default_params: params as object });
  }

  /** Whether an instance of the definition is not archived. */
  async isInUse(manager: EntityManager, id: number): Promise<boolean> {
    return manager.existsBy(Portfolio, { strategy_definition_id: id, archived_at: IsNull() });
  }
}
