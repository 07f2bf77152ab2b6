import type { Client } from 'pg';
import { StartError } from '../platform/config/start-error.js';
import { monthOf, monthText, type Month } from '../domain/month.js';
import { listPartitions, type MonthPartition, removePartition } from './history-partitions.store.js';
import {
  asOwner,
  beginMonth,
  begunMonths,
  dropFundingHours,
  dropQuestions,
  finishMonths,
  ownership,
  takeLock,
  timeOf,
  unfinishedRun,
} from './month-pruning.store.js';

/** Called after each dropped partition. */
export type PruneProgress = (partition: MonthPartition) => void;

/**
 * The partitions that `prune` would drop: those of the months before `before`, and the rest of interrupted removals.
 * @param ownerUrl signs in as the owner of the tables.
 * @throws StartError when `before` is later than the current month (UTC).
 */
export async function prunable(ownerUrl: string, before: Month): Promise<MonthPartition[]> {
  return asOwner(ownerUrl, async (client) => {
    await refuseThePresent(client, before);
    return partitionsToDrop(client, before);
  });
}

/**
 * Drops the executions, analyses, snapshots, questions to language models and settled hours of funding of the months
 * before `before`, oldest first. Orders, trades, ledger, runs, drawdown and Sharpe ratio stay. Reads and writes of other
 * months do not wait: see {@link removePartition}. A call after a crash resumes; with nothing left it does nothing.
 *
 * @param signal aborts the current statement with an error; a later call resumes.
 * @returns false when another process is pruning and nothing was done.
 * @throws StartError when `before` is later than the current month (UTC), when a run of these months is not finished,
 *   when the role does not own the tables, or when a month stays in use.
 */
export async function prune(
  ownerUrl: string,
  before: Month,
  progress: PruneProgress = () => undefined,
  signal?: AbortSignal,
): Promise<boolean> {
  return asOwner(
    ownerUrl,
    async (client) => {
      if (!(await takeLock(client))) return false;
      await refuseThePresent(client, before);
      const partitions = await partitionsToDrop(client, before);
      if (partitions.length > 0) {
        await refuseForeignTables(client);
        await refuseUnfinished(client, before);
      }
      for (const month of new Set(partitions.map((partition) => partition.month))) {
        await beginMonth(client, month);
        for (const partition of partitions.filter((one) => one.month === month)) {
          await removePartition(client, partition);
          progress(partition);
        }
      }
      await finishMonths(client);
      await dropQuestions(client, before);
      await dropFundingHours(client);
      return true;
    },
    signal,
  );
}

/** Skips tables detached by hand: a detached table is dropped only if a removal of this program had begun. */
async function partitionsToDrop(client: Client, before: Month): Promise<MonthPartition[]> {
  const begun = await begunMonths(client);
  const partitions = await listPartitions(client);
  return partitions.filter(({ month, state }) => begun.has(monthText(month)) || (month < before && state !== 'alone'));
}

async function refuseThePresent(client: Client, before: Month): Promise<void> {
  const present = monthOf(await timeOf(client));
  if (before <= present) return;
  throw new StartError(`The present month, ${monthText(present)}, cannot be dropped: name it or an earlier one.`);
}

async function refuseForeignTables(client: Client): Promise<void> {
  const { role, owns } = await ownership(client);
  if (owns) return;
  throw new StartError(
    `The role ${role} does not own the tables, so it cannot drop months: let DATABASE_MIGRATION_URL sign in as their owner.`,
  );
}

/** Ids contain the creation time of a run, so runs of these months have the lowest ids. */
async function refuseUnfinished(client: Client, before: Month): Promise<void> {
  const id = await unfinishedRun(client, before);
  if (id === null) return;
  throw new StartError(`The run ${id} is older than ${monthText(before)} and not finished: nothing is dropped.`);
}
