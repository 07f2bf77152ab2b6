import { describe, expect, it } from '@jest/globals';
import { MalformedRequest } from './problems/app-errors.js';
import { cursorOf, pageOf, toCursor } from './paging.js';

const LIST = 'trades of 1';

describe('a cursor', () => {
  it.each([
    ['0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10', 'uuid'],
    ['42', 'bigint'],
    ['2', 'integer'],
    ['2026-01-31T23:59:59.123456Z', 'time'],
    ['2024-02-29T00:00:00.000000Z', 'time'],
  ] as const)('names the place %s of its list', (place, kind) => {
    const cursor = toCursor(LIST, place);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(cursor).not.toContain(place);
    expect(cursorOf(LIST, cursor, kind)).toBe(place);
  });

  it('may be left out', () => {
    expect(cursorOf(LIST, undefined, 'uuid')).toBeNull();
  });

  it('is invalid in another list, and in the same list of another instance', () => {
    const cursor = toCursor(LIST, '42');
    for (const other of ['ledger of 1', 'trades of 2', '']) {
      expect(() => cursorOf(other, cursor, 'bigint')).toThrow(MalformedRequest);
    }
  });

  it.each(['', '42', '%%%', Buffer.from('trades of 1').toString('base64url'), `${toCursor(LIST, '42')}=`])(
    'is not %j',
    (cursor) => {
      expect(() => cursorOf(LIST, cursor, 'bigint')).toThrow(MalformedRequest);
    },
  );

  it.each([
    ['', 'uuid'],
    ['1', 'uuid'],
    ["0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10'; --", 'uuid'],
    ['42\n1', 'bigint'],
    ['-1', 'bigint'],
    ['9'.repeat(19), 'bigint'],
    ['2147483648', 'integer'],
    ['2026-01-31', 'time'],
    ['2026-13-01T00:00:00.000000Z', 'time'],
    ['2026-02-30T00:00:00.000000Z', 'time'],
    ['2026-01-01T25:00:00.000000Z', 'time'],
    ['2026-01-01T24:00:00.000000Z', 'time'],
    ['0000-01-01T00:00:00.000000Z', 'time'],
  ] as const)('of the place %j is refused as %s', (place, kind) => {
    expect(() => cursorOf(LIST, toCursor(LIST, place), kind)).toThrow(MalformedRequest);
  });
});

const read = (rows: number[]) => pageOf(LIST, rows, 2, String, (row) => `after ${row}`);

describe('a page', () => {
  it('points to its last row when there are more', () => {
    expect(read([9, 8, 7])).toEqual({ items: ['9', '8'], next_cursor: toCursor(LIST, 'after 8') });
  });

  it('is the last one when nothing is left, even when it is full', () => {
    expect(read([9, 8])).toEqual({ items: ['9', '8'], next_cursor: null });
    expect(read([])).toEqual({ items: [], next_cursor: null });
  });
});
