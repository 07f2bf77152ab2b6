import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ParamsObject } from '../../domain/params/merge-params.js';

export type TradingMode = 'paper' | 'live';

/** An instance as it begins; money as decimal strings in quote currency. */
export interface NewPortfolio {
  readonly id: string;
  readonly user_id: string;
  readonly strategy_definition_id: number;
  readonly instance_number: number;
  readonly instance_name: string;
  /** What others see as its name; null: the name itself. */
  readonly public_name: string | null;
  readonly instance_description: string;
  readonly instance_params: ParamsObject;
  readonly trading_mode: TradingMode;
  readonly initial_balance: string;
  readonly quote_asset: string;
}

/** What a change needs to know of an instance. */
export interface PortfolioRow {
  readonly id: string;
  readonly user_id: string;
  readonly strategy_definition_id: number;
  readonly instance_name: string;
  readonly instance_description: string;
  readonly instance_params: ParamsObject;
  readonly params_version: number;
  readonly trading_mode: TradingMode;
  readonly is_active: boolean;
  readonly active_since: Date | null;
  readonly archived_at: Date | null;
  readonly version: number;
}

export interface PortfolioMarket {
  readonly user_id: string;
  readonly is_active: boolean;
  readonly trade_channel: string;
  readonly trade_symbol: string;
}

/** What people change in an instance. */
export type PortfolioState = Pick<
  PortfolioRow,
  | 'instance_name'
  | 'instance_description'
  | 'instance_params'
  | 'params_version'
  | 'is_active'
  | 'active_since'
  | 'archived_at'
>;

