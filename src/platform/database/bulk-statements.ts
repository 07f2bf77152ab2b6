import { once } from 'node:events';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import {
  bulkColumns,
  cellText,
  needsQuoting,
  refuseOtherKeys,
  type BulkColumn,
  type BulkType,
  copyText,
} from './bulk-columns.js';
import type { Row } from './row.js';

/*
 * Statements over any number of rows. Table, columns and types come from the entity. The keys of the first row decide
 * which columns are written; all rows need the same keys. Without rows nothing is sent.
 */

type Entity<E> = new () => E;

/** Some columns of an entity; those that the rows have are written. */
type Cells<E> = { readonly [Name in keyof Row<E>]?: Row<E>[Name] };

/**
 * Inserts rows with one `COPY`: the server adds whole pages of rows at a time, and only backslashes, tabs and line ends
 * are escaped. Fails as a whole: a duplicate row rolls back the transaction.
 * @param manager of a transaction, whose connection COPY uses.
 * @throws Error outside a transaction.
 */
export async function bulkInsert<E extends ObjectLiteral>(
  manager: EntityManager,
  entity: Entity<E>,
  rows: readonly Cells<E>[],
): Promise<void> {
  if (rows.length === 0) return;
  const { queryRunner } = manager;
  if (!queryRunner?.isTransactionActive) throw new Error('A bulk insert needs a transaction.');
  const { table, columns } = bulkColumns(manager, entity, rows);
  // Encode first: a row that cannot be written must not leave a COPY half sent.
  const text = copyText(columns, rows);
  const client = (await queryRunner.connect()) as PoolClient;
  const copy = client.query(copyFrom(`COPY ${table} (${namesOf(columns)}) FROM STDIN`));
  copy.end(text);
  await once(copy, 'finish');
}

/**
 * Inserts rows with one statement, which also handles the existing ones.
 * @param onConflict for example `DO NOTHING`, or `(id) DO UPDATE SET name = excluded.name`.
 */
export async function bulkUpsert<E extends ObjectLiteral>(
  manager: EntityManager,
  entity: Entity<E>,
  rows: readonly Cells<E>[],
  onConflict: string,
): Promise<void> {
  if (rows.length === 0) return;
  const { table, columns } = bulkColumns(manager, entity, rows);
  await manager.query(
    `INSERT INTO ${table} (${namesOf(columns)}) SELECT * FROM ${unnest(columns, 1)} ON CONFLICT ${onConflict}`,
    arrays(columns, rows),
  );
}

/** Updates rows by their key with one statement. Skips rows that do not exist. */
export async function bulkUpdate<E extends ObjectLiteral>(
  manager: EntityManager,
  entity: Entity<E>,
  key: keyof Row<E> & string,
  rows: readonly Cells<E>[],
): Promise<void> {
  if (rows.length === 0) return;
  const { table, columns } = bulkColumns(manager, entity, rows);
  const sets = columns.filter(({ name }) => name !== key).map(({ name }) => `${name} = v.${name}`);
  await manager.query(
    `UPDATE ${table} t SET ${sets.join(', ')} FROM ${unnest(columns, 1)} AS v (${namesOf(columns)}) WHERE t.${key} = v.${key}`,
    arrays(columns, rows),
  );
}

export interface BulkValues {
  /** Columns in order: `id, margin`. */
  readonly names: string;
  /** A term of FROM: `unnest($1::uuid[], $2::numeric[])`. */
  readonly unnest: string;
  readonly parameters: string[];
}

/**
 * Rows of an entity, at least one, for a hand-written statement.
 * @param first number of the first parameter.
 * @param others names and types of values in the rows that the table has no column for.
 */
export function bulkValues(
  manager: EntityManager,
  entity: Entity<ObjectLiteral>,
  rows: readonly object[],
  { first = 1, others }: { first?: number; others?: Readonly<Record<string, BulkType>> } = {},
): BulkValues {
  const { columns } = bulkColumns(manager, entity, rows, others);
  return { names: namesOf(columns), unnest: unnest(columns, first), parameters: arrays(columns, rows) };
}

function namesOf(columns: readonly BulkColumn[]): string {
  return columns.map(({ name }) => name).join(', ');
}

function unnest(columns: readonly BulkColumn[], first: number): string {
  return `unnest(${columns.map(({ type }, index) => `$${index + first}::${type}[]`).join(', ')})`;
}

/**
 * One array parameter per column, in the order of {@link unnest}, as PostgreSQL array literals. The driver would quote
 * every cell, even of types that need no quotes.
 */
function arrays(columns: readonly BulkColumn[], rows: readonly object[]): string[] {
  for (const row of rows) refuseOtherKeys(columns, row);
  return columns.map(({ name, type }) => {
    const quoted = needsQuoting(type);
    let literal = '{';
    for (let index = 0; index < rows.length; index++) {
      if (index > 0) literal += ',';
      const text = cellText(type, (rows[index] as Readonly<Record<string, unknown>>)[name]);
      if (text === null) literal += 'NULL';
      else literal += quoted ? quote(text) : text;
    }
    return `${literal}}`;
  });
}

const SPECIAL = /["\\]/;
const EVERY_SPECIAL = /["\\]/g;

function quote(text: string): string {
  return SPECIAL.test(text) ? `"${text.replace(EVERY_SPECIAL, String.raw`\$&`)}"` : `"${text}"`;
}
