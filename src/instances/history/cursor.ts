import { badCursor, placeOf, toCursor } from '../../platform/http/cursor.js';
import type { CursorPage } from '../../platform/http/paging.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BIGINT = /^\d{1,18}$/;
const INT4 = /^\d{1,9}$/;
/** With the microseconds that JavaScript's Date would drop: a cursor must name its row exactly. */
const TIME = /^[12]\d{3}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z$/;

type CursorKind = 'uuid' | 'bigint' | 'integer' | 'time';
const FORMATS: Readonly<Record<CursorKind, RegExp>> = { uuid: UUID, bigint: BIGINT, integer: INT4, time: TIME };

/**
 * The place that a cursor names, checked before it reaches SQL.
 * @param list see {@link toCursor}.
 * @returns it, or null for the first page.
 * @throws MalformedRequest (400 `bad_cursor`) for one that no page of this list gave out.
 */
export function cursorOf(list: string, cursor: string | undefined, kind: CursorKind): string | null {
  const place = placeOf(list, cursor);
  if (place === null || (FORMATS[kind].test(place) && (kind !== 'time' || isTime(place)))) return place;
  throw badCursor();
}

/** Date reads the 30th of February as a day in March; PostgreSQL refuses it. */
function isTime(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19);
}

/** A page out of rows that were read with `LIMIT limit + 1`: the one too many says that there is a next page. */
export function pageOf<Row, Item>(
  list: string,
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  placeOfRow: (row: Row) => string,
): CursorPage<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    next_cursor: rows.length > limit && last !== undefined ? toCursor(list, placeOfRow(last)) : null,
  };
}
