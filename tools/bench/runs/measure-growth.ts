import { readFileSync } from 'node:fs';
import type { BenchRun, BenchServices } from './bench-services.js';
import { median, rounded } from './medians.js';
import type { RunsBenchArguments } from './runs-bench-arguments.js';

export interface GrowthReport {
  readonly sizes: readonly {
    readonly instances: number;
    readonly median: number;
    readonly microseconds_per_instance: number;
    readonly statements_per_chunk: number;
    readonly agent_calls: number;
    /** The most that the worker ever held, of all its runs over so many instances; null where the system does not tell. */
    readonly peak_memory_mb: number | null;
  }[];
  /** Largest time per instance by the smallest. */
  readonly spread: number;
}

/**
 * Runs over so many instances in all come first and do not count: a process that has served few has not compiled its code,
 * and what is done once a run takes thirty runs or so to be compiled. Thirty runs at most.
 */
const WARM_AFTER_INSTANCES = 30_000;
const MOST_WARM_UPS = 30;

/** How time and memory grow with the number of instances: each size has a worker process of its own. */
export async function measureGrowth(services: BenchServices, args: RunsBenchArguments): Promise<GrowthReport> {
  const sizes: GrowthReport['sizes'][number][] = [];
  for (const instances of args.sizes) {
    const definition = await services.addInstances(`bench_${instances}`, instances);
    const worker = await services.startWorker();
    const measured: BenchRun[] = [];
    const warmUps = Math.min(MOST_WARM_UPS, Math.ceil(WARM_AFTER_INSTANCES / instances));
    for (let round = 0; round < warmUps + args.rounds; round++) {
      const run = await services.measureRun(definition, instances);
      if (round >= warmUps) measured.push(run);
      services.progress(`${instances} instances: ${Math.round(run.milliseconds)} ms`);
    }
    const middle = median(measured.map(({ milliseconds }) => milliseconds));
    sizes.push({
      instances,
      median: rounded(middle, 1),
      microseconds_per_instance: rounded((middle * 1000) / instances, 1),
      statements_per_chunk: median(measured.map(({ work }) => work.statements_per_chunk)),
      agent_calls: median(measured.map(({ work }) => work.agent_calls)),
      peak_memory_mb: peakMemoryMb(worker.pid),
    });
    await services.stopWorkers();
  }
  const each = sizes.map((size) => size.microseconds_per_instance);
  return { sizes, spread: rounded(Math.max(...each) / Math.min(...each)) };
}

/** High-water mark of a process's resident memory, from Linux's /proc. */
function peakMemoryMb(pid: number): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
