import type { EntityManager } from 'typeorm';
import type { Reason } from '../../domain/decision/decision.js';
import { StrategyExecution } from '../../instances/history/strategy-execution.entity.js';
import { bulkInsert, bulkUpdate } from '../../platform/database/bulk-statements.js';
import type { Row } from '../../platform/database/row.js';
import type { BalanceRow } from '../../trading/books/book-execution.js';
import { writeBooks, type BookRows } from '../../trading/books/books.store.js';
import { Portfolio } from '../../trading/books/portfolio.entity.js';

/**
 * The state that an instance carries from run to run. Excludes `version`: it counts edits by people, and a run must not
 * make their edits stale.
 */
export type PortfolioRow = BalanceRow &
  Pick<
    Row<Portfolio>,
    | 'consecutive_bullish_count'
    | 'consecutive_bearish_count'
    | 'last_conviction_score'
    | 'last_signal'
    | 'last_execution_time'
  >;

export interface ChunkRows extends BookRows {
  readonly executions: Row<StrategyExecution>[];
  /** The reasons of each execution in words, for the log. Executions store them in a shorter form. */
  readonly reasons: (readonly Reason[])[];
  readonly portfolios: PortfolioRow[];
}

/** Writes a chunk's rows. The number of statements does not depend on the number of instances. */
export async function writeChunk(manager: EntityManager, rows: ChunkRows): Promise<void> {
  await bulkInsert(manager, StrategyExecution, rows.executions);
  await writeBooks(manager, rows);
  await bulkUpdate(manager, Portfolio, 'id', rows.portfolios);
}
