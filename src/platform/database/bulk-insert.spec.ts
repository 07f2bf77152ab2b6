import { describe, expect, it } from '@jest/globals';
import { arrays, insertStatement, type BulkColumn } from './bulk-insert.js';

interface Row {
  readonly id: string;
  readonly details: unknown;
}

const COLUMNS: readonly BulkColumn<Row>[] = [
  { name: 'id', type: 'uuid', value: (row) => row.id },
  { name: 'details', type: 'jsonb', value: (row) => row.details },
];

describe('bulk insert', () => {
  it('is one statement with one array a column, however many rows there are', () => {
    expect(insertStatement('things', COLUMNS)).toBe(
      'INSERT INTO things (id, details) SELECT * FROM unnest($1::uuid[], $2::jsonb[])',
    );
    const rows = Array.from({ length: 1000 }, (_, index) => ({ id: String(index), details: { index } }));
    expect(arrays(COLUMNS, rows)).toHaveLength(2);
  });

  it('hands JSON over as text and null as null', () => {
    const rows = [
      { id: 'a', details: [1] },
      { id: 'b', details: null },
    ];
    expect(arrays(COLUMNS, rows)).toEqual([
      ['a', 'b'],
      ['[1]', null],
    ]);
  });

  it('refuses undefined, which would silently become null', () => {
    expect(() => arrays(COLUMNS, [{ id: 'a', details: undefined }])).toThrow('undefined');
  });
});
