import { isMainThread, Worker } from 'node:worker_threads';

/** Memory limit of an agent's process in bytes: four times what it needs. */
const MOST_BYTES = 256 * 1024 * 1024;
const CHECK_EVERY_MS = 200;

/**
 * Kills this process when it uses too much memory or its worker is gone. Runs in its own thread, so a busy agent cannot
 * block it.
 */
export function startMemoryWatchdog(): void {
  new Worker(new URL(import.meta.url), { argv: [String(process.argv[2])] }).unref();
}

if (!isMainThread) {
  const workerPid = Number(process.argv[2]);
  setInterval(() => {
    // The kernel assigns an orphaned process a new parent.
    if (process.ppid !== workerPid || process.memoryUsage.rss() > MOST_BYTES) process.kill(process.pid, 'SIGKILL');
  }, CHECK_EVERY_MS);
}
