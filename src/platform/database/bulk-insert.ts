import { once } from 'node:events';
import type { EntityManager } from 'typeorm';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { BulkColumn } from './bulk-column.js';
import { copyText } from './copy-text.js';

/**
 * Inserts any number of rows with ONE statement, `COPY`: the server takes whole pages of rows at a time, and nothing
 * but backslashes and line ends is escaped. No rows, no statement. Fails as a whole, like any statement: a row that is
 * there already undoes the transaction.
 * @param manager of a transaction: COPY goes over its connection.
 */
export async function bulkInsert<Row>(
  manager: EntityManager,
  table: string,
  columns: readonly BulkColumn<Row>[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const { queryRunner } = manager;
  if (!queryRunner?.isTransactionActive) throw new Error('A bulk insert needs a transaction.');
  // Made before anything is sent: what cannot be written must not leave a statement half sent.
  const text = copyText(columns, rows);
  const client = (await queryRunner.connect()) as PoolClient;
  const copy = client.query(copyFrom(copyStatement(table, columns)));
  copy.end(text);
  await once(copy, 'finish');
}

/** The statement of {@link bulkInsert}; exposed so that a reviewer and a test can read it. */
export function copyStatement(table: string, columns: readonly Pick<BulkColumn<never>, 'name'>[]): string {
  return `COPY ${table} (${columns.map((column) => column.name).join(', ')}) FROM STDIN`;
}
