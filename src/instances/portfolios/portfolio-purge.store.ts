import type { DataSource, EntityManager } from 'typeorm';
import { StartError } from '../../platform/config/start-error.js';
import { PastReturns } from '../../retention/past-returns.entity.js';
import { ClosedPosition } from '../../trading/books/closed-position.entity.js';
import { LedgerEntry } from '../../trading/books/ledger-entry.entity.js';
import { Order } from '../../trading/books/order.entity.js';
import { PortfolioSnapshot } from '../../trading/books/portfolio-snapshot.entity.js';
import { Portfolio } from '../../trading/books/portfolio.entity.js';
import { Position } from '../../trading/books/position.entity.js';
import { Trade } from '../../trading/books/trade.entity.js';
import { FundingHour } from '../../trading/positions/funding-hour.entity.js';
import { PositionExit } from '../../trading/positions/position-exit.entity.js';
import { SettlementFailure } from '../../trading/positions/settlement-failure.entity.js';
import { StrategyExecution } from '../history/strategy-execution.entity.js';
import { PortfolioParams } from './portfolio-params.entity.js';

/** Everything that hangs on a portfolio, and the portfolios themselves. */
const ENTITIES = [
  Portfolio,
  PortfolioParams,
  Position,
  PortfolioSnapshot,
  PastReturns,
  StrategyExecution,
  PositionExit,
  FundingHour,
  ClosedPosition,
  SettlementFailure,
  Order,
  Trade,
  LedgerEntry,
];

/** Rows by table. */
export type PurgeCounts = Readonly<Record<string, number>>;

/** Removes all portfolios. Users, definitions, registries, runs and their analyses stay. The numbers in the default
 * names of instances begin at 1 again, since nothing is left that has one. */
export class PortfolioPurge {
  constructor(private readonly dataSource: DataSource) {}

  /** How many rows {@link remove} would take away, by table. */
  count(): Promise<PurgeCounts> {
    return this.dataSource.transaction((manager) => countRows(manager));
  }

  /**
   * Removes them, all or none. A run in the middle of a chunk is waited for. @returns what was removed.
   * @throws StartError while a live position or a live order of unknown fate exists: real money is out there.
   */
  remove(): Promise<PurgeCounts> {
    return this.dataSource.transaction(async (manager) => {
      // Everybody else queues behind a waiting lock: better to give up and be called again.
      await manager.query(`SET LOCAL lock_timeout = '10s'`);
      const tables = tablesOf(manager).join(', ');
      await manager.query(`LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`);
      await refuseWhileLive(manager);
      const counts = await countRows(manager);
      await manager.query(`TRUNCATE ${tables}`);
      return counts;
    });
  }
}

function tablesOf(manager: EntityManager): string[] {
  return ENTITIES.map((entity) => manager.connection.getMetadata(entity).tableName);
}

async function countRows(manager: EntityManager): Promise<PurgeCounts> {
  const columns = tablesOf(manager).map((table) => `(SELECT count(*) FROM ${table})::integer AS ${table}`);
  const [row] = await manager.query<PurgeCounts[]>(`SELECT ${columns.join(', ')}`);
  return row!;
}

async function refuseWhileLive(manager: EntityManager): Promise<void> {
  const [row] = await manager.query<{ positions: number; orders: number }[]>(
    `SELECT (SELECT count(*) FROM positions s JOIN portfolios p ON p.id = s.portfolio_id
             WHERE p.trading_mode = 'live')::integer AS positions,
       (SELECT count(*) FROM orders WHERE mode = 'live' AND status IN ('intent', 'sent', 'partially_filled', 'unknown'))::integer AS orders`,
  );
  if (row!.positions + row!.orders === 0) return;
  throw new StartError(
    `Refused: ${row!.positions} live positions and ${row!.orders} open live orders exist. Close them first.`,
  );
}
