import type { EntityManager } from 'typeorm';
import type { BulkColumn } from '../../platform/database/bulk-column.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import { arrays, unnest } from '../../platform/database/bulk-values.js';
import { recordHeldHours } from './held-hours.js';
import type {
  BalanceRow,
  LedgerRow,
  OrderRow,
  PositionDetails,
  PositionRow,
  SnapshotRow,
  TradeRow,
} from './book-rows.js';

/** What a change of the books writes beside the balances. */
export interface BookRows {
  readonly orders: OrderRow[];
  readonly trades: TradeRow[];
  readonly ledger: LedgerRow[];
  /** Positions as they are now; a quantity of null means closed. */
  readonly positions: PositionRow[];
  readonly snapshots: SnapshotRow[];
}

/** No rows yet. */
export function emptyBookRows(): BookRows {
  return { orders: [], trades: [], ledger: [], positions: [], snapshots: [] };
}

const ORDER: readonly BulkColumn<OrderRow>[] = [
  { name: 'id', type: 'uuid', value: (row) => row.id },
  { name: 'portfolio_id', type: 'uuid', value: (row) => row.portfolio_id },
  { name: 'execution_id', type: 'uuid', value: (row) => row.execution_id },
  { name: 'client_order_id', type: 'text', value: (row) => row.client_order_id },
  { name: 'channel', type: 'text', value: (row) => row.channel },
  { name: 'mode', type: 'text', value: (row) => row.mode },
  { name: 'symbol', type: 'text', value: (row) => row.symbol },
  { name: 'side', type: 'text', value: (row) => row.side },
  { name: 'type', type: 'text', value: (row) => row.type },
  { name: 'quantity', type: 'numeric', value: (row) => row.quantity },
  { name: 'status', type: 'text', value: (row) => row.status },
  { name: 'filled_quantity', type: 'numeric', value: (row) => row.filled_quantity },
  { name: 'average_price', type: 'numeric', value: (row) => row.average_price },
  { name: 'created_at', type: 'timestamptz', value: (row) => row.created_at },
  { name: 'updated_at', type: 'timestamptz', value: (row) => row.created_at },
];

/** With the price of those that rested at one; none of a run does. */
const LIMIT_ORDER: readonly BulkColumn<OrderRow>[] = [
  ...ORDER,
  { name: 'price', type: 'numeric', value: (row) => row.price ?? null },
];

function hasLimit(row: OrderRow): boolean {
  return row.price !== undefined;
}

const TRADE: readonly BulkColumn<TradeRow>[] = [
  { name: 'id', type: 'uuid', value: (row) => row.id },
  { name: 'order_id', type: 'uuid', value: (row) => row.order_id },
  { name: 'venue_trade_id', type: 'text', value: (row) => row.venue_trade_id },
  { name: 'portfolio_id', type: 'uuid', value: (row) => row.portfolio_id },
  { name: 'execution_id', type: 'uuid', value: (row) => row.execution_id },
  { name: 'symbol', type: 'text', value: (row) => row.symbol },
  { name: 'trade_type', type: 'text', value: (row) => row.trade_type },
  { name: 'quantity', type: 'numeric', value: (row) => row.quantity },
  { name: 'price', type: 'numeric', value: (row) => row.price },
  { name: 'notional', type: 'numeric', value: (row) => row.notional },
  { name: 'fee', type: 'numeric', value: (row) => row.fee },
  { name: 'fee_asset', type: 'text', value: (row) => row.fee_asset },
  { name: 'realized_pnl', type: 'numeric', value: (row) => row.realized_pnl },
  { name: 'balance_before', type: 'numeric', value: (row) => row.balance_before },
  { name: 'balance_after', type: 'numeric', value: (row) => row.balance_after },
  { name: 'holding_before', type: 'numeric', value: (row) => row.holding_before },
  { name: 'holding_after', type: 'numeric', value: (row) => row.holding_after },
  { name: 'reason', type: 'text', value: (row) => row.reason },
  { name: 'executed_at', type: 'timestamptz', value: (row) => row.executed_at },
];

