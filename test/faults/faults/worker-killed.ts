import { unhurried } from '../cluster/unhurried.js';
import type { Fault } from '../fault.js';
import { countOf, runInProgress, runState, untilFinished } from '../cluster/runs.js';

const REPLICAS = 3;
/** From the kill to the end of the run, work of the others included. */
const TAKEOVER_LIMIT_SECONDS = 40;
const SIZES = { full: { instances: 10_000, chunk: 250, times: 6 }, short: { instances: 300, chunk: 10, times: 1 } };

/** One of three processes is killed in the middle of a run, again and again; a new one takes its place each time. */
export const workerKilled: Fault = {
  name: 'worker-killed',
  proves: 'SIGKILL of 1 of 3 replicas in mid-run: the others finish the run, every instance is served once',
  async run({ cluster: open, random, size, expect, say }) {
    const { instances, chunk, times } = SIZES[size];
    const cluster = await open({ CHUNK_SIZE: String(chunk), ...unhurried(size) });
    await cluster.addInstances(instances);
    await Promise.all(Array.from({ length: REPLICAS }, () => cluster.start()));
    const takeovers: number[] = [];
    const doneAtKill: number[] = [];
    for (let time = 0; time < times; time++) {
      const { id } = await runInProgress(cluster, random() * 0.7);
      const victim = cluster.running[Math.floor(random() * cluster.running.length)]!;
      await victim.kill();
      const killed = performance.now();
      const atKill = await runState(cluster, id);
      expect(atKill?.finished_at === null, `run ${id} was over when ${victim.name} was killed`);
      doneAtKill.push(atKill?.chunks_done ?? 0);
      await cluster.start({ wait: false });
      const run = await untilFinished(cluster, id);
      const seconds = Math.round((performance.now() - killed) / 100) / 10;
      takeovers.push(seconds);
      say(`killed after ${doneAtKill.at(-1)} of ${run.chunks_total} chunks: finished ${seconds} s later`);
      expect(seconds <= TAKEOVER_LIMIT_SECONDS, `the run was finished ${seconds} s after the kill`);
      expect(run.status === 'completed', `run ${id} ended ${run.status}: ${JSON.stringify(run.error)}`);
      expect(run.counters.instances === instances, `${run.counters.instances} of ${instances} instances were served`);
      await Promise.all(cluster.running.map((replica) => replica.ready()));
    }
    return {
      instances,
      runs: times,
      executions: await countOf(cluster, 'strategy_executions'),
      chunks_done_at_kill: doneAtKill,
      seconds_to_the_end: takeovers,
      takeover_seconds: Math.max(...takeovers),
    };
  },
};
