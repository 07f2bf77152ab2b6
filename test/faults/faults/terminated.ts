import { setTimeout as sleep } from 'node:timers/promises';
import { secondsSince } from '../cluster/elapsed.js';
import { countOf, isUnderWay, runInProgress, untilFinished } from '../cluster/runs.js';
import { steadyRequests } from '../cluster/steady-requests.js';
import { unhurried } from '../cluster/unhurried.js';
import type { Fault } from '../fault.js';

/** The program's own limit for running work, and what it takes to close. */
const END_LIMIT_SECONDS = 25;
const REQUESTS_PER_SECOND = 40;
const TAKEOVER_LIMIT_SECONDS = 40;
const SIZES = { full: { instances: 10_000, chunk: 500, times: 4 }, short: { instances: 300, chunk: 20, times: 1 } };

/** An orderly end in the middle of a run, with requests coming in all the time: a rolling restart. */
export const terminated: Fault = {
  name: 'terminated',
  proves: 'SIGTERM in mid-run: running chunks end, the others take the rest at once, no request fails',
  async run({ cluster: open, random, size, expect, say }) {
    const { instances, chunk, times } = SIZES[size];
    const cluster = await open({ CHUNK_SIZE: String(chunk), ...unhurried(size) });
    await cluster.addInstances(instances);
    await Promise.all([cluster.start(), cluster.start(), cluster.start()]);
    const admin = cluster.asAdmin();
    const requests = steadyRequests(
      () => cluster.serving,
      () => admin.bearer(),
      REQUESTS_PER_SECOND,
    );
    const ends: number[] = [];
    const finished: number[] = [];
    let openAtEnd = 0;
    for (let time = 0; time < times; time++) {
      const { id } = await runInProgress(cluster, random() * 0.5);
      const victim = cluster.running[Math.floor(random() * cluster.running.length)]!;
      const asked = performance.now();
      const ending = victim.terminate();
      const hit = await isUnderWay(cluster, id);
      const exit = await ending;
      ends.push(secondsSince(asked));
      openAtEnd += (await isUnderWay(cluster, id)) ? 1 : 0;
      expect(hit, `run ${id} was over when ${victim.name} was asked to end`);
      expect(exit.code === 0, `${victim.name} ended ${JSON.stringify(exit)}`);
      expect(ends.at(-1)! <= END_LIMIT_SECONDS, `${victim.name} took ${ends.at(-1)} s to end`);
      const run = await untilFinished(cluster, id);
      finished.push(secondsSince(asked));
      say(`${victim.name} ended after ${ends.at(-1)} s, the run after ${finished.at(-1)} s`);
      expect(run.status === 'completed', `run ${id} ended ${run.status}: ${JSON.stringify(run.error)}`);
      expect(run.counters.instances === instances, `${run.counters.instances} of ${instances} instances were served`);
      await cluster.start();
      await sleep(500);
    }
    const failures = await countOf(cluster, 'strategy_run_chunks WHERE attempts > 0');
    expect(failures === 0, `${failures} chunks were broken off`);
    const { sent, answers } = await requests.stop();
    expect(answers['200'] === sent, `answers to ${sent} requests: ${JSON.stringify(answers)}`);
    const takeover = Math.max(...finished);
    expect(takeover <= TAKEOVER_LIMIT_SECONDS, `the run was finished ${takeover} s after SIGTERM`);
    return {
      instances,
      restarts: times,
      runs_still_open_at_the_end: openAtEnd,
      executions: await countOf(cluster, 'strategy_executions'),
      requests: sent,
      requests_failed: sent - (answers['200'] ?? 0),
      seconds_to_end: ends,
      seconds_to_the_end_of_the_run: finished,
    };
  },
};