const LEDGER: readonly BulkColumn<LedgerRow>[] = [
  { name: 'portfolio_id', type: 'uuid', value: (row) => row.portfolio_id },
  { name: 'asset', type: 'text', value: (row) => row.asset },
  { name: 'amount', type: 'numeric', value: (row) => row.amount },
  { name: 'kind', type: 'text', value: (row) => row.kind },
  { name: 'trade_id', type: 'uuid', value: (row) => row.trade_id },
  { name: 'occurred_at', type: 'timestamptz', value: (row) => row.occurred_at },
];

const SNAPSHOT: readonly BulkColumn<SnapshotRow>[] = [
  { name: 'portfolio_id', type: 'uuid', value: (row) => row.portfolio_id },
  { name: 'taken_at', type: 'timestamptz', value: (row) => row.taken_at },
  { name: 'total_value', type: 'numeric', value: (row) => row.total_value },
  { name: 'cash', type: 'numeric', value: (row) => row.cash },
  { name: 'positions_value', type: 'numeric', value: (row) => row.positions_value },
  { name: 'price', type: 'numeric', value: (row) => row.price },
];

const POSITION: readonly BulkColumn<PositionRow>[] = [
  { name: 'portfolio_id', type: 'uuid', value: (row) => row.portfolio_id },
  { name: 'symbol', type: 'text', value: (row) => row.symbol },
  { name: 'side', type: 'text', value: () => 'long' },
  { name: 'quantity', type: 'numeric', value: (row) => row.quantity },
  { name: 'average_entry_price', type: 'numeric', value: (row) => row.average_entry_price },
  { name: 'cost_basis', type: 'numeric', value: (row) => row.cost_basis },
  { name: 'opened_at', type: 'timestamptz', value: (row) => row.opened_at },
  { name: 'updated_at', type: 'timestamptz', value: (row) => row.updated_at },
];

/** Of positions that are perpetual or have stops; levels that are absent leave those that are stored. */
const DETAILED: readonly BulkColumn<PositionRow>[] = [
  ...POSITION.map((column) => (column.name === 'side' ? detail('side', 'text', (row) => row.side) : column)),
  detail('entry_notional', 'numeric', (row) => row.entry_notional),
  detail('margin', 'numeric', (row) => row.margin),
  detail('leverage', 'numeric', (row) => row.leverage),
  detail('funding_until', 'timestamptz', (row) => row.funding_until),
  detail('stop_loss', 'numeric', (row) => row.levels?.stop_loss ?? null),
  detail('take_profit', 'numeric', (row) => row.levels?.take_profit ?? null),
  detail('stop_distance', 'numeric', (row) => row.levels?.stop_distance ?? null),
  detail('expires_at', 'timestamptz', (row) => row.levels?.expires_at ?? null),
  detail('levels_since', 'timestamptz', (row) => row.levels?.levels_since ?? null),
];

function detail(
  name: string,
  type: BulkColumn<PositionRow>['type'],
  value: (details: PositionDetails) => unknown,
): BulkColumn<PositionRow> {
  return { name, type, value: (row) => value(row.details!) };
}

/** Columns of `portfolios` that hold money and what follows from it; the key comes first. */
export const BALANCE_COLUMNS: readonly BulkColumn<BalanceRow>[] = [
  { name: 'id', type: 'uuid', value: (row) => row.id },
  { name: 'current_balance', type: 'numeric', value: (row) => row.current_balance },
  { name: 'total_value', type: 'numeric', value: (row) => row.total_value },
  { name: 'mark_price', type: 'numeric', value: (row) => row.mark_price },
  { name: 'marked_at', type: 'timestamptz', value: (row) => row.marked_at },
  { name: 'total_pnl', type: 'numeric', value: (row) => row.total_pnl },
  { name: 'peak_value', type: 'numeric', value: (row) => row.peak_value },
  { name: 'max_drawdown', type: 'float8', value: (row) => row.max_drawdown },
  { name: 'total_trades', type: 'integer', value: (row) => row.total_trades },
  { name: 'winning_trades', type: 'integer', value: (row) => row.winning_trades },
  { name: 'losing_trades', type: 'integer', value: (row) => row.losing_trades },
  { name: 'win_rate', type: 'float8', value: (row) => row.win_rate },
  { name: 'last_snapshot_at', type: 'timestamptz', value: (row) => row.last_snapshot_at },
  { name: 'last_snapshot_value', type: 'numeric', value: (row) => row.last_snapshot_value },
];

