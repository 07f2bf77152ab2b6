import type { EntityManager } from 'typeorm';
import { bulkInsert, bulkUpsert } from '../../platform/database/bulk-statements.js';
import type { Row } from '../../platform/database/row.js';
import { recordHeldHours, type HeldBefore } from './held-hours.store.js';
import { LedgerEntry } from './ledger-entry.entity.js';
import { Order } from './order.entity.js';
import { PortfolioSnapshot } from './portfolio-snapshot.entity.js';
import { Position } from './position.entity.js';
import { Trade } from './trade.entity.js';

/** A spot position without stops. An upsert leaves the columns of perpetuals and stops unchanged. */
export type SpotPositionRow = Pick<
  Row<Position>,
  'portfolio_id' | 'symbol' | 'side' | 'quantity' | 'average_entry_price' | 'cost_basis' | 'opened_at' | 'updated_at'
>;

/** Rows that a change of the books writes in addition to the balances. */
export interface BookRows {
  readonly orders: Omit<Row<Order>, 'error'>[];
  readonly trades: Row<Trade>[];
  readonly ledger: Omit<Row<LedgerEntry>, 'id'>[];
  /** Perpetual positions before their change; their funding hours are recorded from these. */
  readonly held: HeldBefore[];
  /** Spot positions without stops, after the change. */
  readonly spot: SpotPositionRow[];
  /** Perpetual positions and positions with stops, after the change. With `levels_since` null the stored stops stay. */
  readonly detailed: Row<Position>[];
  /** Positions to delete. */
  readonly closed: Pick<Row<Position>, 'portfolio_id' | 'symbol'>[];
  readonly snapshots: Row<PortfolioSnapshot>[];
  /** Snapshots that may share their time with a stored one, which they replace. */
  readonly replacing: Row<PortfolioSnapshot>[];
}

export function emptyBookRows(): BookRows {
  return {
    orders: [],
    trades: [],
    ledger: [],
    held: [],
    spot: [],
    detailed: [],
    closed: [],
    snapshots: [],
    replacing: [],
  };
}

/**
 * Writes orders, fills, ledger, positions and snapshots. The number of statements does not grow with the instances: one a
 * table, two for snapshots, up to three for positions, one for the hours that changed perpetuals were held. The caller
 * writes the balances; see `bookExecution`.
 */
export async function writeBooks(manager: EntityManager, rows: BookRows): Promise<void> {
  await bulkInsert(manager, Order, rows.orders);
  await bulkInsert(manager, Trade, rows.trades);
  await bulkInsert(manager, LedgerEntry, rows.ledger);
  await recordHeldHours(manager, rows.held);
  await bulkUpsert(manager, Position, rows.spot, KEEP_DETAILS);
  await bulkUpsert(manager, Position, rows.detailed, KEEP_LEVELS);
  await deletePositions(manager, rows.closed);
  await bulkInsert(manager, PortfolioSnapshot, rows.snapshots);
  await bulkUpsert(manager, PortfolioSnapshot, rows.replacing, REPLACE);
}

const KEEP_DETAILS = `(portfolio_id, symbol) DO UPDATE SET quantity = excluded.quantity,
  average_entry_price = excluded.average_entry_price, cost_basis = excluded.cost_basis, updated_at = excluded.updated_at`;

const KEPT_LEVELS = ['stop_loss', 'take_profit', 'stop_distance', 'expires_at']
  .map((name) => `${name} = CASE WHEN excluded.levels_since IS NULL THEN positions.${name} ELSE excluded.${name} END`)
  .join(', ');

const KEEP_LEVELS = `(portfolio_id, symbol) DO UPDATE SET quantity = excluded.quantity, side = excluded.side,
  average_entry_price = excluded.average_entry_price, cost_basis = excluded.cost_basis,
  entry_notional = excluded.entry_notional, margin = excluded.margin, leverage = excluded.leverage,
  opened_at = excluded.opened_at, updated_at = excluded.updated_at, ${KEPT_LEVELS},
  levels_since = coalesce(excluded.levels_since, positions.levels_since),
  funding_until = greatest(excluded.funding_until, positions.funding_until)`;

/** An instance that trades when it is created has two snapshots of one millisecond; the later one replaces the first. */
const REPLACE = `(portfolio_id, taken_at) DO UPDATE SET total_value = excluded.total_value, cash = excluded.cash,
  positions_value = excluded.positions_value, price = excluded.price`;

async function deletePositions(manager: EntityManager, rows: BookRows['closed']): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    `DELETE FROM positions p USING unnest($1::uuid[], $2::text[]) AS closed (portfolio_id, symbol)
     WHERE p.portfolio_id = closed.portfolio_id AND p.symbol = closed.symbol`,
    [rows.map((row) => row.portfolio_id), rows.map((row) => row.symbol)],
  );
}
