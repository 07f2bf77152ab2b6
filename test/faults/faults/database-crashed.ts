import { setTimeout as sleep } from 'node:timers/promises';
import { secondsSince } from '../cluster/elapsed.js';
import { readiness, untilAllReady } from '../cluster/readiness.js';
import { countOf, runInProgress, untilFinished, wasUnderWay } from '../cluster/runs.js';
import { unhurried } from '../cluster/unhurried.js';
import type { Fault } from '../fault.js';

const REPLICAS = 3;
const RECOVERY_LIMIT_SECONDS = 30;
const SIZES = {
  full: { instances: 10_000, chunk: 250, times: 2, awayMs: 5000 },
  short: { instances: 200, chunk: 10, times: 1, awayMs: 1000 },
};

/** The server crashes in the middle of a run and comes back; the processes stay, wait, and go on. */
export const databaseCrashed: Fault = {
  name: 'database-crashed',
  proves: 'PostgreSQL stopped with -m immediate in mid-run: no process exits, the run goes on when it is back',
  async run({ cluster: open, random, size, expect, say }) {
    const { instances, chunk, times, awayMs } = SIZES[size];
    const cluster = await open({ CHUNK_SIZE: String(chunk), ...unhurried(size) });
    await cluster.addInstances(instances);
    await Promise.all(Array.from({ length: size === 'full' ? REPLICAS : 2 }, () => cluster.start()));
    const readyAgain: number[] = [];
    const finished: number[] = [];
    for (let time = 0; time < times; time++) {
      const { id, chunksDone } = await runInProgress(cluster, random() * 0.7);
      await cluster.server.stop('immediate');
      const crashed = new Date();
      await sleep(awayMs);
      const statuses = await Promise.all(cluster.running.map(readiness));
      expect(
        statuses.every((status) => status === 503),
        `/health/ready without a database: ${statuses.join(', ')}`,
      );
      await cluster.server.startAgain();
      const back = performance.now();
      readyAgain.push(await untilAllReady(cluster, RECOVERY_LIMIT_SECONDS));
      const run = await untilFinished(cluster, id);
      finished.push(secondsSince(back));
      expect(wasUnderWay(run, crashed), `run ${id} was over when the database crashed`);
      say(`crashed after ${chunksDone} of ${run.chunks_total} chunks: finished ${finished.at(-1)} s after it was back`);
      expect(run.status === 'completed', `run ${id} ended ${run.status}: ${JSON.stringify(run.error)}`);
      expect(run.counters.instances === instances, `${run.counters.instances} of ${instances} instances were served`);
    }
    for (const { name, ended } of cluster.replicas) expect(ended === null, `${name} ended: ${JSON.stringify(ended)}`);
    const recovery = Math.max(...finished);
    expect(recovery <= RECOVERY_LIMIT_SECONDS, `the run was finished ${recovery} s after the database was back`);
    return {
      instances,
      crashes: times,
      executions: await countOf(cluster, 'strategy_executions'),
      seconds_to_ready: readyAgain,
      seconds_to_the_end: finished,
      recovery_seconds: recovery,
    };
  },
};
