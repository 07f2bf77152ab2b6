import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ParamsObject } from '../../domain/params/merge-params.js';
import { columnsOf, type Row } from '../../platform/database/row.js';
import { LedgerEntry } from '../../trading/books/ledger-entry.entity.js';
import { PortfolioSnapshot } from '../../trading/books/portfolio-snapshot.entity.js';
import { Portfolio } from '../../trading/books/portfolio.entity.js';
import { Position } from '../../trading/books/position.entity.js';
import { PortfolioParams } from './portfolio-params.entity.js';

export type TradingMode = Portfolio['trading_mode'];

/** An instance as it begins; money as decimal strings in quote currency. */
export interface NewPortfolio extends Pick<
  Row<Portfolio>,
  | 'id'
  | 'user_id'
  | 'strategy_definition_id'
  | 'instance_number'
  | 'instance_name'
  | 'public_name'
  | 'instance_description'
  | 'instance_params'
  | 'trading_mode'
  | 'initial_balance'
> {
  readonly quote_asset: string;
}

/** What a change needs to know of an instance. */
export type PortfolioRow = Row<Portfolio>;

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
    const { quote_asset: asset, ...given } = portfolio;
    const { id, initial_balance: deposit } = portfolio;
    const row = columnsOf<Portfolio>({
      ...given,
      params_version: 1,
      current_balance: deposit,
      total_value: deposit,
      total_pnl: '0',
      peak_value: deposit,
      is_active: true,
      active_since: now,
      last_snapshot_at: now,
      last_snapshot_value: deposit,
      created_at: now,
      updated_at: now,
    });
    await manager.insert(Portfolio, row);
    await this.addParams(manager, id, 1, portfolio.instance_params, createdBy, now);
    await manager.insert(LedgerEntry, { portfolio_id: id, asset, amount: deposit, kind: 'deposit', occurred_at: now });
    await manager.insert(PortfolioSnapshot, {
      portfolio_id: id,
      taken_at: now,
      total_value: deposit,
      cash: deposit,
      positions_value: '0',
      price: null,
    });
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
    const row = { portfolio_id: portfolioId, params_version: version, params, changed_by: changedBy, changed_at: now };
    await manager.insert(PortfolioParams, columnsOf<PortfolioParams>(row));
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
    return manager.findOne(Portfolio, { where: { id }, lock: { mode: 'pessimistic_write' } });
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

  /** Stops every active instance of a user, in one statement. @returns their ids; a second call finds none. */
  async stopOfUser(manager: EntityManager, userId: string, now: Date): Promise<string[]> {
    const [rows] = await manager.query<[{ id: string }[], number]>(
      `UPDATE portfolios SET is_active = false, active_since = NULL, version = version + 1, updated_at = $2
       WHERE user_id = $1 AND is_active RETURNING id`,
      [userId, now],
    );
    return rows.map(({ id }) => id);
  }

  /** Writes the state as a new version; a name that its owner gave is seen by everybody. @returns false when the instance is no longer at `version`. */
  async update(
    manager: EntityManager,
    id: string,
    version: number,
    state: PortfolioState,
    now: Date,
  ): Promise<boolean> {
    const { affected } = await manager
      .createQueryBuilder()
      .update(Portfolio)
      .set(
        columnsOf<Portfolio>({
          ...state,
          public_name: () => 'CASE WHEN instance_name = :name THEN public_name END',
          version: () => 'version + 1',
          updated_at: now,
        }),
      )
      .where({ id, version })
      .setParameter('name', state.instance_name)
      .execute();
    return affected === 1;
  }

  /** Whether the instance holds anything. */
  async hasPositions(manager: EntityManager, id: string): Promise<boolean> {
    return manager.existsBy(Position, { portfolio_id: id });
  }
}
