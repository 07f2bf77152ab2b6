import type { EntityManager } from 'typeorm';
import type { Row } from '../../platform/database/row.js';
import type { Portfolio } from '../books/portfolio.entity.js';
import type { Position } from '../books/position.entity.js';
import type { StoredBooks } from '../books/stored-books.js';

export interface Holding
  extends
    StoredBooks,
    Pick<Row<Portfolio>, 'last_snapshot_at' | 'last_snapshot_value'>,
    Pick<Row<Position>, 'opened_at'> {
  readonly trade_channel: string;
  readonly trade_symbol: string;
}

/**
 * The position of a paper instance in its definition's symbol; null without one. The caller has locked the instance's row in
 * an earlier statement.
 */
export async function findHolding(manager: EntityManager, portfolioId: string): Promise<Holding | null> {
  const rows = await manager.query<Holding[]>(
    `SELECT d.trade_channel, d.trade_symbol, p.current_balance, p.initial_balance, p.peak_value, p.max_drawdown,
       p.total_trades, p.winning_trades, p.losing_trades, p.last_snapshot_at, p.last_snapshot_value,
       s.quantity, s.cost_basis, s.average_entry_price, s.opened_at,
       s.side, s.entry_notional, s.margin, s.leverage
     FROM portfolios p
     JOIN strategy_definitions d ON d.id = p.strategy_definition_id
     JOIN positions s ON s.portfolio_id = p.id AND s.symbol = d.trade_symbol
     WHERE p.id = $1 AND p.trading_mode = 'paper'`,
    [portfolioId],
  );
  return rows[0] ?? null;
}
