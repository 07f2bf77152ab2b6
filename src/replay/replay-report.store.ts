import type { DataSource } from 'typeorm';

/** What a replay made of one instance; numerics are decimal strings. */
export interface InstanceFigures {
  readonly id: string;
  readonly instance_name: string;
  readonly instance_params: Record<string, unknown>;
  readonly initial_balance: string;
  readonly total_value: string;
  readonly max_drawdown: number;
  readonly total_trades: number;
  readonly winning_trades: number;
  readonly losing_trades: number;
  readonly win_rate: number | null;
}

export interface RunFigures {
  readonly status: string;
  readonly runs: number;
}

/** Reads what the report shows. */
export class ReplayReportStore {
  constructor(private readonly database: DataSource) {}

  async instances(): Promise<InstanceFigures[]> {
    return this.database.query(
      `SELECT p.id, p.instance_name, p.instance_params, p.initial_balance, p.total_value, p.max_drawdown,
         p.total_trades, p.winning_trades, p.losing_trades, p.win_rate
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
