import { setTimeout as sleep } from 'node:timers/promises';
import { secondsSince } from '../cluster/elapsed.js';
import { readiness } from '../cluster/readiness.js';
import { countOf, isUnderWay, runInProgress, untilFinished } from '../cluster/runs.js';
import { unhurried } from '../cluster/unhurried.js';
import type { Fault } from '../fault.js';

/** A run's lease is 15 s, the server's patience with a transaction that is left alone 20 s. */
const FROZEN_SECONDS = 30;
const TAKEOVER_LIMIT_SECONDS = 40;
const SIZES = { full: { instances: 10_000, chunk: 1000, times: 3 }, short: { instances: 200, chunk: 20, times: 1 } };

/** A process stops in the middle of a transaction for longer than any lease, and wakes up believing that no time has passed. */
export const workerFrozen: Fault = {
  name: 'worker-frozen',
  proves: 'SIGSTOP longer than a lease, then SIGCONT: the others go on, and the one that wakes up does no harm',
  async run({ cluster: open, random, size, expect, say }) {
    const { instances, chunk, times } = SIZES[size];
    const cluster = await open({ CHUNK_SIZE: String(chunk), ...unhurried(size) });
    await cluster.addInstances(instances);
    await Promise.all([cluster.start(), cluster.start(), cluster.start()]);
    const takeovers: number[] = [];
    let heldLocks = 0;
    for (let time = 0; time < times; time++) {
      const { id } = await runInProgress(cluster, random() * 0.5);
      const victim = cluster.running[Math.floor(random() * cluster.running.length)]!;
      victim.freeze();
      const frozen = performance.now();
      expect(await isUnderWay(cluster, id), `run ${id} was over when ${victim.name} was frozen`);
      await sleep(1000);
      const held = await countOf(
        cluster,
        `pg_stat_activity WHERE application_name = 'conclave' AND state = 'idle in transaction' AND state_change < now() - interval '0.5 s'`,
      );
      if (held > 0) heldLocks++;
      const run = await untilFinished(cluster, id);
      takeovers.push(secondsSince(frozen));
      say(`frozen with ${held} open transactions: the others finished ${takeovers.at(-1)} s later`);
      expect(run.status === 'completed', `run ${id} ended ${run.status}: ${JSON.stringify(run.error)}`);
      expect(run.counters.instances === instances, `${run.counters.instances} of ${instances} instances were served`);
      await sleep(Math.max(0, FROZEN_SECONDS * 1000 - (performance.now() - frozen)));
      victim.thaw();
      // What it had in its hands ends now; the next run needs it whole.
      await sleep(3000);
      expect((await readiness(victim)) === 200, `${victim.name} is not ready after it woke up`);
    }
    for (const { name, ended } of cluster.replicas) expect(ended === null, `${name} ended: ${JSON.stringify(ended)}`);
    const takeover = Math.max(...takeovers);
    expect(takeover <= TAKEOVER_LIMIT_SECONDS, `the run was finished ${takeover} s after the freeze`);
    return {
      instances,
      freezes: times,
      frozen_holding_locks: heldLocks,
      executions: await countOf(cluster, 'strategy_executions'),
      seconds_to_the_end: takeovers,
      takeover_seconds: takeover,
    };
  },
};
