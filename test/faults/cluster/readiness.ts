import { secondsSince } from './elapsed.js';
import type { Cluster } from './cluster.js';
import type { Replica } from './replica.js';

const LOOK_EVERY_MS = 250;
const ANSWER_WITHIN_MS = 3000;

/** What `GET /health/ready` says at this moment: its status, or 0 when nobody answers. */
export function readiness(replica: Replica): Promise<number> {
  return probe(replica, 'ready');
}

/** Whether `GET /health/live` says that it is. */
export async function alive(replica: Replica): Promise<boolean> {
  return (await probe(replica, 'live')) === 200;
}

/** Resolves with the seconds that it takes until `GET /health/ready` answers with this status. */
export async function untilReadiness(replica: Replica, wanted: number, withinSeconds: number): Promise<number> {
  const started = performance.now();
  for (;;) {
    const status = await readiness(replica);
    const seconds = secondsSince(started);
    if (status === wanted) return seconds;
    if (seconds > withinSeconds) {
      throw new Error(`/health/ready of ${replica.name} is not ${wanted} but ${status} after ${withinSeconds} s.`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Resolves with the seconds that it takes until every running process says that it is ready. */
export async function untilAllReady(cluster: Cluster, withinSeconds: number): Promise<number> {
  return Math.max(
    0,
    ...(await Promise.all(cluster.running.map((replica) => untilReadiness(replica, 200, withinSeconds)))),
  );
}

async function probe(replica: Replica, path: 'ready' | 'live'): Promise<number> {
  try {
    const answer = await fetch(`${replica.url}/health/${path}`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    // Refused, cut off or too late: for a load balancer that is all the same.
    return 0;
  }
}
