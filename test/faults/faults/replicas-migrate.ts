import { countOf, untilFinished } from '../cluster/runs.js';
import { MIGRATIONS } from '../../../migrations/list.js';
import type { Fault } from '../fault.js';

const SIZES = { full: { replicas: 4, times: 3 }, short: { replicas: 2, times: 1 } };

/** Processes that all start for the first time at the same moment, on a database that is empty. */
export const replicasMigrate: Fault = {
  name: 'replicas-migrate',
  proves: 'replicas that migrate at once: each migration runs once, all become ready, one first administrator',
  async run({ emptyCluster: open, size, expect }) {
    const { replicas, times } = SIZES[size];
    let migrations = 0;
    for (let time = 0; time < times; time++) {
      const cluster = await open();
      await Promise.all(Array.from({ length: replicas }, () => cluster.start()));
      const rows = await cluster.sql<{ name: string; n: number }>(
        `SELECT name, count(*)::integer AS n FROM migrations GROUP BY name`,
      );
      migrations += rows.length;
      expect(rows.length === MIGRATIONS.length, `${rows.length} of ${MIGRATIONS.length} migrations`);
      expect(
        rows.every(({ n }) => n === 1),
        `migrations that ran twice: ${JSON.stringify(rows)}`,
      );
      const admins = await countOf(cluster, `users WHERE role = 'admin'`);
      expect(admins === 1, `${admins} first administrators`);
      await cluster.pauseSchedule();
      await cluster.untilIdle();
      await cluster.addInstances(10);
      const run = await untilFinished(cluster, await cluster.startRun());
      expect(run.status === 'completed', `the first run ended ${run.status}`);
    }
    return { replicas, databases: times, migrations };
  },
};
