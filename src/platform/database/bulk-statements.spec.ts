import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Column, DataSource, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { bulkInsert, bulkUpdate, bulkUpsert, bulkValues } from './bulk-statements.js';
import { dataSourceOptions } from './data-source-options.js';

@Entity('things')
class Thing {
  @PrimaryColumn('integer')
  id!: number;

  @Column('varchar', { nullable: true })
  note!: string | null;

  @Column('jsonb', { nullable: true })
  details!: unknown;

  @Column('numeric', { precision: 60, scale: 18, nullable: true })
  amount!: string | null;

  @Column('boolean', { nullable: true })
  flag!: boolean | null;

  @Column('timestamptz', { nullable: true })
  at!: Date | null;

  @Column('double precision', { default: 0.5 })
  share!: number;
}

/** Arbitrary texts, and texts that have a meaning in COPY, in array literals or in JSON. */
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

/** The text as it is stored: characters that PostgreSQL cannot store are replaced. */
const held = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');
const heldJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, item: unknown) => (typeof item === 'string' ? held(item) : item));

describe('bulk statements', () => {
  let database: TestDatabase;
  let things: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase('template0');
    things = new DataSource(dataSourceOptions({ url: database.url, entities: [Thing], migrations: [] }));
    await things.initialize();
    await things.synchronize();
  });

  afterAll(async () => {
    await things.destroy();
    await database.close();
  });

  const ROW = { id: 1, note: null, details: null, amount: '1', flag: true, at: new Date(0) };

  async function stored(): Promise<unknown[]> {
    return things.query(`SELECT id, note, details, amount::text AS amount, flag, at FROM things ORDER BY id`);
  }

  /** The one statement that the work sends, with its blanks collapsed. */
  async function statementOf(work: (manager: EntityManager) => Promise<void>): Promise<string> {
    const statements: string[] = [];
    await things.transaction(async (manager) => {
      const query = manager.query.bind(manager);
      manager.query = ((sql: string, parameters: unknown[]) => {
        statements.push(sql.replaceAll(/\s+/g, ' ').trim());
        return query(sql, parameters);
      }) as typeof manager.query;
      await work(manager);
    });
    expect(statements).toHaveLength(1);
    return statements[0]!;
  }

  it.each(['insert', 'update', 'upsert'])(
    '%s stores every text unchanged, whatever its characters mean in SQL or JSON',
    async (way) => {
      const property = fc.asyncProperty(rowsOf, async (drafts) => {
        // Keys that differ only in characters that cannot be stored would collide.
        const rows = drafts.map((row, id) => ({ ...row, details: heldJson(row.details), id }));
        await things.transaction(async (manager) => {
          await manager.query(`DELETE FROM things`);
          if (way === 'insert') return bulkInsert(manager, Thing, rows);
          await manager.query(`INSERT INTO things (id) SELECT generate_series(0, $1)`, [rows.length - 1]);
          if (way === 'update') return bulkUpdate(manager, Thing, 'id', rows);
          return bulkUpsert(
            manager,
            Thing,
            rows,
            `(id) DO UPDATE SET note = excluded.note, details = excluded.details, amount = excluded.amount, flag = excluded.flag, at = excluded.at`,
          );
        });
        expect(await stored()).toEqual(
          rows.map((row) => ({ ...row, note: row.note === null ? null : held(row.note) })),
        );
      });
      await fc.assert(property, { numRuns: 60, seed: 11 });
    },
  );

  it('are one statement with the table, the columns and the types of the entity', async () => {
    const rows = [{ id: 1, note: 'a', share: 0.1 }];
    expect(await statementOf((manager) => bulkUpdate(manager, Thing, 'id', rows))).toBe(
      'UPDATE things t SET note = v.note, share = v.share FROM unnest($1::integer[], $2::text[], $3::float8[]) AS v (id, note, share) WHERE t.id = v.id',
    );
    expect(await statementOf((manager) => bulkUpsert(manager, Thing, rows, 'DO NOTHING'))).toBe(
      'INSERT INTO things (id, note, share) SELECT * FROM unnest($1::integer[], $2::text[], $3::float8[]) ON CONFLICT DO NOTHING',
    );
    expect(
      bulkValues(things.manager, Thing, [{ id: 1, change: '2' }], { first: 3, others: { change: 'numeric' } }),
    ).toEqual({ names: 'id, change', unnest: 'unnest($3::integer[], $4::numeric[])', parameters: ['{1}', '{2}'] });
  });

  it('use the default of the table for columns that the rows do not name', async () => {
    await things.transaction(async (manager) => {
      await manager.query(`DELETE FROM things`);
      await bulkInsert(manager, Thing, [{ id: 1 }]);
    });
    expect(await things.query(`SELECT id, share FROM things`)).toEqual([{ id: 1, share: 0.5 }]);
  });

  it('accept the keys of a row in any order', async () => {
    const { id, ...others } = ROW;
    await things.transaction(async (manager) => {
      await manager.query(`DELETE FROM things`);
      await bulkInsert(manager, Thing, [ROW, { ...others, id: id + 1 }]);
      await bulkUpdate(manager, Thing, 'id', [
        { id: 1, note: 'first' },
        { note: 'second', id: 2 },
      ]);
    });
    expect(await things.query(`SELECT id, note, amount::integer FROM things ORDER BY id`)).toEqual([
      { id: 1, note: 'first', amount: 1 },
      { id: 2, note: 'second', amount: 1 },
    ]);
  });

  it.each<[string, readonly object[], string]>([
    ['undefined, which would silently become null', [{ id: 1, note: undefined }], 'undefined'],
    ['a key that is no column', [{ id: 1, nothing: 2 }], 'The table things has no column "nothing".'],
    ['a row that has more than the first', [{ id: 1 }, { id: 2, note: 'x' }], 'other keys than the first'],
    ['a row that lacks what the first has', [{ id: 1, note: 'x' }, { id: 2 }], 'other keys than the first'],
    [
      'a row that has something else than the first',
      [
        { id: 1, note: 'x' },
        { id: 2, flag: true },
      ],
      'undefined',
    ],
  ])('refuse %s', async (_what, rows, message) => {
    const given = rows as readonly { id: number }[];
    const writing = (write: (manager: EntityManager) => Promise<void>) => things.transaction(write);
    await expect(writing((manager) => bulkInsert(manager, Thing, given))).rejects.toThrow(message);
    await expect(writing((manager) => bulkUpdate(manager, Thing, 'id', given))).rejects.toThrow(message);
  });

  it('send nothing when there are no rows', async () => {
    const nothing = Promise.all([
      bulkInsert(things.manager, Thing, []),
      bulkUpdate(things.manager, Thing, 'id', []),
      bulkUpsert(things.manager, Thing, [], 'DO NOTHING'),
    ]);
    await expect(nothing).resolves.toBeDefined();
  });

  it('roll back the transaction on a duplicate row, and leave the connection usable', async () => {
    const twice = things.transaction(async (manager) => {
      await manager.query(`DELETE FROM things`);
      await bulkInsert(manager, Thing, [ROW]);
      await bulkInsert(manager, Thing, [{ ...ROW, id: 2 }, ROW]);
    });
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    await things.transaction((manager) => bulkInsert(manager, Thing, [{ ...ROW, id: 77 }]));
    expect(await things.query(`SELECT id FROM things WHERE id = 77`)).toEqual([{ id: 77 }]);
    expect(await things.query(`SELECT id FROM things WHERE id = 2 AND note IS NULL`)).toEqual([]);
  });

  it('fail when the connection breaks during the statement, instead of waiting forever', async () => {
    const broken = things.transaction(async (manager) => {
      const [{ pid }] = (await manager.query(`SELECT pg_backend_pid() AS pid`)) as [{ pid: number }];
      const rows = Array.from({ length: 50_000 }, (_, id) => ({ ...ROW, id: id + 1000, note: 'x'.repeat(200) }));
      const insert = bulkInsert(manager, Thing, rows);
      await things.query(`SELECT pg_terminate_backend($1)`, [pid]);
      await insert;
    });
    await expect(broken).rejects.toThrow(/terminat/i);
    expect(await things.query(`SELECT id FROM things WHERE id >= 1000`)).toEqual([]);
  });

  it('refuse to copy outside a transaction', async () => {
    await expect(bulkInsert(things.manager, Thing, [ROW])).rejects.toThrow('transaction');
  });
});
