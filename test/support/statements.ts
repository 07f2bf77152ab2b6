import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from './eventually.js';

/** What a file of src does to a table. */
export interface TableUse {
  readonly file: string;
  readonly table: string;
  readonly access: 'reads' | 'writes';
}

/** What stands in a file of src. */
export interface FileUses {
  /** Below src. */
  readonly file: string;
  /** Statements and parts of statements, by the tables that they name. */
  readonly sql: readonly TableUse[];
  /** Whether it sends statements of its own by `.query(...)`. */
  readonly queries: boolean;
  /** Calls that are given an entity, such as `manager.find(Trade, ...)` or `bulkInsert(manager, Trade, ...)`; elsewhere counts as writing. */
  readonly entities: readonly TableUse[];
  /** Tables whose entity, or the type of its rows, is named. */
  readonly named: readonly string[];
}

/** Words before the name of a table; `FOR UPDATE`, `FOR NO KEY UPDATE` and `DO UPDATE SET` name none. */
const READS = /\b(?:FROM|JOIN)\s+(?:ONLY\s+)?([a-z_]+)/g;
const WRITES = /\b(?:INTO|(?<!(?:FOR|KEY|DO)\s)UPDATE|DELETE\s+FROM|COPY|TRUNCATE|ALTER\s+TABLE)\s+([a-z_]+)/g;
const READING_CALLS =
  /^(find|findOne|findBy|findOneBy|findOneByOrFail|findAndCount|exists|existsBy|count|countBy|createQueryBuilder|from|bulkValues|getRepository)$/;

/** Every TypeScript and SQL file of src but specs, with what it does to tables. @param tables by the class of their entity. */
export function usesOfTables(tables: ReadonlyMap<string, string>): FileUses[] {
  const src = join(ROOT, 'src');
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.spec)\.ts$|\.sql$/.test(file))
    .map((file) => usesIn(relative(src, join(src, file)), readFileSync(join(src, file), 'utf8'), tables));
}

/** The same of one file. */
export function usesIn(file: string, text: string, tables: ReadonlyMap<string, string>): FileUses {
  const known = new Set(tables.values());
  const sql: TableUse[] = [];
  const entities: TableUse[] = [];
  const named = new Set<string>();
  let queries = false;
  const take = (part: string): void => {
    const written = [...part.matchAll(WRITES)].map(([, table]) => table!);
    const read = [...part.replaceAll(/\bDELETE\s+FROM\b/g, 'DELETE').matchAll(READS)].map(([, table]) => table!);
    for (const table of written) if (known.has(table)) sql.push({ file, table, access: 'writes' });
    for (const table of read) if (known.has(table)) sql.push({ file, table, access: 'reads' });
  };
  if (file.endsWith('.sql')) {
    take(text.replaceAll(/--.*/g, ''));
    return { file, sql, queries, entities, named: [] };
  }
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) take(node.text);
    if (ts.isTemplateExpression(node)) {
      take([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('${}'));
    }
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (node.expression.name.text === 'query') queries = true;
    }
    const table = ts.isIdentifier(node) && !ts.isImportSpecifier(node.parent) ? tables.get(node.text) : undefined;
    if (table) {
      named.add(table);
      const { parent } = node;
      if (ts.isCallExpression(parent)) {
        const called = nameOf(parent.expression);
        entities.push({ file, table, access: called && READING_CALLS.test(called) ? 'reads' : 'writes' });
      }
      if (ts.isArrayLiteralExpression(parent) || ts.isPropertyAssignment(parent)) {
        entities.push({ file, table, access: 'writes' });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return { file, sql, queries, entities, named: [...named] };
}

function nameOf(called: ts.Expression): string | null {
  if (ts.isIdentifier(called)) return called.text;
  return ts.isPropertyAccessExpression(called) ? called.name.text : null;
}
