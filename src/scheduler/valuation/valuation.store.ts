import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Names the lock under which one process at a time values. */
const VALUATION_LOCK = 7_262_664;

/** The statements of the valuation. */
@Injectable()
export class ValuationStore {
  constructor(private readonly database: DataSource) {}

  /** Symbols of the instances that are not archived. */
  async symbols(): Promise<string[]> {
    const rows = await this.database.query<{ trade_symbol: string }[]>(
      `SELECT DISTINCT d.trade_symbol FROM strategy_definitions d
       WHERE EXISTS (SELECT 1 FROM portfolios p WHERE p.strategy_definition_id = d.id AND p.archived_at IS NULL)`,
    );
    return rows.map((row) => row.trade_symbol);
  }

  /**
   * Values all instances of a symbol at a price, by one statement: the formulas of `src/domain/portfolio`
   * (total value, drawdown) in SQL, held against them by a test. Takes a snapshot of those that had none
   * for an hour. An instance that a run works on at this moment is left to the run.
   * @returns how many instances were valued; null when another process is at it.
   */
  async value(symbol: string, price: string, now: Date): Promise<number | null> {
    return this.database.transaction(async (manager) => {
      const [lock] = await manager.query<{ taken: boolean }[]>(`SELECT pg_try_advisory_xact_lock($1) AS taken`, [
        VALUATION_LOCK,
      ]);
      if (!lock!.taken) return null;
      const [row] = await manager.query<{ valued: number }[]>(
        `WITH locked AS (
           SELECT p.id, p.current_balance AS cash, coalesce(s.quantity, 0) AS quantity
           FROM portfolios p
           JOIN strategy_definitions d ON d.id = p.strategy_definition_id
           LEFT JOIN positions s ON s.portfolio_id = p.id AND s.symbol = d.trade_symbol
           WHERE d.trade_symbol = $1 AND p.archived_at IS NULL
           ORDER BY p.id FOR UPDATE OF p SKIP LOCKED),
         worth AS (
           SELECT id, cash, round(quantity * $2::numeric, 18) AS positions_value,
             round(cash + quantity * $2::numeric, 18) AS total_value FROM locked),
         valued AS (
           UPDATE portfolios p SET total_value = w.total_value, total_pnl = w.total_value - p.initial_balance,
             peak_value = greatest(p.peak_value, w.total_value),
             max_drawdown = greatest(p.max_drawdown,
               1 - (w.total_value / greatest(p.peak_value, w.total_value))::double precision),
             last_snapshot_at = CASE WHEN p.last_snapshot_at > $3::timestamptz - interval '1 hour'
               THEN p.last_snapshot_at ELSE $3 END
           FROM worth w
           WHERE p.id = w.id AND (p.total_value <> w.total_value OR p.last_snapshot_at IS NULL
             OR p.last_snapshot_at <= $3::timestamptz - interval '1 hour')
           RETURNING p.id, p.last_snapshot_at, w.cash, w.positions_value, w.total_value),
         snapshots AS (
           INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value, price)
           SELECT id, $3, total_value, cash, positions_value, $2::numeric FROM valued WHERE last_snapshot_at = $3
           ON CONFLICT DO NOTHING)
         SELECT count(*)::integer AS valued FROM valued`,
        [symbol, price, now],
      );
      return row!.valued;
    });
  }
}
