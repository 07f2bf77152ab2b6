import type { EntityManager } from 'typeorm';
import { storableJson, storableText } from './storable-text.js';

/** A column of a bulk insert: its name, its PostgreSQL type, and its value in each row. */
export interface BulkColumn<Row> {
  readonly name: string;
  readonly type: 'uuid' | 'text' | 'numeric' | 'integer' | 'float8' | 'boolean' | 'timestamptz' | 'jsonb';
  readonly value: (row: Row) => unknown;
}

/**
 * Inserts any number of rows with ONE statement: each column goes over as one array parameter and is
 * unnested there. No rows, no statement. Fails as a whole, like any statement.
 */
export async function bulkInsert<Row>(
  manager: EntityManager,
  table: string,
  columns: readonly BulkColumn<Row>[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(insertStatement(table, columns), arrays(columns, rows));
}

/** The statement of {@link bulkInsert}; exposed so that a reviewer and a test can read it. */
export function insertStatement(table: string, columns: readonly BulkColumn<never>[]): string {
  const names = columns.map((column) => column.name).join(', ');
  return `INSERT INTO ${table} (${names}) SELECT * FROM ${unnest(columns)}`;
}

/** `unnest($1::uuid[], ...)` for the columns, parameters numbered from `first`. */
export function unnest(columns: readonly Pick<BulkColumn<never>, 'type'>[], first = 1): string {
  return `unnest(${columns.map((column, index) => `$${index + first}::${column.type}[]`).join(', ')})`;
}

/** One array per column, in the order of {@link unnest}. */
export function arrays<Row>(columns: readonly BulkColumn<Row>[], rows: readonly Row[]): unknown[][] {
  return columns.map(({ type, value }) =>
    rows.map((row) => {
      const cell = value(row);
      if (cell === undefined) throw new Error('A bulk insert met an undefined value; null is meant.');
      if (cell === null) return null;
      if (type === 'jsonb') return storableJson(cell);
      return type === 'text' ? storableText(cell as string) : cell;
    }),
  );
}
