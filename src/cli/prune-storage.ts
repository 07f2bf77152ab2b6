import { openDatabaseServer } from '../database-server.js';
import type { Environment } from '../platform/config/environment.js';
import { StartError } from '../platform/config/start-error.js';
import { monthText } from '../domain/month.js';
import type { MonthPartition } from '../retention/history-partitions.store.js';
import { prunable, prune } from '../retention/month-pruning.js';
import type { PruneArguments } from './prune-arguments.js';

/**
 * `conclave storage:prune`: drops whole months of executions, analyses and snapshots, and prints one line per
 * partition.
 * @throws StartError while another process prunes.
 */
export async function run({ before, dryRun }: PruneArguments, environment: Environment): Promise<void> {
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
}

function lineOf({ month, parent, rows, bytes }: MonthPartition): string {
  const about = rows === null ? 'rows not counted' : `about ${rows} rows`;
  return `${monthText(month)}  ${parent}  ${about}, ${(bytes / 1e6).toFixed(1)} MB\n`;
}
