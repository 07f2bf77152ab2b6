import { eventually } from '../../support/program.js';
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
