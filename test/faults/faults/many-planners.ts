import { setTimeout as sleep } from 'node:timers/promises';
import { fastNow, speedUpTime } from '../cluster/fast-clock.js';
import type { Fault } from '../fault.js';

const REPLICAS = 4;
const DEFINITIONS = 5;
const MINUTE_MS = 60_000;
/** The shortest period is a minute: fifty of them are made to pass in less than five minutes. */
const SIZES = { full: { ticks: 50, factor: 12, instances: 50 }, short: { ticks: 4, factor: 30, instances: 5 } };

/** Replicas that all wake up for every tick of every definition. */
export const manyPlanners: Fault = {
  name: 'many-planners',
  proves: '4 replicas, 5 definitions, 50 ticks: exactly 250 runs',
  async run({ cluster: open, size, expect, say }) {
    const { ticks, factor, instances } = SIZES[size];
    const cluster = await open();
    const names = Array.from({ length: DEFINITIONS }, (_, index) => `every_minute_${index + 1}`);
    await cluster.sql(
      `INSERT INTO strategy_definitions (name, display_name, description, decision_agent_module, decision_agent_class,
         business_agents, trade_channel, trade_symbol, rebalance_period_minutes, default_params, is_active, next_run_at)
       SELECT n, n, description, decision_agent_module, decision_agent_class, business_agents, trade_channel, trade_symbol, 1,
         default_params, true, now() + interval '10 years'
       FROM strategy_definitions CROSS JOIN unnest($1::text[]) n WHERE name = 'multi_agent_btc_v1'`,
      [names],
    );
    for (const name of names) await cluster.addInstances(instances, undefined, name);
    const settings = await speedUpTime(cluster, factor);
    await Promise.all(Array.from({ length: REPLICAS }, () => cluster.start(settings)));
    const first = (Math.floor((await fastNow(cluster)) / MINUTE_MS) + 1) * MINUTE_MS;
    const last = first + (ticks - 1) * MINUTE_MS;
    await cluster.sql(`UPDATE strategy_definitions SET next_run_at = to_timestamp($2) WHERE name = ANY ($1)`, [
      names,
      first / 1000,
    ]);
    // Half a minute after the last tick everybody is between two ticks.
    while ((await fastNow(cluster)) < last + MINUTE_MS / 2) await sleep(200);
    await cluster.sql(`UPDATE strategy_definitions SET is_active = false WHERE name = ANY ($1)`, [names]);
    await cluster.untilIdle();
    const rows = await cluster.sql<{ status: string; trigger: string; n: number; ticks: number }>(
      `SELECT status, trigger, count(*)::integer AS n, count(DISTINCT (definition_id, scheduled_for))::integer AS ticks
       FROM strategy_runs WHERE scheduled_for BETWEEN to_timestamp($1) AND to_timestamp($2) GROUP BY status, trigger`,
      [first / 1000, last / 1000],
    );
    const [others] = await cluster.sql<{ n: number }>(
      `SELECT count(*)::integer AS n FROM strategy_runs
       WHERE scheduled_for NOT BETWEEN to_timestamp($1) AND to_timestamp($2)`,
      [first / 1000, last / 1000],
    );
    const runs = rows.reduce((sum, row) => sum + row.n, 0);
    const byStatus = Object.fromEntries(rows.map((row) => [row.status, row.n]));
    say(`${runs} runs: ${JSON.stringify(byStatus)}`);
    expect(runs === DEFINITIONS * ticks, `${runs} runs in place of ${DEFINITIONS * ticks}`);
    expect(rows.reduce((sum, row) => sum + row.ticks, 0) === runs, 'a tick exists twice');
    expect(others!.n === 0, `${others!.n} runs outside the ticks`);
    // Nothing was in the way: a tick that was set aside is one that was missed.
    expect(byStatus['completed'] === runs, `not all runs are completed: ${JSON.stringify(byStatus)}`);
    return { replicas: REPLICAS, definitions: DEFINITIONS, ticks, runs, runs_by_status: byStatus };
  },
};
