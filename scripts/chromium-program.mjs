/** Debian's Chromium for the tests of the console in a browser; they are not run where there is none. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Path of the program, or null. */
export function findChromiumProgram() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of NAMES) {
    const path = folders.map((folder) => join(folder, name)).find(isProgram);
    if (path) return path;
  }
  return null;
}

/** A line for whoever runs the tests. */
export const NO_CHROMIUM = 'not run: the tests of the console in a browser. To run them: apt-get install chromium';

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'ENOTDIR') return false;
    throw error;
  }
}
