import type { Client } from 'pg';
import type { PortfolioRow } from '../../../../src/scheduler/chunks/chunk-writer.js';

/** A table that a run writes, with one run's rows as text, ordered by instance. */
export interface FloorTable {
  readonly table: string;
  /** Rows of each instance. */
  readonly perInstance: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** One array a column, in the order of {@link columns}. */
  readonly values: (string | null)[][];
}

/** Tables, and the condition that gives a run's rows of each. `$1` is the run. */
const TABLES: readonly { readonly table: string; readonly from: string; readonly orderBy: string }[] = [
  { table: 'strategy_executions', from: `t.run_id = $1`, orderBy: 't.portfolio_id' },
  { table: 'orders', from: executedIn('t.execution_id'), orderBy: 't.portfolio_id' },
  { table: 'trades', from: executedIn('t.execution_id'), orderBy: 't.portfolio_id' },
  {
    table: 'ledger_entries',
    from: `t.trade_id IN (SELECT tr.id FROM trades tr WHERE ${executedIn('tr.execution_id')})`,
    orderBy: 't.portfolio_id, t.id',
  },
  {
    table: 'portfolio_snapshots',
    from: `t.taken_at = (SELECT started_at FROM strategy_runs WHERE id = $1) AND ${inRun('t.portfolio_id')}`,
    orderBy: 't.portfolio_id',
  },
  { table: 'positions', from: inRun('t.portfolio_id'), orderBy: 't.portfolio_id' },
  { table: 'portfolios', from: inRun('t.id'), orderBy: 't.id' },
];

/** The columns of `portfolios` that a run writes. */
const OF_PORTFOLIOS: Readonly<Record<keyof PortfolioRow, true>> = {
  id: true,
  current_balance: true,
  total_value: true,
  mark_price: true,
  marked_at: true,
  total_pnl: true,
  peak_value: true,
  max_drawdown: true,
  total_trades: true,
  winning_trades: true,
  losing_trades: true,
  win_rate: true,
  last_snapshot_at: true,
  last_snapshot_value: true,
  consecutive_bullish_count: true,
  consecutive_bearish_count: true,
  last_conviction_score: true,
  last_signal: true,
  last_execution_time: true,
};

function inRun(column: string): string {
  return `${column} IN (SELECT portfolio_id FROM strategy_executions WHERE run_id = $1)`;
}

function executedIn(column: string): string {
  return `${column} IN (SELECT id FROM strategy_executions WHERE run_id = $1)`;
}

/** Reads the rows that a finished run has written, every column that it writes. */
export async function readRunRows(client: Client, runId: string, instances: number): Promise<FloorTable[]> {
  const tables: FloorTable[] = [];
  for (const { table, from, orderBy } of TABLES) {
    const written = await writtenColumns(client, table);
    const columns = table === 'portfolios' ? written.filter(({ name }) => name in OF_PORTFOLIOS) : written;
    const selected = columns.map(({ name }) => `t.${name}::text`).join(', ');
    const { rows } = await client.query<(string | null)[]>({
      text: `SELECT ${selected} FROM ${table} t WHERE ${from} ORDER BY ${orderBy}`,
      values: [runId],
      rowMode: 'array',
    });
    const perInstance = rows.length / instances;
    if (!Number.isInteger(perInstance) || perInstance === 0) {
      throw new Error(`${table} has ${rows.length} rows of a run over ${instances} instances.`);
    }
    tables.push({
      table,
      perInstance,
      columns,
      values: columns.map((_, index) => rows.map((row) => row[index] ?? null)),
    });
  }
  return tables;
}

/** Columns of a table in which a writer gives a value. */
async function writtenColumns(client: Client, table: string): Promise<{ name: string; type: string }[]> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = ''
     ORDER BY attnum`,
    [table],
  );
  return rows;
}
