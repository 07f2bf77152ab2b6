import { Money } from '../../domain/money/decimal.js';
import type { ExitLevels } from '../../domain/trading/exits.js';
import type { Row } from '../../platform/database/row.js';
import type { Portfolio } from '../books/portfolio.entity.js';
import type { Position } from '../books/position.entity.js';
import type { StoredBooks } from '../books/stored-books.js';

/** A symbol at a venue. */
export interface MonitoredMarket {
  /** Name of the trade channel. */
  readonly channel: string;
  readonly symbol: string;
}

export interface MonitoredRow
  extends
    StoredBooks,
    Pick<Row<Portfolio>, 'id' | 'last_snapshot_at' | 'last_snapshot_value'>,
    Pick<Row<Position>, 'opened_at' | 'stop_loss' | 'take_profit' | 'stop_distance' | 'expires_at' | 'funding_until'> {
  readonly position_updated_at: Date;
  readonly levels_since: Date;
}

/** Columns of a {@link MonitoredRow}, of `portfolios p` and `positions s`. */
export const MONITORED_COLUMNS = `p.id, p.current_balance, p.initial_balance, p.peak_value, p.max_drawdown, p.total_trades,
  p.winning_trades, p.losing_trades, p.last_snapshot_at, p.last_snapshot_value, s.quantity, s.cost_basis,
  s.average_entry_price, s.side, s.entry_notional, s.margin, s.leverage, s.opened_at,
  s.updated_at AS position_updated_at, s.stop_loss, s.take_profit, s.stop_distance, s.expires_at, s.levels_since,
  s.funding_until`;

/** The monitored positions of a market, $1 channel, $2 symbol. */
export const MONITORED_TABLES = `positions s
  JOIN portfolios p ON p.id = s.portfolio_id
  JOIN strategy_definitions d ON d.id = p.strategy_definition_id AND d.trade_channel = $1 AND d.trade_symbol = s.symbol`;

/**
 * Condition on them, $3 being now: skips archived instances, and positions that changed after that moment.
 */
export const ARE_MONITORED = `s.symbol = $2 AND s.levels_since IS NOT NULL AND s.updated_at <= $3::timestamptz
  AND p.trading_mode = 'paper' AND p.archived_at IS NULL`;

export function levelsOf(row: MonitoredRow): ExitLevels {
  return {
    stopLoss: money(row.stop_loss),
    takeProfit: money(row.take_profit),
    stopDistance: money(row.stop_distance),
    expiresAt: row.expires_at,
    levelsSince: row.levels_since,
  };
}

function money(text: string | null): Money | null {
  return text === null ? null : new Money(text);
}
