import type { DataSource, EntityManager } from 'typeorm';
import { StartError } from '../../platform/config/start-error.js';

/** Everything that hangs on a portfolio, and the portfolios themselves. */
const TABLES = [
  'portfolios',
  'portfolio_params_history',
  'positions',
  'portfolio_snapshots',
  'past_returns',
  'strategy_executions',
  'position_exits',
  'funding_hours',
  'closed_positions',
  'keeping_faults',
  'orders',
  'trades',
  'ledger_entries',
] as const;

export type PurgeCounts = Record<(typeof TABLES)[number], number>;

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
      await manager.query(`LOCK TABLE ${TABLES.join(', ')} IN ACCESS EXCLUSIVE MODE`);
      await refuseWhileLive(manager);
      const counts = await countRows(manager);
      await manager.query(`TRUNCATE ${TABLES.join(', ')}`);
      return counts;
    });
  }
}

async function countRows(manager: EntityManager): Promise<PurgeCounts> {
  const columns = TABLES.map((table) => `(SELECT count(*) FROM ${table})::integer AS ${table}`);
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
