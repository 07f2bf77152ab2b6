import { MalformedRequest } from '../../platform/http/app-errors.js';
import type { CursorPage } from '../../platform/http/paging.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BIGINT = /^\d{1,18}$/;
const INT4 = /^\d{1,9}$/;
/** With the microseconds that JavaScript's Date would drop: a cursor must name its row exactly. */
const TIME = /^[12]\d{3}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z$/;

type CursorKind = 'uuid' | 'bigint' | 'integer' | 'time';
const FORMATS: Readonly<Record<CursorKind, RegExp>> = { uuid: UUID, bigint: BIGINT, integer: INT4, time: TIME };

/**
 * Checks a cursor before it reaches SQL.
 * @returns it, or null for the first page.
 * @throws MalformedRequest (400 `bad_cursor`) for one that none of our pages gave out.
 */
export function cursorOf(cursor: string | undefined, kind: CursorKind): string | null {
  if (cursor === undefined) return null;
  const isTime = kind !== 'time' || !Number.isNaN(Date.parse(cursor));
  if (FORMATS[kind].test(cursor) && isTime) return cursor;
  throw new MalformedRequest('bad_cursor', 'Send the next_cursor of the page before, as it is.', [
    { pointer: '/cursor', code: 'bad_cursor', message: 'This is no cursor of this list.' },
  ]);
}

/** A page out of rows that were read with `LIMIT limit + 1`: the one too many says that there is a next page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  cursorOfRow: (row: Row) => string,
): CursorPage<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    next_cursor: rows.length > limit && last !== undefined ? cursorOfRow(last) : null,
  };
}
