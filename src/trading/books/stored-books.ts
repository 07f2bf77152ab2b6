import type { InstanceBooks } from '../../domain/execution/execute-instance.js';
import { Money, plainText } from '../../domain/money/decimal.js';
import type { HeldPosition } from '../../domain/trading/held-position.js';
import type { Row } from '../../platform/database/row.js';
import type { Portfolio } from './portfolio.entity.js';
import type { Position } from './position.entity.js';

type OfPortfolio = Pick<
  Row<Portfolio>,
  | 'current_balance'
  | 'initial_balance'
  | 'peak_value'
  | 'max_drawdown'
  | 'total_trades'
  | 'winning_trades'
  | 'losing_trades'
>;
type OfPosition = Pick<Row<Position>, 'quantity' | 'cost_basis' | 'average_entry_price'>;
type OfPerpetual = Pick<Row<Position>, 'entry_notional' | 'side' | 'margin' | 'leverage'>;

/**
 * An instance's books as a statement reads them; the position's columns are null without a position. A statement may omit
 * the columns of perpetuals: without them, or with an entry notional of 0, the position is a spot holding.
 */
export type StoredBooks = OfPortfolio & Nullable<OfPosition> & Partial<Nullable<OfPerpetual>>;

type Nullable<Columns> = { readonly [Name in keyof Columns]: Columns[Name] | null };

export function booksOf(row: StoredBooks): InstanceBooks {
  return {
    cash: money(row.current_balance),
    position: positionOf(row),
    initialBalance: money(row.initial_balance),
    peakValue: money(row.peak_value),
    maxDrawdown: row.max_drawdown,
    totalTrades: row.total_trades,
    winningTrades: row.winning_trades,
    losingTrades: row.losing_trades,
  };
}

function positionOf(row: StoredBooks): HeldPosition | null {
  if (row.quantity === null || row.cost_basis === null || row.average_entry_price === null) return null;
  const held = { quantity: money(row.quantity), costBasis: money(row.cost_basis) };
  if (!row.entry_notional || Number(row.entry_notional) === 0) {
    return { quantity: held.quantity, costBasis: held.costBasis, averageEntryPrice: money(row.average_entry_price) };
  }
  return {
    ...held,
    side: row.side!,
    entryNotional: money(row.entry_notional),
    margin: money(row.margin!),
    leverage: money(row.leverage!),
  };
}

/** Parsing trailing zeros costs more than stripping them first. */
function money(numeric: string): Money {
  return new Money(plainText(numeric));
}
