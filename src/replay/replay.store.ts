import type { DataSource } from 'typeorm';
import { User } from '../auth/users/user.entity.js';
import { StrategyDefinition } from '../definitions/strategy-definition.entity.js';
import type { Row } from '../platform/database/row.js';
import type { Portfolio } from '../trading/books/portfolio.entity.js';

/** What a replay made of one instance; numerics are decimal strings. */
export type InstanceFigures = Pick<
  Row<Portfolio>,
  'id' | 'instance_name' | 'instance_params' | 'initial_balance' | 'total_value' | 'max_drawdown' | 'total_trades'
>;

export interface RunFigures {
  readonly status: string;
  readonly runs: number;
}

/** The statements of a replay: what it sets up, and what its report shows. */
export class ReplayStore {
  constructor(private readonly database: DataSource) {}

  /** Leaves one definition switched on, with another period where one is wanted. @returns all definitions, by name. */
  async choose(name: string, everyMinutes: number | null): Promise<Row<StrategyDefinition>[]> {
    await this.database.query(
      `UPDATE strategy_definitions SET is_active = (name = $1), rebalance_period_minutes = coalesce($2, rebalance_period_minutes)`,
      [name, everyMinutes],
    );
    return this.database.manager.find(StrategyDefinition, { order: { name: 'ASC' } });
  }

  /** Makes the trader of a replay, who has no password: nobody signs in. @returns the id. */
  async insertOwner(owner: Pick<Row<User>, 'email' | 'full_name'>): Promise<string> {
    const { identifiers } = await this.database.manager.insert(User, { ...owner, password_hash: '!', role: 'trader' });
    return (identifiers[0] as Pick<User, 'id'>).id;
  }

  async instances(): Promise<InstanceFigures[]> {
    return this.database.query(
      `SELECT p.id, p.instance_name, p.instance_params, p.initial_balance, p.total_value, p.max_drawdown,
         p.total_trades
       FROM portfolios p ORDER BY p.instance_number`,
    );
  }

  async runs(): Promise<RunFigures[]> {
    return this.database.query(
      `SELECT status, count(*)::integer AS runs FROM strategy_runs GROUP BY status ORDER BY status`,
    );
  }

  async signals(): Promise<{ signal: string; executions: number }[]> {
    return this.database.query(
      `SELECT coalesce(signal, status) AS signal, count(*)::integer AS executions FROM strategy_executions
       GROUP BY 1 ORDER BY 1`,
    );
  }

  /** How many positions were closed between runs, by what. */
  async exits(): Promise<{ kind: string; exits: number }[]> {
    return this.database.query(
      `SELECT kind, count(*)::integer AS exits FROM position_exits GROUP BY kind ORDER BY kind`,
    );
  }

  /** Prices of the first and the last run that had one; null when none had. */
  async prices(): Promise<{ first: string; last: string } | null> {
    const [row] = await this.database.query<{ first: string | null; last: string | null }[]>(
      `SELECT (SELECT market_snapshot->'price'->>'value' FROM strategy_runs WHERE market_snapshot IS NOT NULL
               ORDER BY scheduled_for LIMIT 1) AS first,
         (SELECT market_snapshot->'price'->>'value' FROM strategy_runs WHERE market_snapshot IS NOT NULL
          ORDER BY scheduled_for DESC LIMIT 1) AS last`,
    );
    return row?.first && row.last ? { first: row.first, last: row.last } : null;
  }
}
