import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, DatabaseError } from 'pg';
import { StartError } from '../platform/config/start-error.js';
import { readMonth, type Month, monthText } from '../domain/month.js';

/** A month of one of the tables that are kept by the month. */
export interface MonthPartition {
  readonly month: Month;
  readonly parent: string;
  readonly name: string;
  /**
   * `attached`: part of the table. `leaving`: a detachment that was begun and not ended. `alone`: a table by itself,
   * which has been detached.
   */
  readonly state: 'attached' | 'leaving' | 'alone';
  /** An estimate of the statistics; null: none has been made. */
  readonly rows: number | null;
  /** On disk, with indexes. */
  readonly bytes: number;
}

/** All partitions there are, and tables that were some, oldest first. */
export async function listPartitions(client: Client): Promise<MonthPartition[]> {
  const { rows } = await client.query<Omit<MonthPartition, 'month'> & { month: string }>(
    `SELECT replace(right(c.relname, 7), '_', '-') AS month, t.relname AS parent, c.relname AS name,
       CASE WHEN i.inhrelid IS NULL THEN 'alone' WHEN i.inhdetachpending THEN 'leaving' ELSE 'attached' END AS state,
       nullif(c.reltuples, -1)::float8 AS rows, pg_total_relation_size(c.oid)::float8 AS bytes
     FROM pg_partitioned_table p
     JOIN pg_class t ON t.oid = p.partrelid AND t.relnamespace = 'public'::regnamespace
     JOIN pg_class c ON c.relnamespace = t.relnamespace AND c.relkind = 'r'
       AND c.relname ~ ('^' || t.relname || '_\\d{4}_\\d{2}$')
     LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
     ORDER BY 1, 2`,
  );
  return rows.map(({ month, parent, name, state, rows: count, bytes }) => {
    return { month: readMonth(month)!, parent, name, state, rows: count, bytes };
  });
}

/** How long one attempt waits for those who use the month or have begun a transaction before us. */
const PATIENCE_MS = 5000;
/** About ten minutes. */
const ATTEMPTS = 60;
const PAUSE_MS = 5000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Takes a partition out of its table and drops it. Reads and writes of the other months go on meanwhile, in
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
