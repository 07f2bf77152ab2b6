/** Programs that some tests need and a machine may not have: those tests are left out then, and the run says so. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Debian's Chromium, for the tests of the console in a browser; the headless shell takes a sixth less of the processor.
 * @returns the path of the program, or null.
 */
export function findChromiumProgram() {
  return findProgram('chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome');
}

/** The server of Redis or Valkey, for the tests of a queue in Redis. @returns the path of the program, or null. */
export function findRedisProgram() {
  return findProgram('redis-server', 'valkey-server');
}

/** What the developer reads when they are missing. */
export const NO_CHROMIUM =
  'not run: the tests of the console in a browser. To run them: apt-get install chromium-headless-shell';
export const NO_REDIS = 'not run: the tests of a queue in Redis. To run them: apt-get install redis-server';

/** The first of these names that is a program in a folder of the PATH. */
function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    const path = folders.map((folder) => join(folder, name)).find(isProgram);
    if (path) return path;
  }
  return null;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'ENOTDIR') return false;
    throw error;
  }
}
