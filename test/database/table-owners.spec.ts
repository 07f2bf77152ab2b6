import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../support/database.js';
import { ROOT } from '../support/eventually.js';
import { usesIn, usesOfTables, type FileUses, type TableUse } from '../support/statements.js';

/** Below the business: they may send statements wherever they need to. */
const INFRASTRUCTURE = /^(platform\/|[a-z-]+\.ts$|replay\/replay-database\.ts$)/;
/** Lists entities; does nothing with them. */
const LISTS = /^schema\.ts$|\.module\.ts$|\.entity\.ts$/;

describe('the tables', () => {
  let tables: ReadonlyMap<string, string>;
  let files: readonly FileUses[];
  let owners: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const database = await createTestDatabase();
    const { entityMetadatas } = database.dataSource;
    tables = new Map(entityMetadatas.map(({ name, tableName }) => [name, tableName]));
    files = usesOfTables(tables).filter(({ file }) => !LISTS.test(file));
    owners = ownersInDocs();
    expect(
      entityMetadatas.flatMap(({ columns }) =>
        columns.filter(({ propertyName, databaseName }) => propertyName !== databaseName),
      ),
    ).toEqual([]);
    await database.close();
  });

  const uses = (): TableUse[] => files.flatMap(({ sql, entities }) => [...sql, ...entities]);

  it('are named in SQL by stores and .sql files only, and by the infrastructure', () => {
    const elsewhere = files
      .filter(({ file }) => !/\.store\.ts$|\.sql$/.test(file) && !INFRASTRUCTURE.test(file))
      .filter(({ sql, queries }) => sql.length > 0 || queries)
      .map(({ file }) => file);
    expect(elsewhere).toEqual([]);
  });

  it('have an entity that a store or a service works with: none is there for the schema alone', () => {
    const working = files.filter(({ file }) => /\.(store|service)\.ts$|platform\//.test(file));
    const named = new Set(working.flatMap(({ named: ofFile }) => ofFile));
    expect([...tables.values()].filter((table) => !named.has(table))).toEqual([]);
    const called = new Set(files.flatMap(({ entities }) => entities.map(({ table }) => table)));
    // Of these only the type of the rows is needed: every statement on them is one over many rows.
    expect([...tables.values()].filter((table) => !called.has(table)).sort()).toEqual([
      'llm_spending',
      'stream_events',
    ]);
  });

  it('have an owner in docs/architecture.md, which is the module of the entity', () => {
    const places = new Map(
      usesOfTables(tables)
        .map(({ file }) => file)
        .filter((file) => file.endsWith('.entity.ts'))
        .map((file) => [
          /@Entity\('(\w+)'\)/.exec(readFileSync(join(ROOT, 'src', file), 'utf8'))![1]!,
          file.split('/')[0]!,
        ]),
    );
    expect(Object.fromEntries(owners)).toEqual(Object.fromEntries(places));
    // Every entity is in the list that the data source is made with.
    expect([...tables.values()].sort()).toEqual([...places.keys()].sort());
  });

  it('are read and written by other modules where docs/architecture.md says so, and nowhere else', () => {
    expect(foreignUses(uses(), owners)).toEqual(foreignUsesInDocs());
  });
});

describe('a file', () => {
  const TABLES = new Map([
    ['Trade', 'trades'],
    ['Order', 'orders'],
  ]);
  const usesOf = (text: string) => {
    const { sql, entities, queries } = usesIn('x.ts', text, TABLES);
    return { sql: sql.map(said), entities: entities.map(said), queries };
  };
  const said = ({ table, access }: TableUse) => `${access} ${table}`;

  it.each<[string, string, readonly string[]]>([
    ['reads', 'a`SELECT 1 FROM trades t JOIN orders o ON ${x} FOR UPDATE`', ['reads trades', 'reads orders']],
    ['writes', "m.query('INSERT INTO trades (id) SELECT 1 FROM orders')", ['writes trades', 'reads orders']],
    ['deletes', "x('DELETE FROM orders USING trades')", ['writes orders']],
    ['updates', "x('UPDATE orders o SET a = 1 ')", ['writes orders']],
    ['updates on a conflict', "x('ON CONFLICT DO UPDATE SET a = 1')", []],
    ['names what is no table', "x('SELECT 1 FROM others')", []],
  ])('that %s is seen', (_what, text, expected) => {
    expect(usesOf(text).sql).toEqual(expected);
  });

  it('that is given an entity is seen', () => {
    expect(usesOf('m.find(Trade, {}); await bulkInsert(m, Order, rows)').entities).toEqual([
      'reads trades',
      'writes orders',
    ]);
    expect(usesOf('m.query(x)').queries).toBe(true);
  });
});

/** `table: module reads|writes` of modules that do not own the table, sorted. */
function foreignUses(all: readonly TableUse[], owners: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  for (const { file, table, access } of all) {
    const module = file.includes('/') ? file.split('/')[0]! : 'main';
    if (module !== owners.get(table)) found.add(`${table}: ${module} ${access}`);
  }
  return [...found].sort();
}

/** Rows of the table in docs/architecture.md: table, owner, who else reads it, who else writes it. */
function rowsInDocs(): string[][] {
  const text = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8');
  const section = text.split('\n## Tables\n')[1]!.split('\n## ')[0]!;
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, 5)
        .map((cell) => cell.replaceAll('`', '').trim()),
    );
}

function ownersInDocs(): ReadonlyMap<string, string> {
  return new Map(rowsInDocs().map(([table, owner]) => [table!, owner!]));
}

function foreignUsesInDocs(): string[] {
  const named = (cell: string) =>
    cell
      .split(',')
      .map((module) => module.trim())
      .filter(Boolean);
  return rowsInDocs()
    .flatMap(([table, , readers, writers]) => [
      ...named(readers!).map((module) => `${table}: ${module} reads`),
      ...named(writers!).map((module) => `${table}: ${module} writes`),
    ])
    .sort();
}
