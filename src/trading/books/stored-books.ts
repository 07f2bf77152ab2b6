import type { InstanceBooks } from '../../domain/execution/execute-instance.js';
import { Money, plainText } from '../../domain/money/decimal.js';
import type { HeldPosition } from '../../domain/trading/held-position.js';
import type { PositionSide } from '../../domain/trading/venue-rules.js';

/** An instance's books as a statement reads them; numerics are decimal text, the position's null when nothing is held. */
export interface StoredBooks {
  readonly current_balance: string;
  readonly initial_balance: string;
  readonly peak_value: string;
  readonly max_drawdown: number;
  readonly total_trades: number;
  readonly winning_trades: number;
  readonly losing_trades: number;
  readonly quantity: string | null;
  readonly cost_basis: string | null;
  readonly average_entry_price: string | null;
  /** Read where positions are perpetual; absent or 0: the position is a spot holding. */
  readonly entry_notional?: string | null;
  readonly side?: PositionSide | null;
  readonly margin?: string | null;
  readonly leverage?: string | null;
}

/** The books in the form that the rules work with. */
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

/** Zeros at the end cost more to read than to look for. */
function money(numeric: string): Money {
  return new Money(plainText(numeric));
}
