import { MalformedRequest } from '../problems/app-errors.js';
import type { CursorPage } from './paging.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BIGINT = /^\d{1,18}$/;
const INT4 = /^\d{1,9}$/;
/** With the microseconds that JavaScript's Date would drop: a cursor must name its row exactly. */
const TIME = /^[12]\d{3}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z$/;

type CursorKind = 'uuid' | 'bigint' | 'integer' | 'time';
const FORMATS: Readonly<Record<CursorKind, RegExp>> = { uuid: UUID, bigint: BIGINT, integer: INT4, time: TIME };

/**
 * The cursor of a place in a list: opaque, and good for that list alone.
 * @param list its name, and what it is the list of: `trades of <id>`.
 */
export function toCursor(list: string, place: string): string {
  return Buffer.from(`${list}\n${place}`).toString('base64url');
}

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

function placeOf(list: string, cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const [owner, place] = Buffer.from(cursor, 'base64url').toString().split('\n');
  // Decoding skips what it does not know: only what we would write ourselves counts.
  if (owner !== list || place === undefined || toCursor(list, place) !== cursor) throw badCursor();
  return place;
}

/** Date reads the 30th of February as a day in March; PostgreSQL refuses it. */
function isTime(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19);
}

function badCursor(): MalformedRequest {
  return new MalformedRequest('bad_cursor', 'Send the next_cursor of the page before, as it is.', [
    { pointer: '/cursor', code: 'bad_cursor', message: 'This is no cursor of this list.' },
  ]);
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
