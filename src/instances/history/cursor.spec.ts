import { describe, expect, it } from '@jest/globals';
import { MalformedRequest } from '../../platform/http/app-errors.js';
import { cursorOf, pageOf } from './cursor.js';

describe('a cursor', () => {
  it.each([
    ['0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10', 'uuid'],
    ['42', 'bigint'],
    ['2', 'integer'],
    ['2026-01-31T23:59:59.123456Z', 'time'],
  ] as const)('%s is taken as it is', (cursor, kind) => {
    expect(cursorOf(cursor, kind)).toBe(cursor);
  });

  it('may be left out', () => {
    expect(cursorOf(undefined, 'uuid')).toBeNull();
  });

  it.each([
    ['', 'uuid'],
    ['1', 'uuid'],
    ["0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10'; --", 'uuid'],
    ['-1', 'bigint'],
    ['9'.repeat(19), 'bigint'],
    ['2147483648', 'integer'],
    ['2026-01-31', 'time'],
    ['2026-13-01T00:00:00.000000Z', 'time'],
    ['2026-01-01T25:00:00.000000Z', 'time'],
    ['0000-01-01T00:00:00.000000Z', 'time'],
  ] as const)('%s is refused as %s', (cursor, kind) => {
    expect(() => cursorOf(cursor, kind)).toThrow(MalformedRequest);
  });
});

const read = (rows: number[]) => pageOf(rows, 2, String, (row) => `after ${row}`);

describe('a page', () => {
  it('names the last row it shows when there are more', () => {
    expect(read([9, 8, 7])).toEqual({ items: ['9', '8'], next_cursor: 'after 8' });
  });

  it('is the last one when nothing is left, also when it is full', () => {
    expect(read([9, 8])).toEqual({ items: ['9', '8'], next_cursor: null });
    expect(read([])).toEqual({ items: [], next_cursor: null });
  });
});
