import { mkdirSync, readdirSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../config/start-error.js';

/**
 * The processes that use the embedded server: one file each, named after the process id. The last one to leave stops
 * the server, so a command that ends does not stop it for a running program.
 */
export class ServerUsers {
  private readonly folder: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'postgres.tenants');
  }

  /** Registers this process. Idempotent. */
  enter(): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, String(process.pid)), '');
  }

  /** Removes this process. @returns true when no living process is left. */
  leave(): boolean {
    rmSync(join(this.folder, String(process.pid)), { force: true });
    return this.alive().length === 0;
  }

  /** Ids of the living processes. Deletes the files of killed ones. */
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

/** Whether a process of that id exists, whatever its owner. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const WAIT_AT_MOST_MS = 120_000;
const POLL_EVERY_MS = 50;

const heldHere = new Set<string>();

/**
 * Runs `work` while no other process starts or stops the same embedded server. Otherwise two starts at once could both
 * create a cluster, or one process could stop a server that another has just taken over. The lock of a killed process
 * is stale and ignored.
 * @throws StartError when another process holds the lock for two minutes.
 */
export async function withStartLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const file = join(dataDir, 'postgres.lock');
  const until = performance.now() + WAIT_AT_MOST_MS;
  while (!take(file)) {
    if (performance.now() > until) {
      throw new StartError(`Another process has been starting or stopping the database for two minutes (${file}).`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
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
    // Stale: the process is dead, or the id is ours but belonged to an earlier process.
    const left = holder === process.pid ? !heldHere.has(file) : holder > 0 && !isAlive(holder);
    if (left) rmSync(file, { force: true });
    return false;
  }
}

/** Empty while the holder has created the file but not written it yet, or has just deleted it. */
function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
