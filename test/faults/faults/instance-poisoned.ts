import { replaceParams } from '../../support/change-params.js';
import { countOf, untilFinished } from '../cluster/runs.js';
import type { Fault } from '../fault.js';

const SIZES = { full: 10_000, short: 200 };

/** What a defect, or a hand in the database, may have left in an instance's params. */
const POISONS: readonly unknown[] = [{ buy_threshold: 'high' }, null, { agent_weights: { macro: 1e308 } }];

/** One of many instances is broken: it is one failed row with a code, and all others are served. */
export const instancePoisoned: Fault = {
  name: 'instance-poisoned',
  proves: '1 poisoned instance of 10,000: 9,999 done, one failed row that says why',
  async run({ cluster: open, random, size, expect }) {
    const instances = SIZES[size];
    const cluster = await open();
    const ids = await cluster.addInstances(instances);
    await cluster.start();
    const victim = ids[Math.floor(random() * ids.length)]!;
    const poisons = size === 'full' ? POISONS : POISONS.slice(0, 1);
    for (const poison of poisons) {
      await replaceParams((statement, values) => cluster.sql(statement, values), [victim], poison);
      const id = await cluster.startRun();
      const run = await untilFinished(cluster, id);
      const { executed, held, failed } = run.counters;
      expect(run.status === 'degraded', `run ${id} ended ${run.status}`);
      expect(failed === 1, `${failed} instances failed`);
      expect(executed + held === instances - 1, `${executed + held} of ${instances - 1} others were served`);
      const rows = await cluster.sql<{ portfolio_id: string; code: string | null }>(
        `SELECT portfolio_id, error->>'code' AS code FROM strategy_executions WHERE run_id = $1 AND status = 'failed'`,
        [id],
      );
      expect(rows.length === 1 && rows[0]!.portfolio_id === victim, `failed: ${JSON.stringify(rows)}`);
      expect(rows[0]?.code === 'params_invalid', `the failed row says ${rows[0]?.code}`);
    }
    return {
      instances,
      runs: poisons.length,
      executions: await countOf(cluster, 'strategy_executions'),
      failed: await countOf(cluster, `strategy_executions WHERE status = 'failed'`),
      trades: await countOf(cluster, 'trades'),
    };
  },
};
