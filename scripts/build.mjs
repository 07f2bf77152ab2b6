/**
 * Builds the program: `nest build` compiles the server into dist/, `vite build` the console into web/dist/. Each builds
 * beside its folder and is renamed last, so that an interrupted build, or two at once, never leave half a program behind.
 * Types are not checked here (`npm run lint` does): a first start should not wait for that.
 *
 *   node scripts/build.mjs              builds both
 *   node scripts/build.mjs console      builds the console when it is stale; `nest start --watch` builds the server
 *   import { buildIfStale } ...         builds what has a source newer than its last build
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (...path) => join(root, 'node_modules', ...path);
const staged = (folder) => `${folder}.new-${process.pid}`;

const SERVER = {
  folder: 'dist',
  sources: () => [
    ...['src', 'migrations', 'seeds', 'tools'].flatMap(filesIn).filter((file) => !file.endsWith('.spec.ts')),
    'ormconfig.ts',
    'nest-cli.json',
    'tsconfig.json',
    'tsconfig.build.json',
    '.swcrc',
  ],
  async build(folder) {
    const project = `${folder}.json`;
    const settings = { extends: './tsconfig.build.json', compilerOptions: { outDir: folder } };
    writeFileSync(join(root, project), JSON.stringify(settings));
    try {
      await run(bin('@nestjs/cli/bin/nest.js'), ['build', '--path', project, '--silent']);
    } finally {
      rmSync(join(root, project), { force: true });
    }
  },
};

const CONSOLE = {
  folder: 'web/dist',
  sources: () => filesIn('web').filter((file) => !file.startsWith('web/dist')),
  build: (folder) =>
    run(
      bin('vite/bin/vite.js'),
      ['build', 'web', '--outDir', relative('web', folder), '--emptyOutDir', '--logLevel', 'warn'],
      // A test that finds the build stale would get the React that is for developers: half as large again.
      { NODE_ENV: 'production' },
    ),
};

function filesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Names, sizes and times of all sources and of the installed packages: changes when any of them does. */
function stampOf({ sources }) {
  const hash = createHash('sha256');
  for (const file of [...sources().sort(), 'package-lock.json', 'scripts/build.mjs']) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}:${size}:${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const stampFile = (folder) => join(root, folder, '.build-stamp');

function isStale(part) {
  return !existsSync(stampFile(part.folder)) || readFileSync(stampFile(part.folder), 'utf8') !== stampOf(part);
}

async function buildPart(part) {
  // Taken first: a source that changes during the build makes the result stale.
  const stamp = stampOf(part);
  const folder = staged(part.folder);
  await part.build(folder);
  writeFileSync(stampFile(folder), stamp);
  replace(join(root, part.folder), join(root, folder));
}

/** What the tools print goes to the error output: the standard output is for the result of a command. */
function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const options = { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } };
    const child = spawn(process.execPath, [program, ...args], options);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${relative(root, program)} ${args[0]} ended with exit code ${code}`));
    });
  });
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

async function buildAll(parts) {
  // One that fails does not leave the other half-way behind.
  const results = await Promise.allSettled(parts.map(buildPart));
  const failed = results.filter(({ status }) => status === 'rejected');
  if (failed.length === 0) return;
  for (const part of parts) rmSync(join(root, staged(part.folder)), { recursive: true, force: true });
  console.error(`The program could not be built: ${failed.map(({ reason }) => reason.message).join('; ')}.`);
  process.exit(1);
}

/** Where only the packages for production are installed, nothing can be built: what was built before is used as it is. */
export async function buildIfStale() {
  if (existsSync(bin('@nestjs/cli'))) return buildAll([SERVER, CONSOLE].filter(isStale));
  if (existsSync(stampFile(SERVER.folder))) return;
  console.error(
    'The program is not built, and the packages to build it are not installed. Run npm ci, then npm run build.',
  );
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildAll(process.argv[2] === 'console' ? [CONSOLE].filter(isStale) : [SERVER, CONSOLE]);
}
