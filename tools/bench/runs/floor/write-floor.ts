import type { Client } from 'pg';
import { uuidv7 } from '../../../../src/platform/database/uuid.js';
import type { FloorTable } from './floor-tables.js';

/** A round's rows: those of a run, with ids of their own. */
export interface FloorRound {
  readonly runId: string;
  readonly takenAt: string;
  readonly tables: readonly FloorTable[];
}

const keep = (value: string | null): string | null => value;

/** Gives the rows new ids, so that they can be written beside those of the run. Not part of what is measured. */
export function renewIds(tables: readonly FloorTable[], at: Date): FloorRound {
  const runId = uuidv7(at.getTime());
  const takenAt = at.toISOString();
  const renewed = new Map<string, string>();
  const renew = (id: string | null): string | null => {
    if (id === null) return null;
    const made = renewed.get(id) ?? uuidv7(at.getTime());
    renewed.set(id, made);
    return made;
  };
  /** What becomes of a column; a column that is not named keeps its values. */
  const changes: Readonly<Record<string, (value: string | null) => string | null>> = {
    'strategy_executions.id': renew,
    'strategy_executions.run_id': () => runId,
    'orders.id': renew,
    'orders.client_order_id': renew,
    'orders.execution_id': renew,
    'trades.id': renew,
    'trades.order_id': renew,
    'trades.execution_id': renew,
    'ledger_entries.trade_id': renew,
    'portfolio_snapshots.taken_at': () => takenAt,
  };
  return {
    runId,
    takenAt,
    tables: tables.map((table) => ({
      ...table,
      values: table.values.map((column, index) =>
        column.map(changes[`${table.table}.${table.columns[index]!.name}`] ?? keep),
      ),
    })),
  };
}

/** Gives a round the run that its executions name. Not part of what is measured. */
export async function addRunOf(client: Client, original: string, round: FloorRound): Promise<void> {
  await client.query(
    `INSERT INTO strategy_runs (id, definition_id, definition_version, scheduled_for, trigger, status, counters, created_at)
     SELECT $2, definition_id, definition_version, $3, trigger, 'failed', counters, $3 FROM strategy_runs WHERE id = $1`,
    [original, round.runId, round.takenAt],
  );
}

/**
 * Writes a round over one connection, so many instances a transaction, one plain statement a table.
 * @returns milliseconds.
 */
export async function writeFloor(
  client: Client,
  round: FloorRound,
  instances: number,
  chunkSize: number,
): Promise<number> {
  const statements = round.tables.map((table) => ({ ...table, sql: statementFor(table) }));
  const started = performance.now();
  for (let first = 0; first < instances; first += chunkSize) {
    await client.query('BEGIN');
    for (const { sql, values, perInstance } of statements) {
      const [from, to] = [first * perInstance, (first + chunkSize) * perInstance];
      await client.query(
        sql,
        values.map((column) => column.slice(from, to)),
      );
    }
    await client.query('COMMIT');
  }
  return performance.now() - started;
}

/** Takes a round's rows away again: what it updated it left as it was. */
export async function removeFloor(client: Client, round: FloorRound): Promise<void> {
  const column = (table: string, name: string): (string | null)[] => {
    const found = round.tables.find((candidate) => candidate.table === table)!;
    return found.values[found.columns.findIndex((candidate) => candidate.name === name)]!;
  };
  await client.query(`DELETE FROM ledger_entries WHERE trade_id = ANY ($1::uuid[])`, [column('trades', 'id')]);
  await client.query(`DELETE FROM trades WHERE id = ANY ($1::uuid[])`, [column('trades', 'id')]);
  await client.query(`DELETE FROM orders WHERE id = ANY ($1::uuid[])`, [column('orders', 'id')]);
  await client.query(`DELETE FROM strategy_executions WHERE run_id = $1`, [round.runId]);
  await client.query(`DELETE FROM strategy_runs WHERE id = $1`, [round.runId]);
  await client.query(`DELETE FROM portfolio_snapshots WHERE taken_at = $1 AND portfolio_id = ANY ($2::uuid[])`, [
    round.takenAt,
    column('portfolio_snapshots', 'portfolio_id'),
  ]);
}

function statementFor({ table, columns }: FloorTable): string {
  const names = columns.map(({ name }) => name);
  const rows = `unnest(${columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ')})`;
  if (table === 'portfolios') {
    const [key, ...changed] = names;
    const sets = changed.map((name) => `${name} = v.${name}`).join(', ');
    return `UPDATE portfolios t SET ${sets} FROM ${rows} AS v (${names.join(', ')}) WHERE t.${key} = v.${key}`;
  }
  const insert = `INSERT INTO ${table} (${names.join(', ')}) SELECT * FROM ${rows}`;
  if (table !== 'positions') return insert;
  const sets = names
    .filter((name) => name !== 'portfolio_id' && name !== 'symbol')
    .map((name) => `${name} = excluded.${name}`);
  return `${insert} ON CONFLICT (portfolio_id, symbol) DO UPDATE SET ${sets.join(', ')}`;
}
