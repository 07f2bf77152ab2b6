import { readFileSync } from 'node:fs';
import { lowestUuidv7 } from '../platform/database/uuid.js';

/** What must hold of the stored data at every moment between transactions. */
export interface Invariant {
  /** Stable snake_case name. */
  readonly name: string;
  /** What must never be. */
  readonly forbids: string;
  /** Gives one row for each violation, with its key as `id`; has placeholders: see {@link statementOf}. */
  readonly sql: string;
}

const HEADER = /^-- name: ([a-z0-9_]+)\n-- forbids: (.+)\n/;
/** Not the `::` of a cast. */
const PLACEHOLDER = /(?<!:):(\w+)/g;
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Reads the statements of a file like invariants.sql, in their order.
 * @throws Error when a statement has no name or no end, or a name comes twice.
 */
export function readInvariants(text: string): Invariant[] {
  const invariants = text
    .split(/^(?=-- name:)/m)
    .filter((part) => part.startsWith('-- name:'))
    .map((part) => {
      const [header, name, forbids] = HEADER.exec(part) ?? [];
      const sql = part.slice(header?.length).trim();
      if (name === undefined || forbids === undefined || !/^[^;]+;$/.test(sql)) {
        throw new Error(`Not one statement with name, forbids and a semicolon at its end: ${part.split('\n', 1)[0]}`);
      }
      return { name, forbids, sql: sql.slice(0, -1) };
    });
  const names = invariants.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`The invariant ${twice} is there twice.`);
  return invariants;
}

/** The invariants of the platform. */
export const INVARIANTS: readonly Invariant[] = readInvariants(
  readFileSync(new URL('./invariants.sql', import.meta.url), 'utf8'),
);

/**
 * The statement with `$1, $2...` for its placeholders, and their values.
 * @param since what older runs, orders, trades and snapshots hold is left out; null: nothing is.
 * @throws Error on a placeholder that invariants.sql does not explain.
 */
export function statementOf(invariant: Invariant, since: Date | null): { sql: string; values: string[] } {
  const known: Readonly<Record<string, readonly [value: string, type: string]>> = {
    since: [since?.toISOString() ?? '-infinity', 'timestamptz'],
    since_id: [since ? lowestUuidv7(since.getTime()) : LOWEST_ID, 'uuid'],
  };
  const values: string[] = [];
  const sql = invariant.sql.replaceAll(PLACEHOLDER, (_, name: string) => {
    const [value, type] = known[name] ?? [];
    if (value === undefined) throw new Error(`${invariant.name}: unknown placeholder :${name}`);
    return `$${values.push(value)}::${type}`;
  });
  return { sql, values };
}
