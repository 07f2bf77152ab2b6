import type { DataSource } from 'typeorm';
import type { JobQueue } from '../../../src/platform/queue/job-queue.js';
import type { RunPlanner } from '../../../src/scheduler/planner/run-planner.js';
import type { RunEndings } from './run-endings.js';

const LIMIT_MS = 300_000;

export interface MeasuredRun {
  readonly runId: string;
  /** From the moment the run is made until it is finished, as another process sees it. */
  readonly milliseconds: number;
}

interface RunRow {
  readonly status: string;
  readonly counters: { readonly instances: number; readonly executed: number };
}

interface Services {
  readonly database: DataSource;
  readonly planner: RunPlanner;
  readonly queue: JobQueue;
  readonly endings: RunEndings;
}

/**
 * Makes a run, hands it to the queue as an admin's request does, and waits until the workers have finished it.
 * @throws Error when not every instance traded: then the figure would be of something else.
 */
export async function measureRun(services: Services, definitionId: number, instances: number): Promise<MeasuredRun> {
  const started = performance.now();
  const runId = await services.planner.planNow(definitionId, async () => undefined);
  // Together: when the run cannot be handed out, nobody waits for its end.
  const [milliseconds] = await Promise.all([
    services.endings.next(LIMIT_MS).then(() => performance.now() - started),
    services.queue.add('run', { run_id: runId }, `run-${runId}`),
  ]);
  const [run] = await services.database.query<RunRow[]>(`SELECT status, counters FROM strategy_runs WHERE id = $1`, [
    runId,
  ]);
  if (run?.status === 'completed' && run.counters.executed === instances) return { runId, milliseconds };
  throw new Error(`A run of the bench ended as ${run?.status}: ${JSON.stringify(run?.counters)}`);
}
