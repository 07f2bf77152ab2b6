import { cellText, needsQuoting, type BulkColumn } from './bulk-column.js';

const SPECIAL = /["\\]/;
const EVERY_SPECIAL = /["\\]/g;

/** `unnest($1::uuid[], ...)` for the columns, parameters numbered from `first`. */
export function unnest(columns: readonly Pick<BulkColumn<never>, 'type'>[], first = 1): string {
  return `unnest(${columns.map((column, index) => `$${index + first}::${column.type}[]`).join(', ')})`;
}

/**
 * One array parameter per column, in the order of {@link unnest}, written as PostgreSQL's array literals: the driver
 * would quote every cell, also of types that need none.
 */
export function arrays<Row>(columns: readonly BulkColumn<Row>[], rows: readonly Row[]): string[] {
  return columns.map(({ type, value }) => {
    const quoted = needsQuoting(type);
    let literal = '{';
    for (let index = 0; index < rows.length; index++) {
      if (index > 0) literal += ',';
      const text = cellText(type, value(rows[index]!));
      if (text === null) literal += 'NULL';
      else literal += quoted ? quote(text) : text;
    }
    return `${literal}}`;
  });
}

function quote(text: string): string {
  return SPECIAL.test(text) ? `"${text.replace(EVERY_SPECIAL, String.raw`\$&`)}"` : `"${text}"`;
}
