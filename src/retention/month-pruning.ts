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

/** Told of each partition when it is gone. */
export type PruneProgress = (partition: MonthPartition) => void;

/**
 * What would be dropped: the partitions of the months before one, and what an interrupted removal has left of others.
 * @param ownerUrl signs in as the owner of the tables.
 * @throws StartError when the present month, or a later one, is among them.
 */
export async function prunable(ownerUrl: string, before: Month): Promise<MonthPartition[]> {
  return asOwner(ownerUrl, async (client) => {
    await refuseThePresent(client, before);
    return partitionsToDrop(client, before);
  });
}

/**
 * Drops the executions, analyses, snapshots, questions to language models and settled hours of funding of the months
 * before one, oldest first. Orders, trades, ledger and runs stay, and so do drawdown and Sharpe ratio. Reads and writes of other months do not wait: see
 * {@link removePartition}. Again after a crash, wherever that came, it goes on; when nothing is left to do, it does
 * nothing.
 *
 * @param signal leaves off: what is under way then ends with an error, and a later call goes on.
 * @returns false when another process prunes at this moment; nothing is done then.
 * @throws StartError when the present month, or a later one, is among them, when a run of these months is not finished,
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

/** A table that somebody has detached by hand is not ours to drop: only what a removal of ours has detached is. */
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

/** Ids carry the time at which a run was made, so that those of the months are the lowest. */
async function refuseUnfinished(client: Client, before: Month): Promise<void> {
  const id = await unfinishedRun(client, before);
  if (id === null) return;
  throw new StartError(`The run ${id} is older than ${monthText(before)} and not finished: nothing is dropped.`);
}
