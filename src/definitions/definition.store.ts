import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** A definition as it is stored. */
export interface DefinitionRow {
  readonly id: number;
  readonly name: string;
  readonly display_name: string;
  readonly description: string;
  readonly decision_agent_module: string;
  readonly decision_agent_class: string;
  readonly business_agents: readonly string[];
  readonly trade_channel: string;
  readonly trade_symbol: string;
  readonly rebalance_period_minutes: number;
  readonly default_params: Readonly<Record<string, unknown>>;
  readonly is_active: boolean;
  readonly next_run_at: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

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

const COLUMNS = `id, name, display_name, description, decision_agent_module, decision_agent_class, business_agents,
  trade_channel, trade_symbol, rebalance_period_minutes, default_params, is_active, next_run_at, version,
  created_at, updated_at`;

/** The statements on strategy definitions. */
@Injectable()
export class DefinitionStore {
  constructor(private readonly database: DataSource) {}

  async list(listing: DefinitionListing): Promise<DefinitionRow[]> {
    const { column, direction } = listing.sort;
    return this.database.query(
      `SELECT ${COLUMNS} FROM strategy_definitions
       WHERE is_active OR $1
       ORDER BY ${column} ${direction}, id ${direction}
       LIMIT $2 OFFSET $3`,
      [listing.includeInactive, listing.limit, listing.offset],
    );
  }

  async count(includeInactive: boolean): Promise<number> {
    const [row] = await this.database.query<{ total: number }[]>(
      `SELECT count(*)::int AS total FROM strategy_definitions WHERE is_active OR $1`,
      [includeInactive],
    );
    return row!.total;
  }

  /** Also those that are switched off. */
  async all(): Promise<DefinitionRow[]> {
    return this.database.query(`SELECT ${COLUMNS} FROM strategy_definitions ORDER BY id`);
  }

  async find(id: number): Promise<DefinitionRow | null> {
    const rows = await this.database.query<DefinitionRow[]>(
      `SELECT ${COLUMNS} FROM strategy_definitions WHERE id = $1`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** Reads a definition that is about to change; creators of instances and other changes wait. */
  async lockForChange(manager: EntityManager, id: number): Promise<DefinitionRow | null> {
    const rows = await manager.query<DefinitionRow[]>(
      `SELECT ${COLUMNS} FROM strategy_definitions WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return rows[0] ?? null;
  }

  /**
   * Reads a definition that something is about to depend on: until the transaction ends nobody changes it
   * through {@link lockForChange}. The scheduler, which only moves `next_run_at`, is not held up.
   */
  async lockForUse(manager: EntityManager, id: number): Promise<DefinitionRow | null> {
    const rows = await manager.query<DefinitionRow[]>(
      `SELECT ${COLUMNS} FROM strategy_definitions WHERE id = $1 FOR KEY SHARE`,
      [id],
    );
    return rows[0] ?? null;
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
    const rows = await manager.query<DefinitionRow[]>(
      `INSERT INTO strategy_definitions (name, display_name, description, decision_agent_module, decision_agent_class,
         business_agents, trade_channel, trade_symbol, rebalance_period_minutes, default_params, is_active,
         created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10::jsonb, $11, $12, $12)
       ON CONFLICT (name) DO NOTHING
       RETURNING ${COLUMNS}`,
      [
        definition.name,
        definition.display_name,
        definition.description,
        definition.decision_agent_module,
        definition.decision_agent_class,
        JSON.stringify(definition.business_agents),
        definition.trade_channel,
        definition.trade_symbol,
        definition.rebalance_period_minutes,
        JSON.stringify(definition.default_params),
        definition.is_active,
        now,
      ],
    );
    return rows[0] ?? null;
  }

  /**
   * Writes the changes as a new version.
   * @param reschedule forget the next run, so that the scheduler works it out anew.
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
    const [rows] = await manager.query<[DefinitionRow[], number]>(
      `UPDATE strategy_definitions
       SET display_name = $3, description = $4, business_agents = $5::jsonb, rebalance_period_minutes = $6,
         default_params = $7::jsonb, is_active = $8, next_run_at = CASE WHEN $9 THEN NULL ELSE next_run_at END,
         version = version + 1, updated_at = $10
       WHERE id = $1 AND version = $2
       RETURNING ${COLUMNS}`,
      [
        id,
        version,
        changes.display_name,
        changes.description,
        JSON.stringify(changes.business_agents),
        changes.rebalance_period_minutes,
        JSON.stringify(changes.default_params),
        changes.is_active,
        reschedule,
        now,
      ],
    );
    return rows[0] ?? null;
  }

  /** Writes params that the program has completed; the version stays, it counts what people change. */
  async writeParams(manager: EntityManager, id: number, params: DefinitionRow['default_params']): Promise<void> {
    await manager.query(`UPDATE strategy_definitions SET default_params = $2::jsonb WHERE id = $1`, [
      id,
      JSON.stringify(params),
    ]);
  }

  /** Whether an instance of the definition is not archived. */
  async isInUse(manager: EntityManager, id: number): Promise<boolean> {
    const [row] = await manager.query<{ in_use: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM portfolios WHERE strategy_definition_id = $1 AND archived_at IS NULL) AS in_use`,
      [id],
    );
    return row!.in_use;
  }
}
