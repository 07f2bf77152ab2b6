import type { BenchServices } from './bench-services.js';
import { cpuTimeBetween, type CpuTime } from './cpu-time.js';
import { readRunRows } from './floor/floor-tables.js';
import { addRunOf, removeFloor, renewIds, writeFloor } from './floor/write-floor.js';
import { median, rounded } from './medians.js';
import type { RunsBenchArguments } from './runs-bench-arguments.js';

export interface FloorReport {
  readonly instances: number;
  /** Milliseconds from making a run until it is finished: each round, and their median. */
  readonly run: { readonly milliseconds: readonly number[]; readonly median: number; readonly per_second: number };
  /** The same rows by plain bulk SQL over one connection, by instances a transaction. */
  readonly floor: readonly {
    readonly chunk_size: number;
    readonly milliseconds: readonly number[];
    readonly median: number;
    readonly per_second: number;
  }[];
  /** Best floor's median by the run's: 1 would be a run that costs no more than its rows. */
  readonly ratio: number;
}

/** Runs and floors take turns, so that a machine that slows down slows both. */
export async function compareWithFloor(services: BenchServices, args: RunsBenchArguments): Promise<FloorReport> {
  const { instances, rounds, chunkSizes } = args;
  const definition = await services.addInstances('bench_floor', instances);
  await services.startWorker();
  const runs: number[] = [];
  const floors = new Map<number, number[]>(chunkSizes.map((size) => [size, []]));
  for (let round = 0; round <= rounds; round++) {
    const run = await services.measureRun(definition, instances);
    const tables = await readRunRows(services.client, run.runId, instances);
    const line = [`run ${Math.round(run.milliseconds)} ms (${cpuText(run.cpu)})`];
    if (round > 0) runs.push(run.milliseconds);
    for (const [chunkSize, measured] of floors) {
      const rows = renewIds(tables, new Date());
      await addRunOf(services.client, run.runId, rows);
      const before = await services.cpuTime();
      const milliseconds = await writeFloor(services.client, rows, instances, chunkSize);
      const cpu = cpuTimeBetween(before, await services.cpuTime());
      if (round > 0) measured.push(milliseconds);
      line.push(`floor at ${chunkSize}: ${Math.round(milliseconds)} ms (${cpuText(cpu)})`);
      await removeFloor(services.client, rows);
    }
    services.progress(`${round === 0 ? 'warm-up' : `round ${round}`}: ${line.join(', ')}`);
    // What was taken away must not slow the next round.
    await services.client.query('VACUUM (ANALYZE)');
  }
  await services.stopWorkers();
  const figures = (milliseconds: readonly number[]) => ({
    milliseconds: milliseconds.map((value) => rounded(value, 1)),
    median: rounded(median(milliseconds), 1),
    per_second: Math.round((instances * 1000) / median(milliseconds)),
  });
  const figuresAt = (chunkSize: number, milliseconds: readonly number[]) => ({
    chunk_size: chunkSize,
    ...figures(milliseconds),
  });
  const floor = [...floors].map(([chunkSize, milliseconds]) => figuresAt(chunkSize, milliseconds));
  const best = Math.min(...floor.map((entry) => entry.median));
  return { instances, run: figures(runs), floor, ratio: rounded(best / median(runs)) };
}

function cpuText({ workers_ms: workers, database_ms: database }: CpuTime): string {
  return `processor: workers ${workers ?? '?'} ms, database ${database ?? '?'} ms`;
}
