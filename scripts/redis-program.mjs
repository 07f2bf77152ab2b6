/** The server of Redis or Valkey for the tests about a queue in Redis; they are not run where there is none. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of the server program, or null. */
export function findRedisProgram() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of ['redis-server', 'valkey-server']) {
    const path = folders.map((folder) => join(folder, name)).find(isProgram);
    if (path) return path;
  }
  return null;
}

/** A line for whoever runs the tests. */
export const NOT_RUN = 'not run: the tests of a queue in Redis. To run them: apt-get install redis-server';

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'ENOTDIR') return false;
    throw error;
  }
}