/** The statements by which people make and change instances; all within the caller's transaction. */
@Injectable()
export class PortfolioStore {
  /**
   * The next number of this user for this definition, archived instances counted, and how many instances the user has
   * of all definitions, archived ones left out. Until the transaction ends no other instance is made for the user.
   */
  async takeNumber(
    manager: EntityManager,
    userId: string,
    definitionId: number,
  ): Promise<{ number: number; open: number }> {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`conclave:instances:${userId}`]);
    // A statement of its own: its snapshot must begin after the lock was given.
    const [row] = await manager.query<{ number: number; open: number }[]>(
      `SELECT coalesce(max(instance_number) FILTER (WHERE strategy_definition_id = $2), 0) + 1 AS number,
         count(*) FILTER (WHERE archived_at IS NULL)::integer AS open
       FROM portfolios WHERE user_id = $1`,
      [userId, definitionId],
    );
    return row!;
  }

  /** The instance, the first version of its params, its deposit in the ledger, and the start of its equity curve. */
  async insert(manager: EntityManager, portfolio: NewPortfolio, createdBy: string | null, now: Date): Promise<void> {
    await manager.query(
      `INSERT INTO portfolios (id, user_id, strategy_definition_id, instance_number, instance_name,
         public_name, instance_description, instance_params, params_version, trading_mode, initial_balance,
         current_balance, total_value, total_pnl, peak_value, is_active, active_since, last_snapshot_at,
         last_snapshot_value, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $11, $6, $7::jsonb, 1, $8, $9, $9, $9, 0, $9, true, $10, $10, $9, $10, $10)`,
      [
        portfolio.id,
        portfolio.user_id,
        portfolio.strategy_definition_id,
        portfolio.instance_number,
        portfolio.instance_name,
        portfolio.instance_description,
        JSON.stringify(portfolio.instance_params),
        portfolio.trading_mode,
        portfolio.initial_balance,
        now,
        portfolio.public_name,
      ],
    );
    await this.addParams(manager, portfolio.id, 1, portfolio.instance_params, createdBy, now);
    await manager.query(
      `INSERT INTO ledger_entries (portfolio_id, asset, amount, kind, occurred_at) VALUES ($1, $2, $3, 'deposit', $4)`,
      [portfolio.id, portfolio.quote_asset, portfolio.initial_balance, now],
    );
    await manager.query(
      `INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value, price)
       VALUES ($1, $2, $3, $3, 0, NULL)`,
      [portfolio.id, now, portfolio.initial_balance],
    );
  }

  /** Adds a version of an instance's params; those before it stay as they are. */
  async addParams(
    manager: EntityManager,
    portfolioId: string,
    version: number,
    params: ParamsObject,
    changedBy: string | null,
    now: Date,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO portfolio_params_history (portfolio_id, params_version, params, changed_by, changed_at)
       VALUES ($1, $2, $3::jsonb, $4, $5)`,
      [portfolioId, version, JSON.stringify(params), changedBy, now],
    );
  }

  /**
   * Locks instances of a definition, archived ones left out, in whose params one of the keys is not stored: the next ones by id.
   * @param paths of keys into nested objects.
   */
  async lockLacking(
    manager: EntityManager,
    definitionId: number,
    paths: readonly (readonly string[])[],
    afterId: string | null,
    most: number,
  ): Promise<Pick<PortfolioRow, 'id' | 'instance_params'>[]> {
    return manager.query(
      `SELECT id, instance_params FROM portfolios
       WHERE strategy_definition_id = $1 AND archived_at IS NULL AND ($2::uuid IS NULL OR id > $2)
         AND EXISTS (SELECT 1 FROM unnest($3::text[]) AS wanted (path) WHERE instance_params #> path::text[] IS NULL)
       ORDER BY id LIMIT $4 FOR UPDATE`,
      [definitionId, afterId, paths.map((path) => `{${path.map((key) => JSON.stringify(key)).join(',')}}`), most],
    );
  }

  /**
   * Gives instances their next version of params, as changed by the program. The version of the instance stays: it counts
   * what people change.
   */
  async completeParams(
    manager: EntityManager,
    instances: readonly { readonly id: string; readonly params: ParamsObject }[],
    now: Date,
  ): Promise<void> {
    await manager.query(
      `WITH changed AS (
         UPDATE portfolios p SET instance_params = given.params::jsonb, params_version = p.params_version + 1
         FROM unnest($1::uuid[], $2::text[]) AS given (id, params) WHERE p.id = given.id
         RETURNING p.id, p.params_version, p.instance_params)
       INSERT INTO portfolio_params_history (portfolio_id, params_version, params, changed_by, changed_at)
       SELECT id, params_version, instance_params, NULL, $3 FROM changed`,
      [instances.map(({ id }) => id), instances.map(({ params }) => JSON.stringify(params)), now],
    );
  }

  /** Reads an instance that is about to change; a chunk of a run that works on it is waited for. */
  async lock(manager: EntityManager, id: string): Promise<PortfolioRow | null> {
    const rows = await manager.query<PortfolioRow[]>(
      `SELECT id, user_id, strategy_definition_id, instance_name, instance_description, instance_params,
         params_version, trading_mode, is_active, active_since, archived_at, version
       FROM portfolios WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** Whose instance it is, and what it trades. */
  async marketOf(manager: EntityManager, id: string): Promise<PortfolioMarket | null> {
    const rows = await manager.query<PortfolioMarket[]>(
      `SELECT p.user_id, p.is_active, d.trade_channel, d.trade_symbol
       FROM portfolios p JOIN strategy_definitions d ON d.id = p.strategy_definition_id
       WHERE p.id = $1`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** Writes the state as a new version; a name that its owner gave is seen by everybody. @returns false when the instance is no longer at `version`. */
  async update(
    manager: EntityManager,
    id: string,
    version: number,
    state: PortfolioState,
    now: Date,
  ): Promise<boolean> {
    const [, affected] = await manager.query<[unknown[], number]>(
      `UPDATE portfolios
       SET instance_name = $3::varchar, public_name = CASE WHEN instance_name = $3::varchar THEN public_name END,
         instance_description = $4, instance_params = $5::jsonb, params_version = $6,
         is_active = $7, active_since = $8, archived_at = $9, version = version + 1, updated_at = $10
       WHERE id = $1 AND version = $2`,
      [
        id,
        version,
        state.instance_name,
        state.instance_description,
        JSON.stringify(state.instance_params),
        state.params_version,
        state.is_active,
        state.active_since,
        state.archived_at,
        now,
      ],
    );
    return affected === 1;
  }

  /** Whether the instance holds anything. */
  async hasPositions(manager: EntityManager, id: string): Promise<boolean> {
    const [row] = await manager.query<{ holds: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM positions WHERE portfolio_id = $1) AS holds`,
      [id],
    );
    return row!.holds;
  }
}
