import { randomNumbers } from '../support/random-numbers.js';
import { Cluster } from './cluster/cluster.js';
import { verify } from './cluster/verify.js';
import type { Fault, FaultContext, FaultSize, Figures } from './fault.js';

export interface FaultReport {
  readonly fault: string;
  readonly seed: number;
  readonly passed: boolean;
  readonly seconds: number;
  /** Rows that violate an invariant or were made twice. */
  readonly violations: number;
  readonly figures: Figures;
  readonly problems: readonly string[];
}

/** Lines of each process's log that are shown when a fault fails. */
const LOG_LINES = 30;

/**
 * Runs one fault, checks everything after it, and ends whatever it started. Never throws: what goes wrong is a problem
 * of the report.
 * @param signal ends it early.
 */
export async function runFault(
  fault: Fault,
  options: {
    readonly seed: number;
    readonly size: FaultSize;
    readonly signal?: AbortSignal;
    readonly say: (line: string) => void;
  },
): Promise<FaultReport> {
  const { seed, size, signal, say } = options;
  const started = performance.now();
  const problems: string[] = [];
  const clusters: Cluster[] = [];
  const ends: (() => Promise<void>)[] = [];
  function keep<T extends Cluster>(cluster: T): T {
    clusters.push(cluster);
    signal?.throwIfAborted();
    return cluster;
  }
  const context: FaultContext = {
    seed,
    size,
    random: randomNumbers(seed),
    cluster: async (env = {}) => keep(await Cluster.open({ env })),
    emptyCluster: async (env = {}) => keep(await Cluster.open({ env, empty: true })),
    embeddedCluster: async (env = {}) => keep(Cluster.embedded(env)),
    afterwards: (end) => ends.unshift(end),
    expect(holds, problem) {
      if (!holds) problems.push(problem);
    },
    say,
  };
  let figures: Figures = {};
  let violations = 0;
  // Without its processes and databases a fault that is interrupted fails at once.
  const interrupt = (): void => void closeAll(clusters, []).catch(() => undefined);
  signal?.addEventListener('abort', interrupt);
  try {
    figures = await fault.run(context);
    for (const cluster of clusters) {
      const verdict = await verify(cluster);
      violations += verdict.violations;
      problems.push(...verdict.problems);
    }
  } catch (error) {
    problems.push((error as Error).stack ?? String(error));
  } finally {
    signal?.removeEventListener('abort', interrupt);
    if (problems.length > 0 && !signal?.aborted) showLogs(clusters, say);
    problems.push(...(await closeAll(clusters, ends)));
  }
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  return { fault: fault.name, seed, passed: problems.length === 0, seconds, violations, figures, problems };
}

/** @returns what could not be ended. */
async function closeAll(clusters: readonly Cluster[], ends: readonly (() => Promise<void>)[]): Promise<string[]> {
  const problems: string[] = [];
  for (const end of [...ends, ...clusters.map((cluster) => () => cluster.close())]) {
    await end().catch((error: Error) => problems.push(`not ended: ${error.message}`));
  }
  return problems;
}

function showLogs(clusters: readonly Cluster[], say: (line: string) => void): void {
  for (const { replicas } of clusters) {
    for (const replica of replicas) {
      say(`--- ${replica.name} ${JSON.stringify(replica.ended)}`);
      for (const line of replica.logTail(LOG_LINES)) say(line);
    }
  }
}
