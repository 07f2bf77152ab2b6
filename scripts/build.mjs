/**
 * Compiles src, migrations, seeds and ormconfig.ts into dist/ with swc, one file after the other, and web/ into dist/web
 * with vite. Types are not checked here (`npm run types` does): a first start should not wait for that.
 *
 *   node scripts/build.mjs              always builds
 *   import { buildIfStale } ...         builds only when a source is newer than the last build
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = join(root, 'dist', '.build-stamp');

function sources() {
  return ['ormconfig.ts', ...filesIn(['src', 'migrations', 'seeds', 'tools'])].sort();
}

/** The console: nothing of it is in the program, so that it is built anew only when it has changed itself. */
function webSources() {
  return filesIn(['web']).sort();
}

function filesIn(folders) {
  const files = [];
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(relative(root, join(entry.parentPath, entry.name)));
    }
  }
  return files.filter((file) => !file.endsWith('.spec.ts'));
}

/** Names, sizes and times of all sources and of the compiler's settings: changes when any of them does. */
function stampOf(files) {
  const hash = createHash('sha256');
  for (const file of [...files, '.swcrc', 'package-lock.json', 'scripts/build.mjs']) {
    const path = join(root, file);
    if (!existsSync(path)) continue;
    const { size, mtimeMs } = statSync(path);
    hash.update(`${file}:${size}:${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

export async function build() {
  const { transformFile } = await import('@swc/core');
  const files = sources();
  const stamp = stampOf([...files, ...webSources()]);
  // Made beside and renamed last: a build that breaks off, or two at once, never leave half a program behind.
  const target = join(root, `dist.new-${process.pid}`);
  rmSync(target, { recursive: true, force: true });
  await Promise.all(
    files.map(async (file) => {
      const path = join(target, file);
      mkdirSync(dirname(path), { recursive: true });
      if (!file.endsWith('.ts')) {
        writeFileSync(path, readFileSync(join(root, file)));
        return;
      }
      const { code, map } = await transformFile(join(root, file), { configFile: join(root, '.swcrc') });
      const script = path.replace(/\.ts$/, '.js');
      writeFileSync(script, `${code}\n//# sourceMappingURL=${script.split('/').pop()}.map\n`);
      if (map) writeFileSync(`${script}.map`, map);
    }),
  );
  await addWeb(join(target, 'web'));
  writeFileSync(join(target, '.build-stamp'), stamp);
  replace(join(root, 'dist'), target);
}

async function addWeb(target) {
  const stamp = stampOf(webSources());
  const before = join(root, 'dist', 'web');
  const stampOfBefore = join(before, '.build-stamp');
  if (existsSync(stampOfBefore) && readFileSync(stampOfBefore, 'utf8') === stamp) {
    cpSync(before, target, { recursive: true });
    return;
  }
  const { build: buildWeb } = await import('vite');
  const { NODE_ENV } = process.env;
  // A test that finds the build stale would get the React that is for developers: half as large again.
  process.env.NODE_ENV = 'production';
  try {
    await buildWeb({
      configFile: join(root, 'web', 'vite.config.mjs'),
      logLevel: 'warn',
      build: { outDir: target, emptyOutDir: true },
    });
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
  writeFileSync(join(target, '.build-stamp'), stamp);
}

function replace(folder, by) {
  const old = `${by}.old`;
  if (existsSync(folder)) renameSync(folder, old);
  try {
    renameSync(by, folder);
  } catch (error) {
    // Another build was faster between the two: its result is as good.
    if (!existsSync(folder)) throw error;
    rmSync(by, { recursive: true, force: true });
  }
  rmSync(old, { recursive: true, force: true });
}

export async function buildIfStale() {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stampOf([...sources(), ...webSources()])) return;
  await build();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
