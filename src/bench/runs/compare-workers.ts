import type { BenchServices } from './bench-services.js';
import { median, rounded } from './medians.js';
import type { RunsBenchArguments } from './runs-bench-arguments.js';

export interface WorkersReport {
  readonly instances: number;
  readonly one: { readonly median: number };
  readonly several: { readonly workers: number; readonly median: number };
  /** One worker's median by that of several. */
  readonly speedup: number;
}

/** The same runs by one worker process and by several. */
export async function compareWorkers(services: BenchServices, args: RunsBenchArguments): Promise<WorkersReport> {
  const { instances, rounds } = args;
  const definition = await services.addInstances('bench_workers', instances);
  const medianOf = async (workers: number): Promise<number> => {
    for (let count = 0; count < workers; count++) await services.startWorker();
    const measured: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const { milliseconds } = await services.measureRun(definition, instances);
      if (round > 0) measured.push(milliseconds);
      services.progress(`${workers} workers: ${Math.round(milliseconds)} ms`);
    }
    await services.stopWorkers();
    return rounded(median(measured), 1);
  };
  const one = await medianOf(1);
  const several = await medianOf(args.workers);
  return {
    instances,
    one: { median: one },
    several: { workers: args.workers, median: several },
    speedup: rounded(one / several),
  };
}
