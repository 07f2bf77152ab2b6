import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster/cluster.js';
import { secondsSince } from '../cluster/elapsed.js';
import { countOf, runInProgress, untilFinished, wasUnderWay } from '../cluster/runs.js';
import { unhurried } from '../cluster/unhurried.js';
import type { Fault, FaultContext } from '../fault.js';

const TAKEOVER_LIMIT_SECONDS = 40;
const SIZES = { full: { instances: 5000, chunk: 250, starts: 5 }, short: { instances: 100, chunk: 10, starts: 0 } };

/** The program with its embedded database is killed in the middle of a run: alone, together with the database, in its start. */
export const leftBehind: Fault = {
  name: 'left-behind',
  proves: 'the embedded database left behind by a SIGKILLed parent: the next start takes it over and loses nothing',
  async run(context) {
    const { size, expect, say } = context;
    const { instances, chunk, starts } = SIZES[size];
    const cluster = await context.embeddedCluster({ CHUNK_SIZE: String(chunk), ...unhurried(size), DEMO: 'false' });
    const { server } = cluster;
    await cluster.start();
    await cluster.pauseSchedule();
    await cluster.untilIdle();
    await cluster.addInstances(instances);
    const takeovers: Record<string, number> = {};
    for (const what of ['program', 'program and database']) {
      const { id } = await runInProgress(cluster, context.random() * 0.7);
      const served = await countOf(cluster, 'strategy_executions');
      const { pid } = server;
      await cluster.running[0]!.kill();
      if (what !== 'program') process.kill(pid, 'SIGKILL');
      // The postmaster's children notice by themselves; the next start must not wait for anybody to tidy up.
      const killed = performance.now();
      const killedAt = new Date();
      cluster.forgetConnections();
      await cluster.start();
      if (what === 'program') expect(server.pid === pid, 'the database that was left behind was not taken over');
      expect((await countOf(cluster, 'strategy_executions')) >= served, 'executions were lost');
      const run = await untilFinished(cluster, id);
      takeovers[what] = secondsSince(killed);
      expect(wasUnderWay(run, killedAt), `run ${id} was over when the ${what} was killed`);
      say(`${what} killed: finished ${takeovers[what]} s later`);
      expect(run.status === 'completed', `run ${id} ended ${run.status}: ${JSON.stringify(run.error)}`);
      expect(run.counters.instances === instances, `${run.counters.instances} of ${instances} instances were served`);
      expect(takeovers[what]! <= TAKEOVER_LIMIT_SECONDS, `the run was finished ${takeovers[what]} s after the kill`);
    }
    const executions = await countOf(cluster, 'strategy_executions');
    await killedInItsStart(context, cluster, starts);
    expect((await countOf(cluster, 'strategy_executions')) === executions, 'executions were lost in a broken start');
    return { instances, executions, broken_starts: starts, takeover_seconds: takeovers };
  },
};

async function killedInItsStart({ random, say }: FaultContext, cluster: Cluster, times: number): Promise<void> {
  if (times === 0) return;
  await cluster.running[0]!.terminate();
  cluster.forgetConnections();
  for (let time = 0; time < times; time++) {
    const started = await cluster.start({ wait: false });
    const afterMs = 50 + random() * 2500;
    await sleep(afterMs);
    await started.kill();
    say(`killed ${Math.round(afterMs)} ms after its start`);
  }
  await cluster.start();
}
