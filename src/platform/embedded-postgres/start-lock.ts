import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../config/start-error.js';
import { isAlive } from './usage-files.js';

const WAIT_AT_MOST_MS = 120_000;
const LOOK_EVERY_MS = 50;

/** Locks that this process holds at the moment. */
const heldHere = new Set<string>();

/**
 * Runs `work` while no other process starts or stops the same embedded server: two that begin at once must not both
 * make a cluster, nor one stop what the other has just taken over. What a killed process left locked is free.
 * @throws StartError when another process holds it for two minutes.
 */
export async function withStartLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const file = join(dataDir, 'postgres.lock');
  const until = performance.now() + WAIT_AT_MOST_MS;
  while (!take(file)) {
    if (performance.now() > until) {
      throw new StartError(`Another process has been starting or stopping the database for two minutes (${file}).`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  heldHere.add(file);
  try {
    return await work();
  } finally {
    heldHere.delete(file);
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = Number(readHolder(file));
    // A number that is no living process, or our own from a life before: the lock was left behind.
    const left = holder === process.pid ? !heldHere.has(file) : holder > 0 && !isAlive(holder);
    if (left) rmSync(file, { force: true });
    return false;
  }
}

/** Empty for the moment in which the holder has made the file and not yet written into it, or has removed it. */
function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
