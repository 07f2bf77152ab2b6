import { changeParams } from '../../support/change-params.js';
import { secondsSince } from '../cluster/elapsed.js';
import type { Cluster } from '../cluster/cluster.js';
import { countOf, untilFinished } from '../cluster/runs.js';
import { BUSINESS_AGENTS, DECISION_AGENTS, MARKED, withBadAgent } from '../bad-agents.js';
import type { Fault, FaultContext } from '../fault.js';

const SIZES = { full: 10_000, short: 50 };
/** Agents that answer nonsense, throw, never answer, or never stop. */
export const agentsMisbehave: Fault = {
  name: 'agents-misbehave',
  proves:
    'agents that return NaN, Infinity, "55" or null, throw, never resolve, loop: one failure each, no invented opinion',
  async run(context) {
    const { cluster: open, size } = context;
    const cluster = await open({ AGENT_TIMEOUT_SECONDS: '5' });
    const instances = SIZES[size];
    const ids = await cluster.addInstances(instances);
    const marked = [ids[Math.floor(context.random() * ids.length)]];
    await changeParams((statement, values) => cluster.sql(statement, values), marked, MARKED);
    const seconds: Record<string, number> = {};
    const ways = size === 'full' ? Object.keys(BUSINESS_AGENTS) : ['nan', 'loops'];
    for (const way of ways) seconds[`business agent: ${way}`] = await badAnalysis(context, cluster, way);
    for (const way of size === 'full' ? Object.keys(DECISION_AGENTS) : ['loops']) {
      seconds[`decision agent: ${way}`] = await badDecision(context, cluster, way, instances);
    }
    return {
      instances,
      executions: await countOf(cluster, 'strategy_executions'),
      failed: await countOf(cluster, `strategy_executions WHERE status = 'failed'`),
      seconds_of_the_run: seconds,
    };
  },
};

async function badAnalysis({ expect, say }: FaultContext, cluster: Cluster, way: string): Promise<number> {
  const replica = await cluster.start(withBadAgent({ BUSINESS_AGENT: way }));
  const started = performance.now();
  const id = await cluster.startRun();
  const run = await untilFinished(cluster, id);
  const seconds = secondsSince(started);
  const [row] = await cluster.sql<{ status: string; score: number | null }>(
    `SELECT status, score FROM agent_executions WHERE run_id = $1 AND agent_name = 'ta'`,
    [id],
  );
  say(`business agent ${way}: ${row?.status} after ${seconds} s, the run ${run.status}`);
  expect(row?.status === BUSINESS_AGENTS[way] && row?.score === null, `${way}: stored as ${JSON.stringify(row)}`);
  expect(run.status === 'degraded', `${way}: the run ended ${run.status}`);
  const opinions = await countOf(
    cluster,
    `strategy_executions WHERE run_id = '${id}' AND conviction_score IS NOT NULL`,
  );
  expect(opinions === 0, `${way}: ${opinions} instances decided without an agent`);
  await replica.terminate();
  return seconds;
}

async function badDecision(
  { expect, say }: FaultContext,
  cluster: Cluster,
  way: string,
  instances: number,
): Promise<number> {
  const replica = await cluster.start(withBadAgent({ DECISION_AGENT: way }));
  const started = performance.now();
  const id = await cluster.startRun();
  const { counters } = await untilFinished(cluster, id);
  const seconds = secondsSince(started);
  const rows = await cluster.sql<{ code: string }>(
    `SELECT error->>'code' AS code FROM strategy_executions WHERE run_id = $1 AND status = 'failed'`,
    [id],
  );
  say(`decision agent ${way}: ${JSON.stringify(rows)} after ${seconds} s`);
  expect(rows.length === 1 && rows[0]!.code === DECISION_AGENTS[way], `${way}: failed rows ${JSON.stringify(rows)}`);
  expect(counters.executed + counters.held === instances - 1, `${way}: ${JSON.stringify(counters)}`);
  await replica.terminate();
  return seconds;
}
