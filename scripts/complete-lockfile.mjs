/**
 * `node scripts/complete-lockfile.mjs`, after every change of a dependency.
 *
 * npm leaves an optional package out of package-lock.json when the registry in use does not serve it (mirrors often
 * carry one platform only), and `npm ci` then refuses the file. This adds the missing entries: version from the
 * dependent's exact wish, platform from the name, so that each is skipped or installed as on the full registry.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const OS = new Set(['darwin', 'linux', 'win32', 'windows', 'freebsd', 'android', 'openharmony']);
const CPU = new Set(['arm64', 'x64', 'ia32', 'arm', 'armv7', 'ppc64', 's390x', 'riscv64', 'loong64', 'wasm32']);

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const packages = lock.packages;

/** Node's own way of looking: beside the dependent, then upwards. */
function isThere(dependent, name) {
  for (let folder = dependent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

function entryFor(name, range, dev) {
  const words = name.split('/').pop().split('-');
  const os = words.find((word) => OS.has(word));
  const cpu = words.find((word) => CPU.has(word));
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc';
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(dev ? { dev: true } : {}),
    optional: true,
    ...(cpu ? { cpu: [cpu === 'armv7' ? 'arm' : cpu] } : {}),
    ...(os ? { os: [os === 'windows' ? 'win32' : os] } : {}),
    ...(os === 'linux' ? { libc: [libc] } : {}),
  };
}

for (const [dependent, { optionalDependencies = {}, dev }] of Object.entries({ ...packages })) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (isThere(dependent, name)) continue;
    packages[`node_modules/${name}`] = entryFor(name, range, dev);
    console.log(`added ${name}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
