import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import { sanitizeJson, sanitizeText } from './sanitize-text.js';

/** What PostgreSQL reads a cell of a bulk statement as. */
export type BulkType =
  | 'uuid'
  | 'text'
  | 'numeric'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'float8'
  | 'boolean'
  | 'date'
  | 'timestamptz'
  | 'json'
  | 'jsonb';

/** A column of a bulk statement. */
export interface BulkColumn {
  readonly name: string;
  readonly type: BulkType;
}

/** The types of entities that have another name here; a length is the table's business. */
const OTHER_NAMES: Readonly<Record<string, BulkType>> = { varchar: 'text', 'double precision': 'float8' };

/** By entity, so that a statement does not look them up again. */
const known = new WeakMap<EntityMetadata, ReadonlyMap<string, BulkColumn>>();

/**
 * The columns that rows of an entity have values for: the keys of the first row.
 * @param others names and types of values in the rows that the table has no column for.
 * @throws Error for a key that is neither.
 */
export function bulkColumns(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly object[],
  others: Readonly<Record<string, BulkType>> = {},
): { readonly table: string; readonly columns: readonly BulkColumn[] } {
  const metadata = manager.connection.getMetadata(entity);
  const ofTable = columnsOf(metadata);
  const columns = Object.keys(rows[0]!).map((name) => {
    const other = others[name];
    const column = other ? { name, type: other } : ofTable.get(name);
    if (!column) throw new Error(`The table ${metadata.tableName} has no column "${name}".`);
    return column;
  });
  return { table: metadata.tableName, columns };
}

function columnsOf(metadata: EntityMetadata): ReadonlyMap<string, BulkColumn> {
  let columns = known.get(metadata);
  if (!columns) {
    columns = new Map(
      metadata.columns.map(({ databaseName: name, type }) => [
        name,
        { name, type: OTHER_NAMES[String(type)] ?? (type as BulkType) },
      ]),
    );
    known.set(metadata, columns);
  }
  return columns;
}

/**
 * A cell as the text that PostgreSQL reads for its type; null stays null.
 * @throws Error for undefined, which would silently become null.
 */
export function cellText(type: BulkType, cell: unknown): string | null {
  if (cell === null) return null;
  if (cell === undefined) throw new Error('A bulk statement met an undefined value; null is meant.');
  if (type === 'json' || type === 'jsonb') return sanitizeJson(cell);
  if (type === 'text') return sanitizeText(cell as string);
  if (type === 'timestamptz') return timeText(cell as Date);
  return String(cell);
}

/** Whether text of a type may hold characters that need quoting. */
export function needsQuoting(type: BulkType): boolean {
  return type === 'text' || type === 'json' || type === 'jsonb';
}

let lastTime: Date | null = null;
let lastText = '';

/** All rows of a chunk bear the same moment, most often the same object. */
function timeText(time: Date): string {
  if (time !== lastTime) {
    lastText = time.toISOString();
    lastTime = time;
  }
  return lastText;
}

/** @throws Error for a row with other keys than the first: what it has more would silently be left out. */
export function refuseOtherKeys(columns: readonly BulkColumn[], row: object): void {
  const keys = Object.keys(row);
  if (keys.length === columns.length) return;
  throw new Error(`A row of a bulk statement has other keys than the first: ${keys.join(', ')}.`);
}
