import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import type { Cluster } from '../cluster/cluster.js';
import { secondsSince } from '../cluster/elapsed.js';
import { readiness } from '../cluster/readiness.js';
import type { Replica } from '../cluster/replica.js';
import { countOf, untilFinished } from '../cluster/runs.js';
import type { Fault, FaultContext } from '../fault.js';

const PRELOADS = ['wrong-clock.mjs', 'slow-agents.mjs'].flatMap((file) => [
  '--import',
  join(import.meta.dirname, '..', 'preload', file),
]);
const TWO_HOURS_MS = 7_200_000;
/** Longer than a run's lease (15 s), and than what running work has after SIGTERM (20 s). */
const SLOW_MS = 35_000;
const TAKEOVER_LIMIT_SECONDS = 40;
const END_LIMIT_SECONDS = 25;
const SIZES = { full: { instances: 2000, times: 2 }, short: { instances: 50, times: 1 } };

/** What is done to the process that analyses. @returns what it takes to mend it, once the others have finished the run. */
type Break = (victim: Replica, context: FaultContext) => Promise<(() => Promise<void>) | null>;

const BREAKS: Readonly<Record<string, Break>> = {
  async killed(victim) {
    await victim.kill();
    return null;
  },
  async frozen(victim) {
    victim.freeze();
    return async () => victim.thaw();
  },
  async terminated(victim, { expect }) {
    const asked = performance.now();
    const exit = await victim.terminate();
    expect(exit.code === 0, `${victim.name} ended ${JSON.stringify(exit)}`);
    const seconds = secondsSince(asked);
    expect(seconds <= END_LIMIT_SECONDS, `${victim.name} took ${seconds} s to end`);
    return null;
  },
};

/** A process is broken while an agent thinks, before any instance has been served; the clocks of all processes differ. */
export const brokenInAnalysis: Fault = {
  name: 'broken-in-analysis',
  proves:
    'killed, frozen or asked to end while a business agent thinks: another goes on, and asks only who has not answered',
  async run(context) {
    const { cluster: open, size, expect } = context;
    const { instances, times } = SIZES[size];
    const cluster = await open({ AGENT_TIMEOUT_SECONDS: '90' });
    await cluster.addInstances(instances);
    const calls = join(cluster.folder, 'agent-calls');
    for (const offset of [0, TWO_HOURS_MS, -TWO_HOURS_MS]) await startOne(cluster, calls, offset);
    const takeovers: Record<string, number[]> = {};
    for (const way of Object.keys(BREAKS)) takeovers[way] = [];
    for (let time = 0; time < times; time++) {
      for (const way of Object.keys(BREAKS))
        takeovers[way]!.push(await breakOne(context, cluster, calls, way, instances));
    }
    const slowest = Math.max(...Object.values(takeovers).flat());
    expect(slowest <= TAKEOVER_LIMIT_SECONDS, `a run was finished ${slowest} s after its process was broken`);
    return {
      instances,
      runs: times * Object.keys(BREAKS).length,
      executions: await countOf(cluster, 'strategy_executions'),
      ...Object.fromEntries(Object.entries(takeovers).map(([way, seconds]) => [`seconds_to_the_end_${way}`, seconds])),
      takeover_seconds: slowest,
    };
  },
};

/** @returns seconds from the break to the end of the run. */
async function breakOne(
  context: FaultContext,
  cluster: Cluster,
  calls: string,
  way: string,
  instances: number,
): Promise<number> {
  const { expect, say } = context;
  writeFileSync(calls, '');
  const id = await cluster.startRun();
  // Two agents have answered, and the third is at it.
  await eventually('two of three answers are kept', async () => {
    const kept = await countOf(cluster, `agent_executions WHERE run_id = '${id}'`);
    return kept === 2 && callsOf(calls, 'ta').length === 1 ? true : null;
  });
  const [pid] = callsOf(calls, 'ta');
  const victim = cluster.running.find((replica) => replica.pid === pid)!;
  const broken = performance.now();
  const mend = await BREAKS[way]!(victim, context);
  const run = await untilFinished(cluster, id);
  const seconds = secondsSince(broken);
  say(`${way} while an agent thought: finished ${seconds} s later`);
  expect(run.status === 'completed', `${way}: run ${id} ended ${run.status}: ${JSON.stringify(run.error)}`);
  expect(
    run.counters.instances === instances,
    `${way}: ${run.counters.instances} of ${instances} instances were served`,
  );
  const before = await analysesOf(cluster, id);
  if (mend) {
    await mend();
    // Until the answer that nobody waits for any more has come.
    await sleep(Math.max(0, SLOW_MS + 3000 - (performance.now() - broken)));
    expect((await readiness(victim)) === 200, `${victim.name} is not ready after it woke up`);
    expect(victim.ended === null, `${victim.name} ended: ${JSON.stringify(victim.ended)}`);
  } else {
    await startOne(cluster, calls, 0);
  }
  expect(
    (await analysesOf(cluster, id)) === before,
    `${way}: who came late has changed the analyses of a finished run`,
  );
  const asked = ['macro', 'onchain', 'ta'].map((agent) => callsOf(calls, agent).length);
  expect(asked.join() === '1,1,2', `${way}: the agents were asked ${asked.join(', ')} times`);
  return seconds;
}

async function startOne(cluster: Cluster, calls: string, offsetMs: number): Promise<void> {
  await cluster.start({
    nodeArgs: PRELOADS,
    env: { CLOCK_OFFSET_MS: String(offsetMs), AGENT_CALLS: calls, SLOW_AGENT_MS: String(SLOW_MS) },
  });
}

/** The processes that have asked an agent in this run, one for each time. */
function callsOf(file: string, agent: string): number[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.filter((line) => line.endsWith(` ${agent}`)).map((line) => parseInt(line, 10));
}

/** All that is stored of a run's analyses and of its end, to be compared. */
async function analysesOf(cluster: Cluster, id: string): Promise<string> {
  const rows = await cluster.sql(
    `SELECT a.*, r.status AS run_status, r.finished_at AS run_finished_at, r.counters
     FROM agent_executions a JOIN strategy_runs r ON r.id = a.run_id WHERE a.run_id = $1 ORDER BY a.agent_name`,
    [id],
  );
  return JSON.stringify(rows);
}
