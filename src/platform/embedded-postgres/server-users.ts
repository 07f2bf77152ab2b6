import { mkdirSync, readdirSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../config/start-error.js';

/**
 * Who uses the embedded server at the moment: one file per process, named by its id. The last one to
 * leave stops the server, so that a command that ends does not take it away from a running program.
 */
export class ServerUsers {
  private readonly folder: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'postgres.tenants');
  }

  /** Says that this process uses the server. Twice is the same as once. */
  enter(): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, String(process.pid)), '');
  }

  /** Says that this process has done with it. @returns true when nobody alive is left. */
  leave(): boolean {
    rmSync(join(this.folder, String(process.pid)), { force: true });
    return this.alive().length === 0;
  }

  /** Ids of the living processes; files that killed ones left behind are removed. */
  private alive(): number[] {
    return readdirSync(this.folder)
      .map(Number)
      .filter((pid) => {
        if (isAlive(pid)) return true;
        rmSync(join(this.folder, String(pid)), { force: true });
        return false;
      });
  }
}

/** Whether a process of that id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

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
