import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import type { BulkColumn } from './bulk-column.js';
import { bulkInsert, copyStatement } from './bulk-insert.js';
import { bulkUpdate } from './bulk-update.js';
import { arrays, unnest } from './bulk-values.js';

interface Row {
  readonly id: number;
  readonly note: string | null;
  readonly details: unknown;
  readonly amount: string;
  readonly flag: boolean;
  readonly at: Date;
}

const COLUMNS: readonly BulkColumn<Row>[] = [
  { name: 'id', type: 'integer', value: (row) => row.id },
  { name: 'note', type: 'text', value: (row) => row.note },
  { name: 'details', type: 'jsonb', value: (row) => row.details },
  { name: 'amount', type: 'numeric', value: (row) => row.amount },
  { name: 'flag', type: 'boolean', value: (row) => row.flag },
  { name: 'at', type: 'timestamptz', value: (row) => row.at },
];

/** Texts that have a meaning in COPY, in array literals or in JSON, among others. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('\\', 'N', '"', '{', '}', ',', '\t', '\n', '\r', '.', "'", ' ', 'NULL', 'ß', '𝄞'),
  }),
);
const rowsOf = fc.array(
  fc.record({
    note: fc.option(texts),
    details: fc.option(fc.oneof(texts, fc.dictionary(texts, texts), fc.array(fc.integer()))),
    amount: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map((units) => `${units}.000000000000000001`),
    flag: fc.boolean(),
    at: fc.date({ min: new Date('2001-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
  }),
  { minLength: 1, maxLength: 20 },
);

/** What PostgreSQL cannot hold is replaced. */
const held = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');
const heldJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, item: unknown) => (typeof item === 'string' ? held(item) : item));

describe('bulk statements', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase('template0');
    await database.dataSource.query(
      `CREATE TABLE things (id integer PRIMARY KEY, note text, details jsonb, amount numeric(60,18), flag boolean, at timestamptz)`,
    );
  });

  afterAll(() => database.close());

  async function stored(): Promise<unknown[]> {
    return database.dataSource.query(
      `SELECT id, note, details, amount::text AS amount, flag, at FROM things ORDER BY id`,
    );
  }

  it.each(['insert', 'update'])('%s keeps every text, whatever its characters mean elsewhere', async (way) => {
    const property = fc.asyncProperty(rowsOf, async (drafts) => {
      // Keys that only differ in what cannot be held would become one.
      const rows = drafts.map((row, id) => ({ ...row, details: heldJson(row.details), id }));
      await database.dataSource.transaction(async (manager) => {
        await manager.query(`DELETE FROM things`);
        if (way === 'insert') return bulkInsert(manager, 'things', COLUMNS, rows);
        await manager.query(`INSERT INTO things (id) SELECT generate_series(0, $1)`, [rows.length - 1]);
        return bulkUpdate(manager, 'things', COLUMNS, rows);
      });
      expect(await stored()).toEqual(rows.map((row) => ({ ...row, note: row.note === null ? null : held(row.note) })));
    });
    await fc.assert(property, { numRuns: 60, seed: 11 });
  });

  it('are one statement with the names of the columns', () => {
    expect(copyStatement('things', COLUMNS)).toBe('COPY things (id, note, details, amount, flag, at) FROM STDIN');
    expect(unnest(COLUMNS.slice(0, 2), 3)).toBe('unnest($3::integer[], $4::text[])');
  });

  it('refuse undefined, which would silently become null', () => {
    expect(() => arrays(COLUMNS, [{ id: 1 } as Row])).toThrow('undefined');
  });

  it('undo the transaction when a row is there already, and leave the connection usable', async () => {
    const row = { id: 1, note: null, details: null, amount: '1', flag: true, at: new Date(0) };
    const twice = database.dataSource.transaction(async (manager) => {
      await manager.query(`DELETE FROM things`);
      await bulkInsert(manager, 'things', COLUMNS, [row]);
      await bulkInsert(manager, 'things', COLUMNS, [{ ...row, id: 2 }, row]);
    });
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    await database.dataSource.transaction((manager) => bulkInsert(manager, 'things', COLUMNS, [{ ...row, id: 77 }]));
    expect(await database.dataSource.query(`SELECT id FROM things WHERE id = 77`)).toEqual([{ id: 77 }]);
    expect(await database.dataSource.query(`SELECT id FROM things WHERE id = 2`)).toEqual([]);
  });

  it('fail when the connection breaks in the middle, instead of waiting for ever', async () => {
    const broken = database.dataSource.transaction(async (manager) => {
      const [{ pid }] = (await manager.query(`SELECT pg_backend_pid() AS pid`)) as [{ pid: number }];
      const rows = Array.from({ length: 50_000 }, (_, id) => ({
        id: id + 1000,
        note: 'x'.repeat(200),
        details: null,
        amount: '1',
        flag: true,
        at: new Date(0),
      }));
      const insert = bulkInsert(manager, 'things', COLUMNS, rows);
      await database.dataSource.query(`SELECT pg_terminate_backend($1)`, [pid]);
      await insert;
    });
    await expect(broken).rejects.toThrow(/terminat/i);
    expect(await database.dataSource.query(`SELECT id FROM things WHERE id >= 1000`)).toEqual([]);
  });

  it('refuse to copy outside a transaction', async () => {
    const row = { id: 1, note: null, details: null, amount: '1', flag: true, at: new Date(0) };
    await expect(bulkInsert(database.dataSource.manager, 'things', COLUMNS, [row])).rejects.toThrow('transaction');
  });
});
