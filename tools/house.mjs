/**
 * `node tools/house.mjs [COLUMN] [--files]`: how the house is built, as a table: files, lines and folders of src, short files, files
 * that name a column (`holding_after` unless given), files behind a PATCH and behind a tick, SQL outside stores.
 *
 * What a request touches is approximated from the imports: from the entry file every file that is reached by imports of
 * values (types cost a reader nothing at run time) within the modules that are named for that walk below.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const COLUMN = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? 'holding_after';
const SHORT_LINES = 40;
const FOLD_BELOW_LINES = 60;
/** Modules that a walk follows imports into; platform and the catalogues of agents are common to all walks. */
const WALKS = {
  'PATCH of a definition': {
    entry: 'src/definitions/definitions.controller.ts',
    within: /^src\/(definitions|registry|auth\/audit-log|domain\/params|platform\/http\/etag)/,
  },
  'tick to the row in trades': {
    entry: 'src/scheduler/planner/heartbeat.ts',
    more: ['src/scheduler/runs/run-handler.ts', 'src/scheduler/chunks/chunk-handler.ts'],
    within:
      /^src\/(scheduler|trading\/books|trading\/positions\/position-monitor|domain\/execution|decision-agents\/cutoff|platform\/(queue|database\/(bulk|copy)))/,
  },
};

const text = (file) => readFileSync(join(ROOT, file), 'utf8');
const linesOf = (file) => text(file).split('\n').length - 1;

function entriesIn(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
}

function programFiles(folder) {
  return entriesIn(folder)
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

/** The files of the project that a file imports; `import type` and `import { type X }` alone are left out on wish. */
function importsOf(file, { types }) {
  const found = new Set();
  for (const [, clause, from] of text(file).matchAll(/import\s+([^;]*?)\s+from\s+'(\.[^']+)'/g)) {
    if (!types && isOfTypes(clause)) continue;
    const target = relative(ROOT, resolve(ROOT, dirname(file), from)).replace(/\.js$/, '.ts');
    if (existsSync(join(ROOT, target))) found.add(target);
  }
  return found;
}

function isOfTypes(clause) {
  if (clause.startsWith('type ')) return true;
  const names = clause.match(/^\{([^}]*)\}$/)?.[1];
  return names?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type ')) ?? false;
}

function walk({ entry, more = [], within }) {
  const seen = new Set([entry, ...more]);
  for (const file of seen) {
    for (const target of importsOf(file, { types: false })) if (within.test(target)) seen.add(target);
  }
  return [...seen].filter((file) => !/\.(entity|module|token)\.ts$/.test(file));
}

/** Statements of modules about the business that stand neither in a store nor in a .sql file. */
function sqlOutsideStores(files) {
  const statement =
    /\b(SELECT\s[\s\S]*?\sFROM|INSERT INTO|UPDATE \w+( \w+)?\s+SET|DELETE FROM|TRUNCATE|CREATE TABLE)\b/;
  return files.filter(
    (file) =>
      !/^src\/(platform|cli)\/|^src\/replay\/replay-database\.ts$|\.(store|entity)\.ts$/.test(file) &&
      statement.test(withoutComments(text(file))),
  );
}

function withoutComments(source) {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

/** Files with one reader, no spec and less than 60 lines. */
function paragraphs(files) {
  const readers = new Map(files.map((file) => [file, []]));
  for (const file of [...files, ...(existsSync(join(ROOT, 'tools')) ? programFiles('tools') : [])]) {
    if (file.endsWith('.module.ts')) continue;
    for (const target of importsOf(file, { types: true })) readers.get(target)?.push(file);
  }
  return files.filter(
    (file) =>
      !/\.(entity|controller|module|guard|store)\.ts$/.test(file) &&
      readers.get(file).length === 1 &&
      linesOf(file) < FOLD_BELOW_LINES &&
      !existsSync(join(ROOT, file.replace(/\.ts$/, '.spec.ts'))),
  );
}

const files = programFiles('src');
const lines = files.reduce((sum, file) => sum + linesOf(file), 0);
const short = files.filter((file) => linesOf(file) < SHORT_LINES);
const folders = entriesIn('src').filter((entry) => entry.isDirectory()).length + 1;
const scripts = Object.keys(JSON.parse(text('package.json')).scripts);
const naming = files.filter((file) => new RegExp(`\\b${COLUMN}\\b`).test(withoutComments(text(file))));
const sql = sqlOutsideStores(files);
const single = paragraphs(files);
const longest = Math.max(...files.map(linesOf));

const rows = [
  ['production files / lines in src', `${files.length} / ${lines}`],
  [`files below ${SHORT_LINES} lines`, `${Math.round((short.length / files.length) * 100)} % (${short.length})`],
  ['longest file', `${longest} lines`],
  ['folders in src', folders],
  ['files with one reader, no spec and less than 60 lines', single.length],
  [`files that name ${COLUMN}`, naming.length],
  ...Object.entries(WALKS).map(([name, way]) => [`files behind ${name} (by imports)`, walk(way).length]),
  ['business SQL outside stores', `${sql.length} files`],
  ['npm scripts', scripts.length],
];
const width = Math.max(...rows.map(([name]) => name.length));
for (const [name, value] of rows) process.stdout.write(`| ${name.padEnd(width)} | ${value} |\n`);
if (process.argv.includes('--files')) {
  const lists = { short, single, naming, sql };
  for (const [name, way] of Object.entries(WALKS)) lists[name] = walk(way);
  for (const [name, list] of Object.entries(lists)) process.stdout.write(`\n${name}\n  ${list.join('\n  ')}\n`);
}
