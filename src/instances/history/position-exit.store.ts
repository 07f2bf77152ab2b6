import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Row } from '../../platform/database/row.js';
import type { Trade } from '../../trading/books/trade.entity.js';
import type { PositionExit } from '../../trading/positions/position-exit.entity.js';
import type { Span } from './book.store.js';

/** A position that was closed between runs, with its fill, whose price is `price`. */
export interface PositionExitRow
  extends
    Omit<Row<PositionExit>, 'portfolio_id' | 'price' | 'basis'>,
    Pick<Row<Trade>, 'quantity' | 'price' | 'fee' | 'fee_asset' | 'realized_pnl'> {
  /** The market's price that it was closed at, before slippage. */
  readonly market_price: PositionExit['price'];
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
