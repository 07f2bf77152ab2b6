import { setTimeout as sleep } from 'node:timers/promises';
import { secondsSince } from '../cluster/elapsed.js';
import { untilAllReady } from '../cluster/readiness.js';
import { countOf, isUnderWay, runInProgress, untilFinished } from '../cluster/runs.js';
import { unhurried } from '../cluster/unhurried.js';
import type { Fault } from '../fault.js';

const RECOVERY_LIMIT_SECONDS = 30;
const SIZES = {
  full: { instances: 10_000, chunk: 250, rounds: 10 },
  short: { instances: 200, chunk: 10, rounds: 3 },
};

/** The server ends every session of the program at once, several times in a run, as an administrator or a failover does. */
export const connectionsKilled: Fault = {
  name: 'connections-killed',
  proves: 'pg_terminate_backend on every connection, again and again: back within 30 s, no process exits',
  async run({ cluster: open, random, size, expect }) {
    const { instances, chunk, rounds } = SIZES[size];
    const cluster = await open({ CHUNK_SIZE: String(chunk), ...unhurried(size) });
    await cluster.addInstances(instances);
    await Promise.all([cluster.start(), cluster.start()]);
    const { id } = await runInProgress(cluster, 0.1);
    let killed = 0;
    let cuts = 0;
    for (let round = 0; round < rounds && (await isUnderWay(cluster, id)); round++) {
      const rows = await cluster.sql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user AND pid <> pg_backend_pid()
           AND backend_type = 'client backend'`,
      );
      killed += rows.length;
      if (rows.length > 0 && (await isUnderWay(cluster, id))) cuts++;
      await sleep(200 + random() * 800);
    }
    const last = performance.now();
    expect(cuts > 0, `no connection was ended while run ${id} was under way`);
    const ready = await untilAllReady(cluster, RECOVERY_LIMIT_SECONDS);
    const run = await untilFinished(cluster, id);
    const recovery = secondsSince(last);
    expect(run.status === 'completed', `run ${id} ended ${run.status}: ${JSON.stringify(run.error)}`);
    expect(run.counters.instances === instances, `${run.counters.instances} of ${instances} instances were served`);
    expect(recovery <= RECOVERY_LIMIT_SECONDS, `the run was finished ${recovery} s after the last cut`);
    for (const { name, ended } of cluster.replicas) expect(ended === null, `${name} ended: ${JSON.stringify(ended)}`);
    return {
      instances,
      connections_killed: killed,
      cuts_in_mid_run: cuts,
      executions: await countOf(cluster, 'strategy_executions'),
      seconds_to_ready: ready,
      recovery_seconds: recovery,
    };
  },
};
