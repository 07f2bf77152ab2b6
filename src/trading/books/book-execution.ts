import type { Signal } from '../../domain/decision/decision.js';
import type { ConcludedBooks } from '../../domain/execution/execute-instance.js';
import type { Traded } from '../../domain/execution/trade.js';
import { plainText, toText, type Money } from '../../domain/money/decimal.js';
import { uuidv7 } from '../../platform/database/uuid.js';
import type { Row } from '../../platform/database/row.js';
import type { BookRows } from './books.store.js';
import type { Portfolio } from './portfolio.entity.js';
import { addPosition } from './position-row.js';

/** A change of the total value takes a snapshot; without one, a snapshot is due after this time. */
const SNAPSHOT_EVERY_MS = 3_600_000;

export interface BookContext {
  readonly portfolioId: string;
  /** Null for a trade outside a run: a stop, or a close on request. */
  readonly executionId: string | null;
  readonly channel: string;
  readonly symbol: string;
  /** The market's price, decimal text. */
  readonly price: string;
  /** Code of the cause, for example `buy_signal`. */
  readonly tradeReason: string;
  /** Total value at the last snapshot; null before the first. */
  readonly lastSnapshotValue: string | null;
  /** Opening time of the current position; null without one. */
  readonly openedAt: Date | null;
  readonly lastSnapshotAt: Date | null;
  /** End of the time the old position was held. Default `now`; a stop hit within a candle passes the candle's start. */
  readonly heldUntil?: Date;
  readonly now: Date;
}

/** The code of a trade that a decision caused: `buy_signal`. */
export function reasonOfSignal(signal: Signal): string {
  return `${signal.toLowerCase()}_signal`;
}

/**
 * Adds the order, fill, ledger entries, position and snapshot of an execution to `rows`, as far as it has them.
 * @returns the new balances: columns of the instance's row, which the caller writes.
 */
export function bookExecution(rows: BookRows, context: BookContext, execution: ConcludedBooks) {
  if (execution.traded) addTrade(rows, context, execution.traded);
  const { after, totalValue } = execution;
  const value = toText(totalValue);
  // Both texts lack trailing zeros, so equal numbers are equal texts.
  const moved = context.lastSnapshotValue === null || plainText(context.lastSnapshotValue) !== value;
  const snapshot = moved || snapshotDue(context);
  if (snapshot) {
    // The instance is locked, so no snapshot is newer than the last one; only a time up to it can collide.
    const replaces = context.lastSnapshotAt !== null && context.lastSnapshotAt >= context.now;
    (replaces ? rows.replacing : rows.snapshots).push({
      portfolio_id: context.portfolioId,
      taken_at: context.now,
      total_value: value,
      cash: toText(after.cash),
      positions_value: toText(execution.positionsValue),
      price: context.price,
    });
  }
  return {
    id: context.portfolioId,
    current_balance: toText(after.cash),
    total_value: value,
    mark_price: context.price,
    marked_at: context.now,
    total_pnl: toText(execution.totalPnl),
    peak_value: toText(after.peakValue),
    max_drawdown: after.maxDrawdown,
    total_trades: after.totalTrades,
    winning_trades: after.winningTrades,
    losing_trades: after.losingTrades,
    win_rate: execution.winRate,
    last_snapshot_at: snapshot ? context.now : context.lastSnapshotAt,
    last_snapshot_value: snapshot ? value : context.lastSnapshotValue,
  } satisfies Partial<Row<Portfolio>>;
}

export type BalanceRow = ReturnType<typeof bookExecution>;

function snapshotDue({ lastSnapshotAt, now }: BookContext): boolean {
  return lastSnapshotAt === null || now.getTime() - lastSnapshotAt.getTime() >= SNAPSHOT_EVERY_MS;
}

function addTrade(rows: BookRows, context: BookContext, traded: Traded): void {
  const { fill, settled, ordered = fill.quantity } = traded;
  const { portfolioId, executionId, now } = context;
  const orderId = uuidv7(now.getTime());
  const tradeId = uuidv7(now.getTime());
  const quantity = toText(fill.quantity);
  rows.orders.push({
    id: orderId,
    portfolio_id: portfolioId,
    execution_id: executionId,
    // The order's own id is unique and never reused.
    client_order_id: orderId,
    channel: context.channel,
    mode: 'paper',
    symbol: context.symbol,
    side: fill.side,
    type: traded.limit ? 'limit' : 'market',
    quantity: toText(ordered),
    price: traded.limit ? toText(traded.limit) : null,
    status: fill.quantity.lt(ordered) ? 'partially_filled' : 'filled',
    filled_quantity: quantity,
    average_price: toText(fill.price),
    created_at: now,
    updated_at: now,
  });
  rows.trades.push({
    id: tradeId,
    order_id: orderId,
    venue_trade_id: '1',
    portfolio_id: portfolioId,
    execution_id: executionId,
    symbol: context.symbol,
    trade_type: fill.side,
    quantity,
    price: toText(fill.price),
    notional: toText(fill.notional),
    fee: toText(fill.fee),
    fee_asset: fill.feeAsset,
    realized_pnl: text(settled.realizedPnl),
    balance_before: toText(settled.cashBefore),
    balance_after: toText(settled.cashAfter),
    holding_before: toText(settled.holdingBefore),
    holding_after: toText(settled.holdingAfter),
    reason: context.tradeReason,
    executed_at: now,
  });
  for (const { asset, amount, kind } of settled.entries) {
    rows.ledger.push({
      portfolio_id: portfolioId,
      asset,
      amount: toText(amount),
      kind,
      trade_id: tradeId,
      occurred_at: now,
    });
  }
  const { symbol, openedAt, heldUntil = now } = context;
  addPosition(rows, { portfolioId, symbol, openedAt, heldUntil, now }, traded);
}

function text(value: Money | null): string | null {
  return value === null ? null : toText(value);
}
