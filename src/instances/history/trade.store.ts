import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { StoredError } from './execution.store.js';

/** A fill; decimal strings. */
export interface TradeRow {
  readonly id: string;
  readonly order_id: string;
  readonly execution_id: string | null;
  readonly symbol: string;
  readonly trade_type: 'BUY' | 'SELL';
  readonly quantity: string;
  readonly price: string;
  readonly notional: string;
  readonly fee: string;
  readonly fee_asset: string;
  readonly realized_pnl: string | null;
  readonly balance_before: string;
  readonly balance_after: string;
  readonly holding_before: string;
  readonly holding_after: string;
  readonly reason: string;
  readonly executed_at: Date;
}

export interface OrderRow {
  readonly id: string;
  readonly client_order_id: string;
  readonly channel: string;
  readonly mode: string;
  readonly symbol: string;
  readonly side: 'BUY' | 'SELL';
  readonly type: string;
  readonly quantity: string;
  readonly price: string | null;
  readonly status: string;
  readonly filled_quantity: string;
  readonly average_price: string | null;
  readonly error: StoredError | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Which fills to list; null lets everything through. */
export interface TradeFilter {
  readonly tradeType: string | null;
  readonly from: Date | null;
  /** Not included. */
  readonly to: Date | null;
}

const TRADE = `id, order_id, execution_id, symbol, trade_type, quantity, price, notional, fee, fee_asset,
  realized_pnl, balance_before, balance_after, holding_before, holding_after, reason, executed_at`;

/** The statements by which orders and fills are shown. */
@Injectable()
export class TradeStore {
  constructor(private readonly database: DataSource) {}

  /** Newest first; ids are ordered by time. */
  async list(portfolioId: string, filter: TradeFilter, before: string | null, limit: number): Promise<TradeRow[]> {
    return this.database.query(
      `SELECT ${TRADE} FROM trades
       WHERE portfolio_id = $1 AND ($2::uuid IS NULL OR id < $2) AND ($4::text IS NULL OR trade_type = $4)
         AND ($5::timestamptz IS NULL OR executed_at >= $5) AND ($6::timestamptz IS NULL OR executed_at < $6)
       ORDER BY id DESC LIMIT $3`,
      [portfolioId, before, limit, filter.tradeType, filter.from, filter.to],
    );
  }

  /** An execution has one order at most. */
  async orderOf(executionId: string): Promise<OrderRow | null> {
    const rows = await this.database.query<OrderRow[]>(
      `SELECT id, client_order_id, channel, mode, symbol, side, type, quantity, price, status, filled_quantity,
         average_price, error, created_at, updated_at
       FROM orders WHERE execution_id = $1`,
      [executionId],
    );
    return rows[0] ?? null;
  }

  /** The fills of an order, in the order they happened. */
  async fillsOf(orderId: string): Promise<TradeRow[]> {
    return this.database.query(`SELECT ${TRADE} FROM trades WHERE order_id = $1 ORDER BY id`, [orderId]);
  }
}
