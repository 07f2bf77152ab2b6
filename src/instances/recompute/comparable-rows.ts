import type { InstanceResult } from '../../domain/execution/run-instances.js';
import { bookExecution, reasonOfSignal } from '../../trading/books/book-execution.js';
import { emptyBookRows } from '../../trading/books/books.store.js';
import type { ExecutionDetailRow } from '../history/execution.store.js';
import type { OrderRow, TradeRow } from '../history/trade.store.js';
import { toOrderView } from '../history/trade.view.js';
import type { StateBefore } from './recompute.js';

/** The fields of an execution that are computed again. Ids, times and durations are not among them. */
export interface Comparable {
  readonly status: string;
  readonly error: { readonly code: string } | null;
  readonly conviction_score: number | null;
  readonly signal: string | null;
  readonly signal_strength: number | null;
  readonly position_size: number | null;
  readonly risk_level: string | null;
  readonly should_execute: boolean;
  readonly reasons: readonly unknown[];
  readonly distance_to_buy: number | null;
  readonly distance_to_sell: number | null;
  /** Of the portfolio before the decision; null for an execution that failed. */
  readonly total_value: string | null;
  readonly order: Readonly<Record<string, unknown>> | null;
  readonly fills: readonly Readonly<Record<string, unknown>>[];
}

const ORDER_FIELDS = [
  'channel',
  'mode',
  'symbol',
  'side',
  'type',
  'quantity',
  'status',
  'filled_quantity',
  'average_price',
];
/** Ids and times of a fill; everything else of it is compared. */
const NOT_OF_FILL: ReadonlySet<string> = new Set<keyof TradeRow>([
  'id',
  'order_id',
  'venue_trade_id',
  'portfolio_id',
  'execution_id',
  'executed_at',
]);

/** What is stored, in the form of {@link Comparable}. */
export function storedComparable(
  row: ExecutionDetailRow,
  state: StateBefore,
  order: OrderRow | null,
  fills: readonly TradeRow[],
): Comparable {
  const failed = row.status === 'failed';
  const view = order && toOrderView(order, fills);
  return {
    status: row.status,
    // The code alone: wording may become better without the decision becoming another.
    error: row.error && { code: row.error.code },
    conviction_score: row.conviction_score,
    signal: row.signal,
    signal_strength: row.signal_strength,
    position_size: row.position_size,
    risk_level: row.risk_level,
    should_execute: row.should_execute,
    reasons: row.reasons,
    distance_to_buy: row.distance_to_buy,
    distance_to_sell: row.distance_to_sell,
    total_value: failed ? null : state.total_value,
    order: view && pick(view, ORDER_FIELDS),
    fills: (view?.fills ?? []).map((fill) => comparableFill(fill, state)),
  };
}

/** What was computed again, in the form of {@link Comparable}. */
export function computedComparable(
  result: InstanceResult,
  state: StateBefore,
  place: { readonly channel: string; readonly symbol: string; readonly price: string },
): Comparable {
  const { execution } = result;
  if (!execution) return { ...NOTHING_DECIDED, error: { code: result.error.code } };
  const { decision } = execution;
  const rows = emptyBookRows();
  bookExecution(rows, { ...NO_ROWS, ...place, tradeReason: reasonOfSignal(decision.signal) }, execution);
  return {
    status: 'completed',
    error: null,
    conviction_score: decision.conviction_score,
    signal: decision.signal,
    signal_strength: decision.signal_strength,
    position_size: decision.position_size,
    risk_level: decision.risk_level,
    should_execute: decision.should_execute,
    reasons: execution.reasons,
    distance_to_buy: decision.distance_to_buy,
    distance_to_sell: decision.distance_to_sell,
    total_value: execution.portfolio.total_value,
    order: rows.orders[0] ? pick(rows.orders[0], ORDER_FIELDS) : null,
    fills: rows.trades.map((trade) => comparableFill(trade, state)),
  };
}

const NOTHING_DECIDED = {
  status: 'failed',
  conviction_score: null,
  signal: null,
  signal_strength: null,
  position_size: null,
  risk_level: null,
  should_execute: false,
  reasons: [],
  distance_to_buy: null,
  distance_to_sell: null,
  total_value: null,
  order: null,
  fills: [],
};

/** Whose rows they would be, and when: not compared. */
const NO_ROWS = {
  portfolioId: '',
  executionId: null,
  openedAt: null,
  lastSnapshotAt: null,
  lastSnapshotValue: null,
  now: new Date(0),
};

/** Without the cost of what was held the profit of a sale cannot be computed. */
function comparableFill(fill: object, state: StateBefore): Record<string, unknown> {
  const left = (name: string): boolean => name === 'realized_pnl' && state.cost_basis === undefined;
  return pick(
    fill,
    Object.keys(fill).filter((name) => !NOT_OF_FILL.has(name) && !left(name)),
  );
}

function pick(from: object, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, (from as Record<string, unknown>)[field]]));
}
