import { setTimeout as sleep } from 'node:timers/promises';
import { rounded } from './medians.js';

const PHASES = ['analyse', 'divide', 'read', 'decide', 'write'] as const;

/** What workers did, as their metrics tell. */
export interface WorkerWork {
  /** Milliseconds, over all chunks: chunks overlap, so that the sum is more than the time of the run. */
  readonly phases_ms: Readonly<Record<(typeof PHASES)[number], number>>;
  readonly chunks: number;
  /** Of a chunk on average, without those that begin and end its transaction: whole when all chunks have as many. */
  readonly statements_per_chunk: number;
  readonly agent_calls: number;
}

/** Sums of metrics over all workers. */
type Counts = ReadonlyMap<string, number>;

const LIMIT_MS = 10_000;

/** Reads the metrics of workers. */
export async function readCounts(urls: readonly string[]): Promise<Counts> {
  const counts = new Map<string, number>();
  for (const url of urls) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`The metrics of a worker answered ${answer.status}.`);
    for (const line of (await answer.text()).split('\n')) {
      const [, name, value] = /^([^#\s]+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + Number(value));
    }
  }
  return counts;
}

/**
 * What the workers did since a look, once they have counted all instances: they count after the commit, by which the run
 * is known to be finished.
 */
export async function workSince(before: Counts, urls: readonly string[], instances: number): Promise<WorkerWork> {
  const until = performance.now() + LIMIT_MS;
  while (performance.now() < until) {
    const now = await readCounts(urls);
    const since = (name: string): number => (now.get(name) ?? 0) - (before.get(name) ?? 0);
    const sum = (prefix: string): number =>
      [...now.keys()].reduce((total, name) => (name.startsWith(prefix) ? total + since(name) : total), 0);
    if (sum('conclave_instances_total{') >= instances) {
      const chunks = since('conclave_chunk_statements_count');
      const phase = (name: string): number =>
        rounded(since(`conclave_phase_duration_seconds_sum{phase="${name}"}`) * 1000, 1);
      return {
        phases_ms: Object.fromEntries(PHASES.map((name) => [name, phase(name)])) as WorkerWork['phases_ms'],
        chunks,
        statements_per_chunk: rounded(since('conclave_chunk_statements_sum') / chunks),
        agent_calls: sum('conclave_agent_calls_total{'),
      };
    }
    await sleep(20);
  }
  throw new Error(`The workers did not count ${instances} instances within ${LIMIT_MS / 1000} s.`);
}
