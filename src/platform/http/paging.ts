import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { MalformedRequest } from './problems/app-errors.js';
import { QueryInt, QueryTime } from './input/query-values.js';

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;
/** PostgreSQL reads all rows before an offset; deeper lists are read by cursor. */
const MAX_OFFSET = 1_000_000;

/** One page of a list; `total` counts all entries that match. */
export interface Page<T> {
  items: T[];
  total: number;
  limit: number;
  offset: number;
}

/** One page of a history, newest first; `next_cursor` is null on the last one. */
export interface CursorPage<T> {
  items: T[];
  next_cursor: string | null;
}

/** One page of a history whose oldest months may be dropped. */
export interface RetainedPage<T> extends CursorPage<T> {
  /** Entries before this time were dropped; null: none were. */
  kept_from: string | null;
}

export class PlainListQuery {
  @ApiPropertyOptional({
    description: 'Maximum number of entries.',
    minimum: 1,
    maximum: 200,
    default: 50,
    type: 'integer',
  })
  @QueryInt(1, MAX_LIMIT)
  limit: number = DEFAULT_LIMIT;

  @ApiPropertyOptional({
    description: 'Entries to skip.',
    minimum: 0,
    maximum: MAX_OFFSET,
    default: 0,
    type: 'integer',
  })
  @QueryInt(0, MAX_OFFSET)
  offset: number = 0;
}

/** Query of a list that can be sorted. A class with filters extends it. */
export class ListQuery extends PlainListQuery {
  @ApiPropertyOptional({
    description: 'Field to sort by, with a leading - for descending: `-created_at`.',
    type: String,
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  sort?: string;
}

class CursorQuery {
  @ApiPropertyOptional({
    description: 'Maximum number of entries.',
    minimum: 1,
    maximum: 200,
    default: 50,
    type: 'integer',
  })
  @QueryInt(1, MAX_LIMIT)
  limit: number = DEFAULT_LIMIT;

  @ApiPropertyOptional({ description: '`next_cursor` of the previous page; left out: the first page.', type: String })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;
}

/** Query of a history, limited to a span of time. A class with more filters extends it. */
export class HistoryQuery extends CursorQuery {
  @QueryTime('Only at this time or later.')
  from?: Date;

  @QueryTime('Only before this time.')
  to?: Date;
}

/**
 * Turns `sort=-created_at` into a column of the allow-list. The column comes from `allowed`, never from the caller, so
 * that it may stand in SQL.
 *
 * @param allowed field of the API -> SQL column.
 * @param fallback the sort when the caller names none, in the same notation.
 * @throws MalformedRequest (400 `unknown_sort`) naming the known fields.
 */
export function parseSort(
  sort: string | undefined,
  allowed: Readonly<Record<string, string>>,
  fallback: string,
): { column: string; direction: 'ASC' | 'DESC' } {
  const wanted = sort === undefined || sort === '' ? fallback : sort;
  const descending = wanted.startsWith('-');
  const field = descending ? wanted.slice(1) : wanted;
  if (!Object.hasOwn(allowed, field)) {
    const message = `Sort by one of: ${Object.keys(allowed).join(', ')}.`;
    throw new MalformedRequest('unknown_sort', message, [{ pointer: '/sort', code: 'unknown_sort', message }]);
  }
  return { column: allowed[field] as string, direction: descending ? 'DESC' : 'ASC' };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BIGINT = /^\d{1,18}$/;
const INT4 = /^\d{1,9}$/;
/** With microseconds, which JavaScript's Date would drop: a cursor must name its row exactly. */
const TIME = /^[12]\d{3}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z$/;

type CursorKind = 'uuid' | 'bigint' | 'integer' | 'time';
const FORMATS: Readonly<Record<CursorKind, RegExp>> = { uuid: UUID, bigint: BIGINT, integer: INT4, time: TIME };

/**
 * An opaque cursor for a place in a list, valid in that list alone.
 * @param list its name and its owner: `trades of <id>`.
 */
export function toCursor(list: string, place: string): string {
  return Buffer.from(`${list}\n${place}`).toString('base64url');
}

/**
 * The place that a cursor names, validated before it reaches SQL.
 * @param list see {@link toCursor}.
 * @returns null for the first page.
 * @throws MalformedRequest (400 `bad_cursor`) for a cursor that no page of this list returned.
 */
export function cursorOf(list: string, cursor: string | undefined, kind: CursorKind): string | null {
  const place = placeOf(list, cursor);
  if (place === null || (FORMATS[kind].test(place) && (kind !== 'time' || isTime(place)))) return place;
  throw badCursor();
}

function placeOf(list: string, cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const [owner, place] = Buffer.from(cursor, 'base64url').toString().split('\n');
  // Decoding skips unknown characters, so only the exact text that we would write is accepted.
  if (owner !== list || place === undefined || toCursor(list, place) !== cursor) throw badCursor();
  return place;
}

/** Date reads February 30th as a day in March; PostgreSQL refuses it. */
function isTime(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19);
}

function badCursor(): MalformedRequest {
  return new MalformedRequest(
    'bad_cursor',
    'Send the next_cursor of the previous page unchanged, or leave it out for the first page.',
    [{ pointer: '/cursor', code: 'bad_cursor', message: 'This is not a cursor of this list.' }],
  );
}

/** Builds a page from rows that were read with `LIMIT limit + 1`: the extra row means that there is a next page. */
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
