import { Client } from 'pg';
import { StartError } from '../platform/config/start-error.js';
import { ADVISORY_LOCK } from '../platform/database/advisory-locks.js';
import { monthOf, monthText, startOf, type Month } from '../platform/database/month.js';
import { dropFundingHours } from './funding-retention.js';
import { listPartitions, type MonthPartition } from './history-partitions.js';
import { FOLD_RETURNS } from './past-returns.js';
import { removePartition } from './remove-partition.js';

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
 * before one, oldest first. Orders, trades, ledger and runs stay, and so do drawdown and Sharpe ratio. Whoever writes or reads other months does not wait: see
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
      await client.query(`UPDATE dropped_months SET finished_at = now() WHERE finished_at IS NULL`);
      await dropQuestions(client, before);
      await dropFundingHours(client);
      return true;
    },
    signal,
  );
}

/** A table that somebody has detached by hand is not ours to drop: only what a removal of ours has detached is. */
async function partitionsToDrop(client: Client, before: Month): Promise<MonthPartition[]> {
  const { rows } = await client.query<{ month: string }>(
    `SELECT to_char(month, 'YYYY-MM') AS month FROM dropped_months`,
  );
  const begun = new Set(rows.map((row) => row.month));
  const partitions = await listPartitions(client);
  return partitions.filter(({ month, state }) => begun.has(monthText(month)) || (month < before && state !== 'alone'));
}

/**
 * Questions to language models of those months, and what they cost: tables that are not kept by the month. A question
 * whose answer an analysis that is kept rests on stays. That is looked up in one pass over the analyses: PostgreSQL joins
 * them by hash, also where there is an index. So does one whose answer was used within the last hour: the analysis may be
 * about to be stored. Of one that is used at this moment the deletion waits for the note of it, and leaves it.
 */
async function dropQuestions(client: Client, before: Month): Promise<void> {
  await client.query(
    `DELETE FROM llm_calls c WHERE c.id < lowest_id_at($1) AND c.used_at < clock_timestamp() - interval '1 hour'
       AND NOT EXISTS (SELECT FROM agent_executions a WHERE a.llm_call_id = c.id)`,
    [startOf(before)],
  );
  await client.query(`DELETE FROM llm_spending WHERE day < ($1::timestamptz AT TIME ZONE 'UTC')::date`, [
    startOf(before),
  ]);
}

async function refuseThePresent(client: Client, before: Month): Promise<void> {
  const { rows } = await client.query<{ now: Date }>(`SELECT now()`);
  const present = monthOf(rows[0]!.now);
  if (before <= present) return;
  throw new StartError(`The present month, ${monthText(present)}, cannot be dropped: name it or an earlier one.`);
}

async function refuseForeignTables(client: Client): Promise<void> {
  const { rows } = await client.query<{ role: string; owns: boolean }>(
    `SELECT current_user AS role, pg_has_role(current_user, relowner, 'USAGE') AS owns
     FROM pg_class WHERE oid = 'public.strategy_executions'::regclass`,
  );
  if (rows[0]!.owns) return;
  throw new StartError(
    `The role ${rows[0]!.role} does not own the tables, so it cannot drop months: let DATABASE_MIGRATION_URL sign in as their owner.`,
  );
}

/** Ids carry the time at which a run was made, so that those of the months are the lowest. */
async function refuseUnfinished(client: Client, before: Month): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM strategy_runs WHERE finished_at IS NULL AND id < lowest_id_at($1) ORDER BY id LIMIT 1`,
    [startOf(before)],
  );
  if (rows.length === 0) return;
  throw new StartError(
    `The run ${rows[0]!.id} is older than ${monthText(before)} and not finished: nothing is dropped.`,
  );
}

/** Notes that the month is not kept and, with it, what the statistics need of it: both or nothing, and once. */
async function beginMonth(client: Client, month: Month): Promise<void> {
  const [start, end] = [startOf(month), startOf(month + 1)];
  await client.query('BEGIN');
  const { rowCount } = await client.query(
    `INSERT INTO dropped_months (month, first_id, end_id, begun_at)
     VALUES (($1::timestamptz AT TIME ZONE 'UTC')::date, lowest_id_at($1), lowest_id_at($2), now()) ON CONFLICT DO NOTHING`,
    [start, end],
  );
  if (rowCount === 1) await client.query(FOLD_RETURNS, [start, end]);
  await client.query('COMMIT');
}

/** Ends with the connection. */
async function takeLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock($1) AS taken`, [
    ADVISORY_LOCK.pruning,
  ]);
  return rows[0]!.taken;
}

/** On a connection of its own, which goes away with whatever it holds. */
async function asOwner<T>(ownerUrl: string, work: (client: Client) => Promise<T>, signal?: AbortSignal): Promise<T> {
  signal?.throwIfAborted();
  const client = new Client({ connectionString: ownerUrl, application_name: 'conclave-prune' });
  // A lost connection shows in the next statement; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  const leave = (): void => void client.end();
  signal?.addEventListener('abort', leave);
  try {
    // Months are those of UTC; the sums of a large month take longer than a statement of the program may.
    await client.query(`SET timezone = 'UTC'; SET statement_timeout = 0`);
    return await work(client);
  } finally {
    signal?.removeEventListener('abort', leave);
    await client.end();
  }
}
