import type { EntityManager } from 'typeorm';
import { encodeReasons } from '../../instances/history/stored-reasons.js';
import { encodeState } from '../../instances/history/stored-state.js';
import type { BulkColumn } from '../../platform/database/bulk-column.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import { bulkUpdate } from '../../platform/database/bulk-update.js';
import { BALANCE_COLUMNS, writeBooks, type BookRows } from '../../trading/books/book-writer.js';
import type { ExecutionRow, PortfolioRow } from './chunk-rows.js';

/** Everything a chunk writes. */
export interface ChunkRows extends BookRows {
  readonly executions: ExecutionRow[];
  readonly portfolios: PortfolioRow[];
}

const EXECUTION: readonly BulkColumn<ExecutionRow>[] = [
  { name: 'id', type: 'uuid', value: (row) => row.id },
  { name: 'run_id', type: 'uuid', value: (row) => row.run_id },
  { name: 'portfolio_id', type: 'uuid', value: (row) => row.portfolio_id },
  { name: 'status', type: 'text', value: (row) => row.status },
  { name: 'conviction_score', type: 'float8', value: (row) => row.conviction_score },
  { name: 'signal', type: 'text', value: (row) => row.signal },
  { name: 'signal_strength', type: 'float8', value: (row) => row.signal_strength },
  { name: 'position_size', type: 'float8', value: (row) => row.position_size },
  { name: 'risk_level', type: 'text', value: (row) => row.risk_level },
  { name: 'should_execute', type: 'boolean', value: (row) => row.should_execute },
  { name: 'reasons', type: 'json', value: (row) => encodeReasons(row.reasons, row.conviction_score) },
  { name: 'distance_to_buy', type: 'float8', value: (row) => row.distance_to_buy },
  { name: 'distance_to_sell', type: 'float8', value: (row) => row.distance_to_sell },
  { name: 'params_version', type: 'integer', value: (row) => row.params_version },
  { name: 'state_before', type: 'json', value: (row) => encodeState(row.state_before) },
  { name: 'duration_us', type: 'integer', value: (row) => row.duration_us },
  { name: 'error', type: 'jsonb', value: (row) => row.error },
  { name: 'executed_at', type: 'timestamptz', value: (row) => row.executed_at },
];

/** The version column is not among them: it counts what people change, and a run must not make their edits stale. */
export const PORTFOLIO_COLUMNS: readonly BulkColumn<PortfolioRow>[] = [
  ...BALANCE_COLUMNS,
  { name: 'consecutive_bullish_count', type: 'integer', value: (row) => row.consecutive_bullish_count },
  { name: 'consecutive_bearish_count', type: 'integer', value: (row) => row.consecutive_bearish_count },
  { name: 'last_conviction_score', type: 'float8', value: (row) => row.last_conviction_score },
  { name: 'last_signal', type: 'text', value: (row) => row.last_signal },
  { name: 'last_execution_time', type: 'timestamptz', value: (row) => row.last_execution_time },
];

/** Writes a chunk's rows. The number of statements does not depend on the number of instances. */
export async function writeChunk(manager: EntityManager, rows: ChunkRows): Promise<void> {
  await bulkInsert(manager, 'strategy_executions', EXECUTION, rows.executions);
  await writeBooks(manager, rows);
  await bulkUpdate(manager, 'portfolios', PORTFOLIO_COLUMNS, rows.portfolios);
}
