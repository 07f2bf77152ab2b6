import { eventually } from '../../support/eventually.js';
import type { Cluster } from './cluster.js';

export interface RunState extends Record<string, unknown> {
  readonly status: string;
  readonly chunks_total: number | null;
  readonly chunks_done: number;
  readonly counters: {
    readonly instances: number;
    readonly executed: number;
    readonly held: number;
    readonly failed: number;
  };
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly finished_at: Date | null;
}

/** The run as it is now; null while the database is away. */
export async function runState(cluster: Cluster, id: string): Promise<RunState | null> {
  const rows = await cluster
    .sql<RunState>(
      `SELECT status, chunks_total, chunks_done, counters, error, finished_at FROM strategy_runs WHERE id = $1`,
      [id],
    )
    .catch(() => []);
  return rows[0] ?? null;
}

/** Resolves when at least this part (0..1) of the run's chunks is done, or the run is finished. */
export function untilDone(cluster: Cluster, id: string, part: number): Promise<RunState> {
  return eventually(
    `${Math.round(part * 100)} % of run ${id}`,
    async () => {
      const run = await runState(cluster, id);
      if (run === null) return null;
      if (run.finished_at) return run;
      return run.chunks_total !== null && run.chunks_done >= run.chunks_total * part ? run : null;
    },
    120,
  );
}

/** How many runs may be over before anybody has looked. */
const RUNS_TRIED = 5;

/**
 * Begins a run and resolves when at least this part (0..1) of its chunks is done, and others are not. Where a run
 * was over too soon, another is begun. @throws Error when that was so five times.
 */
export async function runInProgress(
  cluster: Cluster,
  part: number,
): Promise<{ readonly id: string; readonly chunksDone: number }> {
  for (let tried = 0; tried < RUNS_TRIED; tried++) {
    const id = await cluster.startRun();
    const run = await untilDone(cluster, id, part);
    if (run.finished_at === null) return { id, chunksDone: run.chunks_done };
  }
  throw new Error(`${RUNS_TRIED} runs were over before they could be disturbed.`);
}

/** Whether a fault that has just struck has struck in the middle of this run. */
export async function isUnderWay(cluster: Cluster, id: string): Promise<boolean> {
  return (await runState(cluster, id))?.finished_at === null;
}

/** The same in hindsight, where the database was gone as well. @param at when the fault struck. */
export function wasUnderWay(run: RunState, at: Date): boolean {
  return run.finished_at !== null && run.finished_at > at;
}

/** Resolves when the run is finished. @returns how it ended. @throws Error when it is not within `seconds`. */
export function untilFinished(cluster: Cluster, id: string, seconds = 120): Promise<RunState> {
  return eventually(
    `run ${id} is finished`,
    async () => {
      const run = await runState(cluster, id);
      return run?.finished_at ? run : null;
    },
    seconds,
  );
}

/** How many rows a table (with conditions) has. */
export async function countOf(cluster: Cluster, table: string): Promise<number> {
  const [row] = await cluster.sql<{ n: number }>(`SELECT count(*)::integer AS n FROM ${table}`);
  return row!.n;
}
