import type { BenchRun, BenchServices } from './bench-services.js';
import { cpuTimeBetween, type CpuTime } from './cpu-time.js';
import { readRunRows } from './floor/floor-tables.js';
import { addRunOf, removeFloor, renewIds, writeFloor } from './floor/write-floor.js';
import { median, medians, rounded } from './medians.js';
import type { RunsBenchArguments } from './runs-bench-arguments.js';
import type { WorkerWork } from './worker-work.js';

export interface FloorReport {
  readonly instances: number;
  /** Milliseconds from making a run until it is finished: each round, and their median. */
  readonly run: {
    readonly milliseconds: readonly number[];
    readonly median: number;
    readonly per_second: number;
    /** Where the time goes: medians, over all chunks; chunks overlap, so that the sum is more than the run took. */
    readonly phases_ms: Readonly<Record<keyof WorkerWork['phases_ms'], number | null>>;
    readonly cpu: CpuTime;
    readonly chunks: number;
    readonly statements_per_chunk: number;
    readonly agent_calls: number;
  };
  /** The same rows by plain bulk SQL over one connection, by instances a transaction. */
  readonly floor: readonly {
    readonly chunk_size: number;
    readonly milliseconds: readonly number[];
    readonly median: number;
    readonly per_second: number;
    readonly cpu: CpuTime;
  }[];
  /** Best floor's median by the run's: 1 would be a run that costs no more than its rows. */
  readonly ratio: number;
}

/** Runs and floors take turns, so that a machine that slows down slows both. */
export async function compareWithFloor(services: BenchServices, args: RunsBenchArguments): Promise<FloorReport> {
  const { instances, rounds, chunkSizes } = args;
  const definition = await services.addInstances('bench_floor', instances);
  await services.startWorker();
  const runs: BenchRun[] = [];
  const floors = new Map<number, Measured[]>(chunkSizes.map((size) => [size, []]));
  for (let round = 0; round <= rounds; round++) {
    const run = await services.measureRun(definition, instances);
    const tables = await readRunRows(services.client, run.runId, instances);
    const line = [`run ${Math.round(run.milliseconds)} ms (${cpuText(run.cpu)})`];
    if (round > 0) runs.push(run);
    for (const [chunkSize, measured] of floors) {
      const rows = renewIds(tables, new Date());
      await addRunOf(services.client, run.runId, rows);
      const before = await services.cpuTime();
      const milliseconds = await writeFloor(services.client, rows, instances, chunkSize);
      const cpu = cpuTimeBetween(before, await services.cpuTime());
      if (round > 0) measured.push({ milliseconds, cpu });
      line.push(`floor at ${chunkSize}: ${Math.round(milliseconds)} ms (${cpuText(cpu)})`);
      await removeFloor(services.client, rows);
    }
    services.progress(`${round === 0 ? 'warm-up' : `round ${round}`}: ${line.join(', ')}`);
    // What was taken away must not slow the next round.
    await services.client.query('VACUUM (ANALYZE)');
  }
  await services.stopWorkers();
  const floor = [...floors].map(([size, measured]) =>
    Object.assign({ chunk_size: size }, figuresOf(measured, instances)),
  );
  const best = Math.min(...floor.map((entry) => entry.median));
  const run = { ...figuresOf(runs, instances), ...workOf(runs) };
  return { instances, run, floor, ratio: rounded(best / run.median) };
}

interface Measured {
  readonly milliseconds: number;
  readonly cpu: CpuTime;
}

function figuresOf(measured: readonly Measured[], instances: number) {
  const milliseconds = measured.map((each) => each.milliseconds);
  return {
    milliseconds: milliseconds.map((value) => rounded(value, 1)),
    median: rounded(median(milliseconds), 1),
    per_second: Math.round((instances * 1000) / median(milliseconds)),
    cpu: medians<keyof CpuTime>(measured.map(({ cpu }) => cpu)),
  };
}

function workOf(runs: readonly BenchRun[]) {
  const middle = (field: Exclude<keyof WorkerWork, 'phases_ms'>): number => median(runs.map(({ work }) => work[field]));
  return {
    phases_ms: medians<keyof WorkerWork['phases_ms']>(runs.map(({ work }) => work.phases_ms)),
    chunks: middle('chunks'),
    statements_per_chunk: middle('statements_per_chunk'),
    agent_calls: middle('agent_calls'),
  };
}

function cpuText({ workers_ms: workers, database_ms: database }: CpuTime): string {
  return `processor: workers ${workers ?? '?'} ms, database ${database ?? '?'} ms`;
}
