import { openDatabaseServer } from '../database-server.js';
import { loadEnvironment } from '../platform/config/load-config.js';
import { StartError } from '../platform/config/start-error.js';
import { monthText } from '../platform/database/month-partitions.js';
import type { MonthPartition } from '../retention/history-partitions.store.js';
import { prunable, prune } from '../retention/month-pruning.js';
import { readPruneArguments } from './arguments/prune-arguments.js';
import { runMain } from './run-main.js';

/** `npm run storage:prune`: drops whole months of executions, analyses and snapshots; one line a partition. */
await runMain(async () => {
  const environment = loadEnvironment();
  const { before, dryRun } = readPruneArguments(process.argv.slice(2), environment.RETENTION_MONTHS, new Date());
  const server = await openDatabaseServer(environment);
  try {
    let partitions = 0;
    const print = (partition: MonthPartition): void => {
      partitions += 1;
      process.stdout.write(lineOf(partition));
    };
    if (dryRun) (await prunable(server.ownerUrl, before)).forEach(print);
    else if (!(await prune(server.ownerUrl, before, print))) {
      throw new StartError('Another process drops months at this moment.');
    }
    const done = dryRun ? 'would be dropped, of the months' : 'dropped, of the months';
    process.stdout.write(`${partitions} partitions ${done} before ${monthText(before)}.\n`);
  } finally {
    await server.release();
  }
});

function lineOf({ month, parent, rows, bytes }: MonthPartition): string {
  const about = rows === null ? 'rows not counted' : `about ${rows} rows`;
  return `${monthText(month)}  ${parent}  ${about}, ${(bytes / 1e6).toFixed(1)} MB\n`;
}
