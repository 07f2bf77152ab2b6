/**
 * Compiles src, migrations, seeds and ormconfig.ts into dist/ with swc, one file after the other.
 * Types are not checked here (`npm run types` does): a first start should not wait for that.
 *
 *   node scripts/build.mjs              always builds
 *   import { buildIfStale } ...         builds only when a source is newer than the last build
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = join(root, 'dist', '.build-stamp');

function sources() {
  const files = ['ormconfig.ts'];
  for (const folder of ['src', 'migrations', 'seeds']) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(relative(root, join(entry.parentPath, entry.name)));
    }
  }
  return files.filter((file) => !file.endsWith('.spec.ts')).sort();
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
  const stamp = stampOf(files);
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
  writeFileSync(join(target, '.build-stamp'), stamp);
  replace(join(root, 'dist'), target);
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
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stampOf(sources())) return;
  await build();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
