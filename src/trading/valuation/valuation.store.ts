import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ADVISORY_LOCK } from '../../platform/database/advisory-locks.js';

/** A symbol at a venue. */
export interface ValuedMarket {
  /** Name of the trade channel. */
  readonly channel: string;
  readonly symbol: string;
}

@Injectable()
export class ValuationStore {
  constructor(private readonly database: DataSource) {}

  /** Markets of all instances that are not archived. A symbol has its own price at every venue. */
  async markets(): Promise<ValuedMarket[]> {
    return this.database.query(
      `SELECT DISTINCT d.trade_channel AS channel, d.trade_symbol AS symbol FROM strategy_definitions d
       WHERE EXISTS (SELECT 1 FROM portfolios p WHERE p.strategy_definition_id = d.id AND p.archived_at IS NULL)
       ORDER BY 1, 2`,
    );
  }

  /**
   * Values all instances of a market at a price. The formulas are those of `src/domain/portfolio` in SQL; a test compares
   * them. An instance without a snapshot for an hour gets one, and only then its peak and drawdown are updated. Skips
   * instances locked by a run, which values them itself. Locks first and values in a second statement: only one that begins
   * after the locks sees the writes of a run that just ended. Adds a stream event for each definition with changed values.
   * @returns the number of instances valued; null when another process holds the lock.
   */
  async value({ channel, symbol }: ValuedMarket, price: string, now: Date): Promise<number | null> {
    return this.database.transaction(async (manager) => {
      const [lock] = await manager.query<{ taken: boolean }[]>(`SELECT pg_try_advisory_xact_lock($1) AS taken`, [
        ADVISORY_LOCK.valuation,
      ]);
      if (!lock!.taken) return null;
      const locked = await manager.query<{ id: string }[]>(
        `SELECT p.id FROM portfolios p JOIN strategy_definitions d ON d.id = p.strategy_definition_id
         WHERE d.trade_channel = $1 AND d.trade_symbol = $2 AND p.archived_at IS NULL
         ORDER BY p.id FOR NO KEY UPDATE OF p SKIP LOCKED`,
        [channel, symbol],
      );
      const [row] = await manager.query<{ valued: number }[]>(VALUE_LOCKED, [
        symbol,
        price,
        now,
        locked.map(({ id }) => id),
      ]);
      return row!.valued;
    });
  }
}

/** `heldValueOf` of src/domain/trading/held-position.ts: on spot margin and entry_notional are 0, and all are long. */
const POSITION_VALUE = `s.margin + CASE s.side WHEN 'long' THEN 1 ELSE -1 END * (round(s.quantity * $2::numeric, 18) - s.entry_notional)`;

/** $1 symbol, $2 price, $3 now, $4 ids. */
const VALUE_LOCKED = `
  WITH worth AS (
    SELECT p.id, p.current_balance AS cash, s.portfolio_id IS NOT NULL AS holds,
      coalesce(${POSITION_VALUE}, 0) AS positions_value, p.current_balance + coalesce(${POSITION_VALUE}, 0) AS total_value,
      p.last_snapshot_at IS NULL OR p.last_snapshot_at <= $3::timestamptz - interval '1 hour' AS due
    FROM portfolios p LEFT JOIN positions s ON s.portfolio_id = p.id AND s.symbol = $1
    WHERE p.id = ANY ($4::uuid[])),
  valued AS (
    UPDATE portfolios p SET total_value = w.total_value, total_pnl = w.total_value - p.initial_balance,
      mark_price = $2::numeric, marked_at = $3,
      peak_value = CASE WHEN w.due THEN greatest(p.peak_value, w.total_value) ELSE p.peak_value END,
      max_drawdown = CASE WHEN w.due THEN greatest(p.max_drawdown,
        1 - (w.total_value / greatest(p.peak_value, w.total_value))::double precision) ELSE p.max_drawdown END,
      last_snapshot_at = CASE WHEN w.due THEN $3 ELSE p.last_snapshot_at END,
      last_snapshot_value = CASE WHEN w.due THEN w.total_value ELSE p.last_snapshot_value END
    FROM worth w
    WHERE p.id = w.id
      AND (w.due OR p.total_value <> w.total_value OR (w.holds AND p.mark_price IS DISTINCT FROM $2::numeric))
    RETURNING p.id, p.strategy_definition_id, w.due, w.cash, w.positions_value, w.total_value),
  snapshots AS (
    INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value, price)
    SELECT id, $3, total_value, cash, positions_value, $2::numeric FROM valued WHERE due
    ON CONFLICT DO NOTHING),
  told AS (
    INSERT INTO stream_events (kind, definition_id)
    SELECT DISTINCT 'valuation', strategy_definition_id FROM valued)
  SELECT count(*)::integer AS valued FROM valued`;
