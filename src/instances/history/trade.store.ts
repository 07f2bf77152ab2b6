import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Row } from '../../platform/database/row.js';
import { Order } from '../../trading/books/order.entity.js';
import { Trade } from '../../trading/books/trade.entity.js';

export type TradeRow = Row<Trade>;
export type OrderRow = Row<Order>;

/** Which fills to list; null lets everything through. */
export interface TradeFilter {
  readonly tradeType: string | null;
  readonly from: Date | null;
  /** Not included. */
  readonly to: Date | null;
}

/** The statements by which orders and fills are shown. */
@Injectable()
export class TradeStore {
  constructor(private readonly database: DataSource) {}

  /** Newest first; ids are ordered by time. */
  async list(portfolioId: string, filter: TradeFilter, before: string | null, limit: number): Promise<TradeRow[]> {
    return this.database.query(
      `SELECT * FROM trades
       WHERE portfolio_id = $1 AND ($2::uuid IS NULL OR id < $2) AND ($4::text IS NULL OR trade_type = $4)
         AND ($5::timestamptz IS NULL OR executed_at >= $5) AND ($6::timestamptz IS NULL OR executed_at < $6)
       ORDER BY id DESC LIMIT $3`,
      [portfolioId, before, limit, filter.tradeType, filter.from, filter.to],
    );
  }

  /** An execution has one order at most. */
  async orderOf(executionId: string): Promise<OrderRow | null> {
    return this.database.manager.findOneBy(Order, { execution_id: executionId });
  }

  /** The fills of an order, in the order they happened. */
  async fillsOf(orderId: string): Promise<TradeRow[]> {
    return this.database.manager.find(Trade, { where: { order_id: orderId }, order: { id: 'ASC' } });
  }
}
