import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Span } from './book.store.js';

/** A position that was closed between runs, with its fill; decimal strings. */
export interface PositionExitRow {
  readonly id: string;
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly kind: string;
  readonly level: string;
  readonly market_price: string;
  readonly observed_from: Date;
  readonly observed_until: Date;
  readonly opened_at: Date;
  readonly executed_at: Date;
  readonly order_id: string;
  readonly quantity: string;
  readonly price: string;
  readonly fee: string;
  readonly fee_asset: string;
  readonly realized_pnl: string | null;
}

@Injectable()
export class PositionExitStore {
  constructor(private readonly database: DataSource) {}

  /** Newest first; ids are ordered by time. A position is closed by one fill. */
  async list(portfolioId: string, span: Span, before: string | null, limit: number): Promise<PositionExitRow[]> {
    return this.database.query(
      `SELECT x.id, x.symbol, x.side, x.kind, x.level, x.price AS market_price, x.observed_from, x.observed_until,
         x.opened_at, x.executed_at, x.order_id, t.quantity, t.price, t.fee, t.fee_asset, t.realized_pnl
       FROM position_exits x JOIN trades t ON t.order_id = x.order_id
       WHERE x.portfolio_id = $1 AND ($2::uuid IS NULL OR x.id < $2)
         AND ($4::timestamptz IS NULL OR x.executed_at >= $4) AND ($5::timestamptz IS NULL OR x.executed_at < $5)
       ORDER BY x.id DESC LIMIT $3`,
      [portfolioId, before, limit, span.from, span.to],
    );
  }
}
