import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster/cluster.js';
import { secondsSince } from '../cluster/elapsed.js';
import { Proxy } from '../cluster/proxy.js';
import { readiness, untilAllReady } from '../cluster/readiness.js';
import { countOf, isUnderWay, runInProgress, untilFinished, type RunState } from '../cluster/runs.js';
import { unhurried } from '../cluster/unhurried.js';
import type { Fault, FaultContext } from '../fault.js';

const RECOVERY_LIMIT_SECONDS = 30;
const LOOK_EVERY_MS = 500;
const SIZES = { full: { instances: 5000, chunk: 250 }, short: { instances: 100, chunk: 10 } };

/** What the network does, and when the clock of the recovery starts. */
const CUTS: readonly { readonly name: string; cut(proxy: Proxy): Promise<void> }[] = [
  {
    name: 'present connections half-open, new ones pass',
    async cut(proxy) {
      proxy.forgetPresent();
    },
  },
  {
    name: 'silence for 20 s, then all passes',
    async cut(proxy) {
      proxy.silence();
      await sleep(20_000);
      proxy.open();
    },
  },
  {
    name: 'cut and refused for 10 s',
    async cut(proxy) {
      proxy.refuse();
      await sleep(10_000);
      proxy.open();
    },
  },
];

/** The way to the database breaks as networks break: nobody says anything. */
export const halfOpen: Fault = {
  name: 'half-open',
  proves: 'a TCP proxy that cuts, refuses or swallows: /health/ready is false meanwhile, all is back within 30 s',
  async run(context) {
    const { cluster: open, afterwards, size } = context;
    const { instances, chunk } = SIZES[size];
    const cluster = await open({ CHUNK_SIZE: String(chunk), ...unhurried(size) });
    await cluster.addInstances(instances);
    const proxy = await Proxy.to(Number(new URL(cluster.server.ownerUrl).port));
    afterwards(() => proxy.close());
    await Promise.all([cluster.start({ databasePort: proxy.port }), cluster.start({ databasePort: proxy.port })]);
    const recoveries: Record<string, number> = {};
    for (const cut of size === 'full' ? CUTS : CUTS.slice(2)) {
      recoveries[cut.name] = await breakOnce(context, cluster, proxy, cut);
    }
    for (const { name, ended } of cluster.replicas) {
      context.expect(ended === null, `${name} ended: ${JSON.stringify(ended)}`);
    }
    return {
      instances,
      executions: await countOf(cluster, 'strategy_executions'),
      recovery_seconds: recoveries,
    };
  },
};

/** @returns seconds from the moment at which connections are possible to the end of the run. */
async function breakOnce(
  { random, expect, say }: FaultContext,
  cluster: Cluster,
  proxy: Proxy,
  { name, cut }: (typeof CUTS)[number],
): Promise<number> {
  const { id } = await runInProgress(cluster, random() * 0.5);
  const watch = watchReadiness(cluster);
  const cutting = cut(proxy);
  const hit = await isUnderWay(cluster, id);
  await cutting;
  const possible = performance.now();
  const run: RunState = await untilFinished(cluster, id);
  const seconds = secondsSince(possible);
  const ready = await untilAllReady(cluster, RECOVERY_LIMIT_SECONDS);
  const unready = watch.stop();
  say(`${name}: run finished after ${seconds} s, ready after ${ready} s more; ${unready} looks found somebody unready`);
  expect(run.status === 'completed', `run ${id} ended ${run.status}: ${JSON.stringify(run.error)}`);
  expect(seconds <= RECOVERY_LIMIT_SECONDS, `${name}: the run was finished after ${seconds} s`);
  expect(hit, `${name}: run ${id} was over when it happened`);
  expect(unready > 0, `${name}: /health/ready was true all the time`);
  return seconds;
}

function watchReadiness(cluster: Cluster): { stop(): number } {
  let unready = 0;
  const look = async (): Promise<void> => {
    const statuses = await Promise.all(cluster.running.map(readiness));
    if (statuses.some((status) => status !== 200)) unready++;
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return unready;
    },
  };
}