/**
 * Writes orders, fills, ledger, positions and snapshots: one statement a table (two for snapshots, up to three for
 * positions, and one for the hours that changed perpetuals were held), however many instances there are. The balances are
 * the caller's: see {@link BALANCE_COLUMNS}.
 */
export async function writeBooks(manager: EntityManager, rows: BookRows): Promise<void> {
  await bulkInsert(manager, 'orders', rows.orders.some(hasLimit) ? LIMIT_ORDER : ORDER, rows.orders);
  await bulkInsert(manager, 'trades', TRADE, rows.trades);
  await bulkInsert(manager, 'ledger_entries', LEDGER, rows.ledger);
  await recordHeldHours(manager, rows.positions);
  await upsertPositions(
    manager,
    rows.positions.filter((row) => row.quantity !== null && !row.details),
  );
  await upsertDetailed(
    manager,
    rows.positions.filter((row) => row.details),
  );
  await deletePositions(
    manager,
    rows.positions.filter((row) => row.quantity === null),
  );
  await bulkInsert(
    manager,
    'portfolio_snapshots',
    SNAPSHOT,
    rows.snapshots.filter((row) => !row.replaces),
  );
  await replaceSnapshots(
    manager,
    rows.snapshots.filter((row) => row.replaces),
  );
}

async function upsertPositions(manager: EntityManager, rows: readonly PositionRow[]): Promise<void> {
  if (rows.length === 0) return;
  const names = POSITION.map((column) => column.name).join(', ');
  await manager.query(
    `INSERT INTO positions (${names}) SELECT * FROM ${unnest(POSITION)}
     ON CONFLICT (portfolio_id, symbol) DO UPDATE SET quantity = excluded.quantity,
       average_entry_price = excluded.average_entry_price, cost_basis = excluded.cost_basis, updated_at = excluded.updated_at`,
    arrays(POSITION, rows),
  );
}

async function upsertDetailed(manager: EntityManager, rows: readonly PositionRow[]): Promise<void> {
  if (rows.length === 0) return;
  const names = DETAILED.map((column) => column.name).join(', ');
  const kept = ['stop_loss', 'take_profit', 'stop_distance', 'expires_at']
    .map((name) => `${name} = CASE WHEN excluded.levels_since IS NULL THEN p.${name} ELSE excluded.${name} END`)
    .join(', ');
  await manager.query(
    `INSERT INTO positions AS p (${names}) SELECT * FROM ${unnest(DETAILED)}
     ON CONFLICT (portfolio_id, symbol) DO UPDATE SET quantity = excluded.quantity, side = excluded.side,
       average_entry_price = excluded.average_entry_price, cost_basis = excluded.cost_basis,
       entry_notional = excluded.entry_notional, margin = excluded.margin, leverage = excluded.leverage,
       opened_at = excluded.opened_at, updated_at = excluded.updated_at, ${kept},
       levels_since = coalesce(excluded.levels_since, p.levels_since),
       funding_until = greatest(excluded.funding_until, p.funding_until)`,
    arrays(DETAILED, rows),
  );
}

async function deletePositions(manager: EntityManager, rows: readonly PositionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    `DELETE FROM positions p USING unnest($1::uuid[], $2::text[]) AS closed (portfolio_id, symbol)
     WHERE p.portfolio_id = closed.portfolio_id AND p.symbol = closed.symbol`,
    [rows.map((row) => row.portfolio_id), rows.map((row) => row.symbol)],
  );
}

/** Two of the same millisecond (an instance that trades when it is made) are one: the later knows more. */
async function replaceSnapshots(manager: EntityManager, rows: readonly SnapshotRow[]): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    `INSERT INTO portfolio_snapshots (${SNAPSHOT.map((column) => column.name).join(', ')}) SELECT * FROM ${unnest(SNAPSHOT)}
     ON CONFLICT (portfolio_id, taken_at) DO UPDATE SET total_value = excluded.total_value, cash = excluded.cash,
       positions_value = excluded.positions_value, price = excluded.price`,
    arrays(SNAPSHOT, rows),
  );
}
