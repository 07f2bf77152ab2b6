import type { InstanceState, OpenPosition } from '../../domain/decision/decision.js';
import { reason } from '../../domain/decision/reason-codes.js';
import type { InstanceExecution } from '../../domain/execution/execute-instance.js';
import { plainText, toText } from '../../domain/money/decimal.js';
import { signedQuantityOf } from '../../domain/trading/held-position.js';
import { encodeReasons, encodeState } from '../../instances/history/storage-codec.js';
import type { StrategyExecution } from '../../instances/history/strategy-execution.entity.js';
import type { Row } from '../../platform/database/row.js';
import { uuidv7Beside } from '../../platform/database/uuid.js';
import { bookExecution, reasonOfSignal } from '../../trading/books/book-execution.js';
import { emptyBookRows } from '../../trading/books/books.store.js';
import type { Position } from '../../trading/books/position.entity.js';
import { booksOf } from '../../trading/books/stored-books.js';
import type { RunContext } from '../runs/run-context.js';
import type { ChunkRows } from './chunk-writer.js';
import type { InstanceRow } from './chunk.store.js';
import { minutesSinceLastTrade } from './instance-decider.js';

/**
 * State of an instance before its decision. Together with the run's market and the params of its version it is enough
 * to recompute the decision. Money is decimal text.
 */
interface StateBefore extends InstanceState {
  readonly cash: string;
  readonly quantity: string;
  readonly total_value: string;
  /** Absent on failed executions. */
  readonly cost_basis?: string;
  /** This and the next field are present when the decision agent reads them. */
  readonly open_positions?: readonly OpenPosition[] | undefined;
  readonly minutes_since_last_trade?: number | null | undefined;
  /** Fields of a perpetual position beyond quantity and cost; absent on spot. */
  readonly position?: Pick<Row<Position>, 'side' | 'entry_notional' | 'margin' | 'leverage'> | null | undefined;
}

export function emptyRows(): ChunkRows {
  return { ...emptyBookRows(), executions: [], reasons: [], portfolios: [] };
}

/** Adds the rows of a served instance. @param now the run's time. */
export function addExecution(
  rows: ChunkRows,
  task: RunContext,
  instance: InstanceRow,
  execution: InstanceExecution,
  now: Date,
  durationUs: number,
): void {
  const id = uuidv7Beside(task.id);
  const { decision } = execution;
  const { portfolio } = execution;
  // Flat literals: objects built by spreading cost five times as much, and every instance needs one.
  rows.reasons.push(execution.reasons);
  rows.executions.push({
    id,
    run_id: task.id,
    portfolio_id: instance.id,
    status: 'completed',
    conviction_score: decision.conviction_score,
    signal: decision.signal,
    signal_strength: decision.signal_strength,
    position_size: decision.position_size,
    risk_level: decision.risk_level,
    should_execute: decision.should_execute,
    reasons: encodeReasons(execution.reasons, decision.conviction_score),
    distance_to_buy: decision.distance_to_buy,
    distance_to_sell: decision.distance_to_sell,
    params_version: instance.params_version,
    state_before: encodeState({
      consecutive_bullish_count: instance.consecutive_bullish_count,
      consecutive_bearish_count: instance.consecutive_bearish_count,
      cash: portfolio.cash,
      quantity: portfolio.quantity,
      total_value: portfolio.total_value,
      cost_basis: plainText(instance.cost_basis ?? '0'),
      open_positions: portfolio.open_positions,
      minutes_since_last_trade: portfolio.minutes_since_last_trade,
      position: perpetualOf(instance),
    } satisfies StateBefore),
    duration_us: durationUs,
    error: null,
    executed_at: now,
  });
  const balances = bookExecution(
    rows,
    {
      portfolioId: instance.id,
      executionId: id,
      channel: task.trade_channel,
      symbol: task.trade_symbol,
      price: task.market_snapshot!.price.value,
      tradeReason: reasonOfSignal(decision.signal),
      lastSnapshotValue: instance.last_snapshot_value,
      openedAt: instance.opened_at,
      lastSnapshotAt: instance.last_snapshot_at,
      now,
    },
    execution,
  );
  rows.portfolios.push({
    id: balances.id,
    current_balance: balances.current_balance,
    total_value: balances.total_value,
    mark_price: balances.mark_price,
    marked_at: balances.marked_at,
    total_pnl: balances.total_pnl,
    peak_value: balances.peak_value,
    max_drawdown: balances.max_drawdown,
    total_trades: balances.total_trades,
    winning_trades: balances.winning_trades,
    losing_trades: balances.losing_trades,
    win_rate: balances.win_rate,
    last_snapshot_at: balances.last_snapshot_at,
    last_snapshot_value: balances.last_snapshot_value,
    consecutive_bullish_count: execution.nextState.consecutive_bullish_count,
    consecutive_bearish_count: execution.nextState.consecutive_bearish_count,
    last_conviction_score: decision.conviction_score,
    last_signal: decision.signal,
    last_execution_time: now,
  });
}

/** Null without a position; undefined on spot, where it is not read. */
function perpetualOf(instance: InstanceRow): StateBefore['position'] {
  const { side, entry_notional, margin, leverage } = instance;
  if (side === undefined) return undefined;
  if (side === null) return null;
  return {
    side,
    entry_notional: plainText(entry_notional!),
    margin: plainText(margin!),
    leverage: plainText(leverage!),
  };
}

/** Adds the execution of a failed instance; its books stay unchanged. */
export function addFailure(
  rows: ChunkRows,
  task: RunContext,
  instance: InstanceRow,
  error: { code: string; message: string },
  now: Date,
  durationUs: number,
): void {
  rows.reasons.push([]);
  rows.executions.push({ ...nothingDone(task, instance, now, durationUs), status: 'failed', error });
}

/**
 * Adds a skipped execution for an instance that a later run, a stop or funding changed already: deciding now would
 * trade at an older price after a newer one.
 */
export function addSuperseded(
  rows: ChunkRows,
  task: RunContext,
  instance: InstanceRow,
  now: Date,
  servedAt: Date,
): void {
  const reasons = [reason('superseded', { served_at: servedAt.toISOString() })];
  rows.reasons.push(reasons);
  rows.executions.push({
    ...nothingDone(task, instance, now, 0),
    status: 'skipped',
    reasons: encodeReasons(reasons, null),
  });
}

function nothingDone(task: RunContext, instance: InstanceRow, now: Date, durationUs: number) {
  return {
    id: uuidv7Beside(task.id),
    run_id: task.id,
    portfolio_id: instance.id,
    params_version: instance.params_version,
    duration_us: durationUs,
    executed_at: now,
    conviction_score: null,
    signal: null,
    signal_strength: null,
    position_size: null,
    risk_level: null,
    should_execute: false,
    reasons: [],
    distance_to_buy: null,
    distance_to_sell: null,
    state_before: encodeState({
      consecutive_bullish_count: instance.consecutive_bullish_count,
      consecutive_bearish_count: instance.consecutive_bearish_count,
      cash: instance.current_balance,
      quantity: toText(signedQuantityOf(booksOf(instance).position)),
      total_value: instance.total_value,
      minutes_since_last_trade: minutesSinceLastTrade(instance, now),
      position: perpetualOf(instance),
    } satisfies StateBefore),
    error: null,
  } satisfies Partial<Row<StrategyExecution>>;
}
