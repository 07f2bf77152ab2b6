import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError, type Client } from 'pg';
import { StartError } from '../platform/config/start-error.js';
import { monthText } from '../platform/database/month-partitions.js';
import { listPartitions, type MonthPartition } from './history-partitions.js';

/** How long one attempt waits for those who use the month or have begun a transaction before us. */
const PATIENCE_MS = 5000;
/** About ten minutes. */
const ATTEMPTS = 60;
const PAUSE_MS = 5000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Takes a partition out of its table and drops it. Whoever reads and writes the other months goes on meanwhile, in
 * transactions that began before or after:
 *
 * - `DETACH ... CONCURRENTLY` waits until every transaction that knows the partition has ended, and holds no lock while
 *   it waits. (A plain `DETACH`, or dropping the partition, would queue for a lock on the whole table, and all who come
 *   later would queue behind it.)
 * - What is dropped then is a table of its own, which nobody knows any more.
 *
 * Each wait ends after a while and is begun again, so that no lock on the old month is queued for long either. What an
 * interruption has left half detached or detached is taken up from there.
 *
 * @throws StartError when the month stays in use, for example by a backup: call again.
 */
export async function removePartition(client: Client, partition: MonthPartition): Promise<void> {
  await client.query(`SET lock_timeout = ${PATIENCE_MS}`);
  try {
    for (let attempt = 1; !(await tryToRemove(client, partition)); attempt++) {
      if (attempt === ATTEMPTS) throw inUse(partition);
      await sleep(PAUSE_MS);
    }
  } finally {
    await client.query(`SET lock_timeout = 0`).catch(() => undefined);
  }
}

/** @returns false when somebody was waited for in vain. */
async function tryToRemove(client: Client, { name }: MonthPartition): Promise<boolean> {
  const present = (await listPartitions(client)).find((one) => one.name === name);
  if (!present) return true;
  // Names come from the catalogue and are of our own making: letters, digits and underscores.
  const { parent, state } = present;
  try {
    if (state === 'leaving') await client.query(`ALTER TABLE ${parent} DETACH PARTITION ${name} FINALIZE`);
    if (state === 'attached') await client.query(`ALTER TABLE ${parent} DETACH PARTITION ${name} CONCURRENTLY`);
    await client.query(`DROP TABLE ${name}`);
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  }
}

function inUse({ parent, month }: MonthPartition): StartError {
  return new StartError(
    `${parent} of ${monthText(month)} is still in use, or a transaction has been open for minutes (a backup?): ` +
      `what has begun goes on with the next call.`,
  );
}
