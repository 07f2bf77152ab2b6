import { availableParallelism } from 'node:os';
import type { BenchRun, BenchServices } from './bench-services.js';
import type { CpuTime } from './cpu-time.js';
import { median, medians, rounded } from './medians.js';
import type { RunsBenchArguments } from './runs-bench-arguments.js';

export interface WorkersReport {
  readonly instances: number;
  readonly one: WorkersFigures;
  readonly several: WorkersFigures & { readonly workers: number };
  /** One worker's median by that of several. */
  readonly speedup: number;
}

interface WorkersFigures {
  readonly median: number;
  readonly cpu: CpuTime;
  /** Processor time of workers and database by what the machine's processors had in that time: near 1 they are the limit. */
  readonly busy: number | null;
}

/** The same runs by one worker process and by several. */
export async function compareWorkers(services: BenchServices, args: RunsBenchArguments): Promise<WorkersReport> {
  const { instances, rounds } = args;
  const definition = await services.addInstances('bench_workers', instances);
  const figuresOf = async (workers: number): Promise<WorkersFigures> => {
    for (let count = 0; count < workers; count++) await services.startWorker();
    const measured: BenchRun[] = [];
    for (let round = 0; round <= rounds; round++) {
      const run = await services.measureRun(definition, instances);
      if (round > 0) measured.push(run);
      services.progress(`${workers} workers: ${Math.round(run.milliseconds)} ms`);
    }
    await services.stopWorkers();
    const middle = rounded(median(measured.map(({ milliseconds }) => milliseconds)), 1);
    const cpu = medians<keyof CpuTime>(measured.map((run) => run.cpu));
    return { median: middle, cpu, busy: busyOf(cpu, middle) };
  };
  const one = await figuresOf(1);
  const several = await figuresOf(args.workers);
  return {
    instances,
    one,
    several: { workers: args.workers, ...several },
    speedup: rounded(one.median / several.median),
  };
}

function busyOf({ workers_ms: workers, database_ms: database }: CpuTime, milliseconds: number): number | null {
  if (workers === null || database === null) return null;
  return rounded((workers + database) / (milliseconds * availableParallelism()));
}
