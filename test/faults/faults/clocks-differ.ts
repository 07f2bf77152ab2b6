import { join } from 'node:path';
import { secondsSince } from '../cluster/elapsed.js';
import { countOf, isUnderWay, runInProgress, untilFinished } from '../cluster/runs.js';
import type { Cluster } from '../cluster/cluster.js';
import { unhurried } from '../cluster/unhurried.js';
import type { Fault } from '../fault.js';

const PRELOAD = join(import.meta.dirname, '..', 'preload', 'wrong-clock.mjs');
const TWO_HOURS_MS = 7_200_000;
const TAKEOVER_LIMIT_SECONDS = 40;
const SIZES = { full: { instances: 5000, chunk: 250 }, short: { instances: 100, chunk: 10 } };

/** One replica two hours ahead, one two hours behind: the database's clock decides, and a takeover takes no longer. */
export const clocksDiffer: Fault = {
  name: 'clocks-differ',
  proves: 'replica clocks two hours off: ticks, runs, sessions and takeovers go by the clock of the database',
  async run({ cluster: open, size, expect, say }) {
    const { instances, chunk } = SIZES[size];
    const cluster = await open({ CHUNK_SIZE: String(chunk), ...unhurried(size) });
    await cluster.addInstances(instances);
    const wrong = (offsetMs: number) => ({
      nodeArgs: ['--import', PRELOAD],
      env: { CLOCK_OFFSET_MS: String(offsetMs) },
    });
    const ahead = await cluster.start(wrong(TWO_HOURS_MS));
    const scheduled = await runByTick(cluster);
    expect(Math.abs(scheduled) < 60, `the tick of a replica that is ahead lies ${scheduled} s from the present minute`);
    const behind = await cluster.start(wrong(-TWO_HOURS_MS));
    // A session that one has opened counts at the other, and has not run out.
    const admin = cluster.asAdmin();
    await admin.call('GET', '/auth/me');
    for (const replica of [behind, ahead]) {
      const { status } = await admin.sendTo(replica.url, 'GET', '/auth/me');
      expect(status === 200, `a session counts ${status} at ${replica.name}`);
    }
    const takeovers: number[] = [];
    for (const victim of [ahead, behind]) {
      // The victim alone takes the first chunks; a replica with another clock has to find out that it is gone.
      const { id } = await runInProgress(cluster, 0.2);
      await victim.kill();
      const killed = performance.now();
      expect(await isUnderWay(cluster, id), `run ${id} was over when ${victim.name} was killed`);
      if (victim === behind) await cluster.start(wrong(0));
      const run = await untilFinished(cluster, id);
      takeovers.push(secondsSince(killed));
      say(`${victim === ahead ? 'ahead' : 'behind'} killed: finished ${takeovers.at(-1)} s later`);
      expect(run.status === 'completed', `run ${id} ended ${run.status}: ${JSON.stringify(run.error)}`);
      expect(run.counters.instances === instances, `${run.counters.instances} of ${instances} instances were served`);
      expect(takeovers.at(-1)! <= TAKEOVER_LIMIT_SECONDS, `the run was finished ${takeovers.at(-1)} s after the kill`);
    }
    const [late] = await cluster.sql<{ seconds: number }>(
      `SELECT coalesce(max(abs(extract(epoch FROM executed_at - now()))), 0)::float8 AS seconds FROM strategy_executions`,
    );
    expect(late!.seconds < 600, `an execution lies ${Math.round(late!.seconds)} s from now`);
    return {
      instances,
      executions: await countOf(cluster, 'strategy_executions'),
      seconds_to_the_end: takeovers,
      takeover_seconds: Math.max(...takeovers),
    };
  },
};

/** Lets a definition become due. @returns how far its tick lies from the database's present time, in seconds. */
async function runByTick(cluster: Cluster): Promise<number> {
  await cluster.sql(
    `UPDATE strategy_definitions SET next_run_at = now(), rebalance_period_minutes = 1 WHERE name = 'multi_agent_btc_v1'`,
  );
  const [run] = await cluster.eventually<{ id: string; seconds: number }>(
    'a scheduled run',
    `SELECT id, extract(epoch FROM scheduled_for - created_at)::float8 AS seconds FROM strategy_runs WHERE trigger = 'schedule'`,
  );
  await cluster.sql(
    `UPDATE strategy_definitions SET next_run_at = now() + interval '10 years', rebalance_period_minutes = 60
     WHERE name = 'multi_agent_btc_v1'`,
  );
  await untilFinished(cluster, run!.id);
  const [now] = await cluster.sql<{ seconds: number }>(
    `SELECT extract(epoch FROM created_at - now())::float8 AS seconds FROM strategy_runs WHERE id = $1`,
    [run!.id],
  );
  return Math.abs(now!.seconds) > 60 ? now!.seconds : run!.seconds;
}
