import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { changeParams } from '../support/change-params.js';
import { eventually } from '../support/eventually.js';
import { randomNumbers } from '../support/random-numbers.js';
import { Cluster } from './cluster/cluster.js';
import { secondsSince } from './cluster/elapsed.js';
import { Proxy } from './cluster/proxy.js';
import { untilAllReady } from './cluster/readiness.js';
import type { Replica } from './cluster/replica.js';
import { runState, untilFinished } from './cluster/runs.js';
import { steadyRequests } from './cluster/steady-requests.js';
import { verify } from './cluster/verify.js';
import { MARKED } from './bad-agents.js';
import { DISTURBANCES, REPLICAS, type Scene } from './soak/disturbances.js';

const USAGE = 'npm run conclave -- soak [--minutes N] [--seed N] [--instances N]';
const REQUESTS_PER_SECOND = 5;
const LOG_LINES = 30;
/** After everything has been mended. */
const FINISHED_WITHIN_SECONDS = 60;

/** `conclave soak`: breaks things at random, two at a time, in runs that go on all the while; exit code 1 on any violation. */
async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { minutes: text, seed: text, instances: text } });
  const minutes = Number(values.minutes ?? 10);
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  const instances = Number(values.instances ?? 2000);
  if (![minutes, seed, instances].every((number) => Number.isFinite(number) && number >= 0)) {
    say(USAGE);
    return 2;
  }
  say(`Seed ${seed}`);
  const interruption = new AbortController();
  process.on('SIGINT', () => interruption.abort());
  process.on('SIGTERM', () => interruption.abort());
  const cluster = await Cluster.open({ env: { CHUNK_SIZE: '100', AGENT_TIMEOUT_SECONDS: '10' } });
  let proxy: Proxy | null = null;
  try {
    proxy = await Proxy.to(Number(new URL(cluster.server.ownerUrl).port));
    const ids = await cluster.addInstances(instances);
    await changeParams((statement, values) => cluster.sql(statement, values), ids.slice(0, 1), MARKED);
    const { port } = proxy;
    await Promise.all(Array.from({ length: REPLICAS }, () => cluster.start({ databasePort: port })));
    const scene = { cluster, proxy, random: randomNumbers(seed), instances: ids, victims: new Set<Replica>() };
    return await soak(scene, minutes, interruption.signal);
  } finally {
    await cluster.close();
    await proxy?.close();
  }
}

async function soak(scene: Scene, minutes: number, signal: AbortSignal): Promise<number> {
  const { cluster } = scene;
  const until = performance.now() + minutes * 60_000;
  const requests = steadyRequests(
    () => cluster.serving,
    () => cluster.asAdmin().bearer(),
    REQUESTS_PER_SECOND,
  );
  const problems: string[] = [];
  let rounds = 0;
  while (performance.now() < until && !signal.aborted && problems.length === 0) {
    rounds++;
    const names = twoOf(scene.random);
    const started = performance.now();
    const found = await round(scene, names).catch((error: Error) => [error.stack ?? error.message]);
    problems.push(...found);
    print(JSON.stringify({ round: rounds, disturbed_by: names, seconds: secondsSince(started), problems: found }));
  }
  const { sent, answers } = await requests.stop();
  if ((answers['500'] ?? 0) > 0) problems.push(`${answers['500']} answers were 500`);
  if (problems.length > 0) {
    for (const replica of cluster.replicas.slice(-REPLICAS - 2))
      say([`--- ${replica.name}`, ...replica.logTail(LOG_LINES)].join('\n'));
    for (const problem of problems) say(`PROBLEM ${problem}`);
  }
  print(`${rounds} rounds, ${sent} requests ${JSON.stringify(answers)}, ${problems.length} problems`);
  return problems.length > 0 || signal.aborted ? 1 : 0;
}

/** A run that is disturbed. @returns what is wrong afterwards. */
async function round(scene: Scene, names: readonly string[]): Promise<string[]> {
  const { cluster, random } = scene;
  // The first request after a disturbance may meet a connection that nobody has found dead yet, and says "try again".
  const id = await eventually('a run is begun', () => cluster.startRun().catch(() => null), FINISHED_WITHIN_SECONDS);
  await Promise.all(
    names.map(async (name) => {
      await sleep(random() * 1500);
      await DISTURBANCES[name]!(scene);
    }),
  );
  const problems: string[] = [];
  const mended = performance.now();
  const run = await untilFinished(cluster, id, FINISHED_WITHIN_SECONDS).catch(() => runState(cluster, id));
  if (!run?.finished_at)
    problems.push(`run ${id} is not finished after ${secondsSince(mended)} s: ${JSON.stringify(run)}`);
  // A run that a process with a bad agent takes over lacks that agent.
  else if (run.status !== 'completed' && !(run.status === 'degraded' && names.includes('bad_agents')))
    problems.push(`run ${id} ended ${run.status}: ${JSON.stringify(run.error)}`);
  await untilAllReady(cluster, FINISHED_WITHIN_SECONDS);
  for (const { name, ended, hasBeenReady } of cluster.replicas) {
    // Killed or asked to end is in order, and so is who found no database at his start; nobody else may end by himself.
    if (ended && hasBeenReady && ended.signal !== 'SIGKILL' && ended.code !== 0)
      problems.push(`${name} ended: ${JSON.stringify(ended)}`);
  }
  const verdict = await verify(cluster);
  return [...problems, ...verdict.problems];
}

function twoOf(random: () => number): string[] {
  const names = Object.keys(DISTURBANCES);
  const first = names.splice(Math.floor(random() * names.length), 1)[0]!;
  // What stops the server is done by one alone.
  const others = first.endsWith('_database') ? names.filter((name) => !name.endsWith('_database')) : names;
  return random() < 0.5 ? [first] : [first, others[Math.floor(random() * others.length)]!];
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

process.exitCode = await main();
// Whatever the disturbances have left open must not keep the command from ending.
process.stdout.write('', () => process.exit());
