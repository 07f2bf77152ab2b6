import { describe, expect, it } from '@jest/globals';
import { readInvariants, statementOf } from './invariants.js';

const ONE = `-- name: one\n-- forbids: something\nSELECT id FROM t WHERE at >= :since AND id >= :since_id AND x::text <> '';\n`;

describe('the file of the invariants', () => {
  it('is read statement by statement', () => {
    const read = readInvariants(
      `-- about the file; not a statement\n\n${ONE}\n-- name: two\n-- forbids: more\nSELECT 1;`,
    );
    expect(read).toEqual([
      {
        name: 'one',
        forbids: 'something',
        sql: `SELECT id FROM t WHERE at >= :since AND id >= :since_id AND x::text <> ''`,
      },
      { name: 'two', forbids: 'more', sql: 'SELECT 1' },
    ]);
  });

  it.each([
    ['without forbids', '-- name: a\nSELECT 1;'],
    ['without an end', '-- name: a\n-- forbids: b\nSELECT 1'],
    ['of two', '-- name: a\n-- forbids: b\nSELECT 1; SELECT 2;'],
  ])('refuses a statement %s', (_, text) => {
    expect(() => readInvariants(text)).toThrow('name: a');
  });

  it('refuses a name that is there twice', () => {
    expect(() => readInvariants(ONE + ONE)).toThrow('one is there twice');
  });

  it('has placeholders for the time and the id from which on rows count', () => {
    const [one] = readInvariants(ONE);
    const sql = `SELECT id FROM t WHERE at >= $1::timestamptz AND id >= $2::uuid AND x::text <> ''`;
    expect(statementOf(one!, new Date('2026-01-15T12:00:00Z'))).toEqual({
      sql,
      values: ['2026-01-15T12:00:00.000Z', '019bc186-de00-7000-8000-000000000000'],
    });
    expect(statementOf(one!, null)).toEqual({ sql, values: ['-infinity', '00000000-0000-0000-0000-000000000000'] });
    expect(() => statementOf({ ...one!, sql: 'SELECT :other' }, null)).toThrow(':other');
  });
});
