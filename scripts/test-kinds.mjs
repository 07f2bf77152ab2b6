/** What a spec file needs, read off its imports: tells the quick tests from the others, and where the time goes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g;

/** From the cheapest to the most expensive; a file is of the most expensive kind that it needs. */
export const KINDS = ['pure', 'database', 'HTTP', 'process', 'browser'];

/** What makes a spec file more than pure when it, or a helper that it imports, imports it. */
const NEEDS = [
  ['browser', /^playwright-core$|^test\/console\/support\/world/],
  ['process', /^node:(child_process|worker_threads|cluster)$|^test\/support\/(program|redis-server)\.ts$/],
  [
    'process',
    /^src\/(business-agents\/processes\/process-analyst|platform\/embedded-postgres\/(embedded-server|run-program))\.ts$/,
  ],
  [
    'HTTP',
    /^node:(http|https|tls)$|^supertest$|^test\/support\/(http-client|local-api)\.ts$|^src\/platform\/metrics\/metrics-server\.ts$/,
  ],
  ['database', /^pg$|^test\/support\/database\.ts$/],
];

/** Paths of all spec files, relative to the root. */
export function specFiles() {
  return ['src', 'test', 'web/src'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true })
      .filter((name) => name.endsWith('.spec.ts'))
      .map((name) => join(folder, name)),
  );
}

/** @param file relative to the root. @returns one of {@link KINDS}. */
export function kindOf(file) {
  const needed = importsOf(file);
  const kind = NEEDS.find(([, pattern]) => [...needed].some((name) => pattern.test(name)));
  return kind?.[0] ?? 'pure';
}

/** What a spec file imports: packages by name, files by path; what its helpers below test/ import is included. */
function importsOf(file, found = new Set()) {
  for (const [, specifier] of readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)) {
    const name = specifier.startsWith('.') ? sourceOf(file, specifier) : specifier;
    if (found.has(name)) continue;
    found.add(name);
    if (name.startsWith('test/') && name.endsWith('.ts')) importsOf(name, found);
  }
  return found;
}

function sourceOf(file, specifier) {
  const path = relative(ROOT, resolve(ROOT, dirname(file), specifier));
  const source = path.replace(/\.js$/, '.ts');
  return existsSync(join(ROOT, source)) ? source : path;
}
