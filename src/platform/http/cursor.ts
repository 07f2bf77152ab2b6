import { MalformedRequest } from './app-errors.js';

/**
 * The cursor of a place in a list: opaque, and good for that list alone.
 * @param list its name, and what it is the list of: `trades of <id>`.
 */
export function toCursor(list: string, place: string): string {
  return Buffer.from(`${list}\n${place}`).toString('base64url');
}

/**
 * The place that a cursor of this list names; null without one. Check its form before it reaches SQL.
 * @throws MalformedRequest (400 `bad_cursor`) for what is no cursor of this list.
 */
export function placeOf(list: string, cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const [owner, place] = Buffer.from(cursor, 'base64url').toString().split('\n');
  // Decoding skips what it does not know: only what we would write ourselves counts.
  if (owner !== list || place === undefined || toCursor(list, place) !== cursor) throw badCursor();
  return place;
}

export function badCursor(): MalformedRequest {
  return new MalformedRequest('bad_cursor', 'Send the next_cursor of the page before, as it is.', [
    { pointer: '/cursor', code: 'bad_cursor', message: 'This is no cursor of this list.' },
  ]);
}
