/** What is handed to the queue. */
export interface Job {
  readonly name: string;
  readonly data: Record<string, unknown>;
  readonly id: string;
}

/** Analyse the market for a run, and divide it. */
export function runJob(runId: string): Job {
  return { name: 'run', data: { run_id: runId }, id: `run-${runId}` };
}

/** Serve the instances of one chunk of a run. */
export function chunkJob(runId: string, index: number): Job {
  return { name: 'chunk', data: { run_id: runId, chunk_index: index }, id: `chunk-${runId}-${index}` };
}
