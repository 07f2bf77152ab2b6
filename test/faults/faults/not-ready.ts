import type { Cluster } from '../cluster/cluster.js';
import { secondsSince } from '../cluster/elapsed.js';
import { Proxy } from '../cluster/proxy.js';
import { alive, readiness, untilReadiness } from '../cluster/readiness.js';
import type { Replica } from '../cluster/replica.js';
import { untilFinished } from '../cluster/runs.js';
import type { Fault, FaultContext } from '../fault.js';

/** The probe itself gives the database 2 s; the process may have to find out first that a connection is gone. */
const UNREADY_WITHIN_SECONDS = 5;
const READY_WITHIN_SECONDS = 30;
const PROBE_EVERY_MS = 250;

/** A way in which a process cannot serve requests. */
interface Outage {
  readonly name: string;
  begin(cluster: Cluster, proxy: Proxy): Promise<void>;
  end(cluster: Cluster, proxy: Proxy): Promise<void>;
  /** What a request gets meanwhile; null where that depends on what it asks for. */
  readonly request: number | null;
}

const OUTAGES: readonly Outage[] = [
  {
    name: 'connections refused',
    async begin(_cluster, proxy) {
      proxy.refuse();
    },
    async end(_cluster, proxy) {
      proxy.open();
    },
    request: 503,
  },
  {
    name: 'a migration missing',
    async begin(cluster) {
      await cluster.sql(`CREATE TABLE away AS SELECT * FROM migrations ORDER BY timestamp DESC LIMIT 1`);
      await cluster.sql(`DELETE FROM migrations WHERE name = (SELECT name FROM away)`);
    },
    async end(cluster) {
      await cluster.sql(`INSERT INTO migrations SELECT * FROM away`);
      await cluster.sql(`DROP TABLE away`);
    },
    request: null,
  },
  {
    name: 'everything swallowed',
    async begin(_cluster, proxy) {
      proxy.silence();
    },
    async end(_cluster, proxy) {
      proxy.open();
    },
    request: null,
  },
  {
    name: 'an empty database',
    async begin(cluster) {
      await cluster.sql(`ALTER SCHEMA public RENAME TO away`);
      await cluster.sql(`CREATE SCHEMA public`);
      await cluster.sql(`GRANT USAGE ON SCHEMA public TO PUBLIC`);
    },
    async end(cluster) {
      await cluster.sql(`DROP SCHEMA public`);
      await cluster.sql(`ALTER SCHEMA away RENAME TO public`);
    },
    request: null,
  },
];

/** What load balancers and process managers are told: not ready, and alive. */
export const notReady: Fault = {
  name: 'not-ready',
  proves:
    'database cut off or its schema not right: /health/ready says so at once and mends by itself, live stays true',
  async run(context) {
    const { cluster: open, afterwards, size, expect } = context;
    const cluster = await open();
    await cluster.addInstances(10);
    const proxy = await Proxy.to(Number(new URL(cluster.server.ownerUrl).port));
    afterwards(() => proxy.close());
    const replica = await cluster.start({ databasePort: proxy.port });
    const token = await cluster.asAdmin().bearer();
    const life = watchLife(replica);
    const unready: Record<string, number> = {};
    const ready: Record<string, number> = {};
    for (const outage of size === 'full' ? OUTAGES : OUTAGES.slice(0, 2)) {
      await outage.begin(cluster, proxy);
      unready[outage.name] = await untilReadiness(replica, 503, UNREADY_WITHIN_SECONDS);
      if (outage.request !== null) await askMeanwhile(context, replica, token, outage.request);
      await outage.end(cluster, proxy);
      ready[outage.name] = await untilReadiness(replica, 200, READY_WITHIN_SECONDS);
    }
    const { looks, dead } = await life.stop();
    expect(dead === 0, `${dead} of ${looks} looks at /health/live found it dead`);
    expect(replica.ended === null, `${replica.name} ended: ${JSON.stringify(replica.ended)}`);
    const run = await untilFinished(cluster, await cluster.startRun());
    expect(run.status === 'completed', `the run afterwards ended ${run.status}`);
    return { seconds_to_unready: unready, seconds_to_ready: ready, looks_at_live: looks, found_dead: dead };
  },
};

/** @throws Error when nobody answers in time. */
async function askMeanwhile({ expect }: FaultContext, replica: Replica, token: string, wanted: number): Promise<void> {
  const started = performance.now();
  const { status } = await fetch(`${replica.url}/api/v1/strategies`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(15_000),
  });
  expect(status === wanted, `a request without a database got ${status} after ${secondsSince(started)} s`);
  expect((await readiness(replica)) === 503, 'ready although nothing has changed');
}

function watchLife(replica: Replica): { stop(): Promise<{ readonly looks: number; readonly dead: number }> } {
  const pending = new Set<Promise<void>>();
  let looks = 0;
  let dead = 0;
  const look = async (): Promise<void> => {
    looks++;
    if (!(await alive(replica))) dead++;
  };
  const timer = setInterval(() => {
    const work = look().finally(() => pending.delete(work));
    pending.add(work);
  }, PROBE_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(pending);
      return { looks, dead };
    },
  };
}
