import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { JobQueue } from '../../platform/queue/job-queue.js';
import type { RunPlanner } from '../../scheduler/runs/run-planner.js';

const LOOK_EVERY_MS = 5;
const LIMIT_MS = 300_000;

export interface MeasuredRun {
  readonly runId: string;
  /** From the moment the run is made until it is finished, as another process sees it. */
  readonly milliseconds: number;
}

interface RunRow {
  readonly status: string;
  readonly counters: { readonly instances: number; readonly executed: number };
  readonly finished_at: Date | null;
}

/**
 * Makes a run, hands it to the queue as an admin's request does, and waits until the workers have finished it.
 * @throws Error when not every instance traded: then the figure would be of something else.
 */
export async function measureRun(
  services: { readonly database: DataSource; readonly planner: RunPlanner; readonly queue: JobQueue },
  definitionId: number,
  instances: number,
): Promise<MeasuredRun> {
  const started = performance.now();
  const runId = await services.planner.planNow(definitionId, async () => undefined);
  await services.queue.add('run', { run_id: runId }, `run-${runId}`);
  while (performance.now() - started < LIMIT_MS) {
    const [run] = await services.database.query<RunRow[]>(
      `SELECT status, counters, finished_at FROM strategy_runs WHERE id = $1`,
      [runId],
    );
    if (run?.finished_at) {
      const milliseconds = performance.now() - started;
      if (run.status === 'completed' && run.counters.executed === instances) return { runId, milliseconds };
      throw new Error(`A run of the bench ended as ${run.status}: ${JSON.stringify(run.counters)}`);
    }
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`A run of the bench was not finished within ${LIMIT_MS / 1000} s.`);
}
