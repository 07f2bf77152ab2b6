import { isMainThread, Worker } from 'node:worker_threads';

/** Bytes that an agent's process may take: four times what it needs. */
const MOST_BYTES = 256 * 1024 * 1024;
const LOOK_EVERY_MS = 200;

/**
 * Ends this process when it takes too much memory or its worker is gone. It looks on from a thread of its own, which
 * does so whatever the agent does.
 */
export function startMemoryWatchdog(): void {
  new Worker(new URL(import.meta.url), { argv: [String(process.argv[2])] }).unref();
}

if (!isMainThread) {
  const workerPid = Number(process.argv[2]);
  setInterval(() => {
    // Whose parent is gone is given another one.
    if (process.ppid !== workerPid || process.memoryUsage.rss() > MOST_BYTES) process.kill(process.pid, 'SIGKILL');
  }, LOOK_EVERY_MS);
}
