import type { EntityManager } from 'typeorm';

/** An instance with something to sell; numerics are decimal strings. */
export interface Holding {
  readonly trade_channel: string;
  readonly trade_symbol: string;
  readonly current_balance: string;
  readonly total_value: string;
  readonly initial_balance: string;
  readonly peak_value: string;
  readonly max_drawdown: number;
  readonly total_trades: number;
  readonly winning_trades: number;
  readonly losing_trades: number;
  readonly last_snapshot_at: Date | null;
  readonly quantity: string;
  readonly cost_basis: string;
  readonly average_entry_price: string;
  readonly opened_at: Date;
}

/** What an instance holds of its definition's symbol; null when it holds nothing. The caller holds the row's lock. */
export async function findHolding(manager: EntityManager, portfolioId: string): Promise<Holding | null> {
  const rows = await manager.query<Holding[]>(
    `SELECT d.trade_channel, d.trade_symbol, p.current_balance, p.total_value, p.initial_balance, p.peak_value,
       p.max_drawdown, p.total_trades, p.winning_trades, p.losing_trades, p.last_snapshot_at,
       s.quantity, s.cost_basis, s.average_entry_price, s.opened_at
     FROM portfolios p
     JOIN strategy_definitions d ON d.id = p.strategy_definition_id
     JOIN positions s ON s.portfolio_id = p.id AND s.symbol = d.trade_symbol
     WHERE p.id = $1`,
    [portfolioId],
  );
  return rows[0] ?? null;
}
