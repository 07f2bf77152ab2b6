import type { EntityManager } from 'typeorm';
import type { BulkColumn } from './bulk-column.js';
import { arrays, unnest } from './bulk-values.js';

/**
 * Updates any number of rows with ONE statement; the first column is the key by which rows are found. No rows, no
 * statement. A row that is not there is passed over.
 */
export async function bulkUpdate<Row>(
  manager: EntityManager,
  table: string,
  columns: readonly BulkColumn<Row>[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.map((column) => column.name);
  const [key, ...changed] = names;
  const sets = changed.map((name) => `${name} = v.${name}`);
  await manager.query(
    `UPDATE ${table} t SET ${sets.join(', ')} FROM ${unnest(columns)} AS v (${names.join(', ')}) WHERE t.${key} = v.${key}`,
    arrays(columns, rows),
  );
}
