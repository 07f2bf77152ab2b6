import { Client } from 'pg';
import { ADVISORY_LOCK } from '../platform/database/advisory-locks.js';
import { startOf, type Month } from '../domain/month.js';
import { RETAINED_FROM } from './retained-history.store.js';

/* The statements of the removal of months, over one connection of the owner. */

const DAY_MS = 86_400_000;

/** On a connection of its own, which goes away with whatever it holds. */
export async function asOwner<T>(
  ownerUrl: string,
  work: (client: Client) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
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

/** Ends with the connection. */
export async function takeLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock($1) AS taken`, [
    ADVISORY_LOCK.pruning,
  ]);
  return rows[0]!.taken;
}

/** The database's time. */
export async function timeOf(client: Client): Promise<Date> {
  const { rows } = await client.query<{ now: Date }>(`SELECT now()`);
  return rows[0]!.now;
}

/** Whether the role that signed in may drop partitions. */
export async function ownership(client: Client): Promise<{ role: string; owns: boolean }> {
  const { rows } = await client.query<{ role: string; owns: boolean }>(
    `SELECT current_user AS role, pg_has_role(current_user, relowner, 'USAGE') AS owns
     FROM pg_class WHERE oid = 'public.strategy_executions'::regclass`,
  );
  return rows[0]!;
}

/** Id of a run of before a month that is not finished; null when all are. */
export async function unfinishedRun(client: Client, before: Month): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM strategy_runs WHERE finished_at IS NULL AND id < lowest_id_at($1) ORDER BY id LIMIT 1`,
    [startOf(before)],
  );
  return rows[0]?.id ?? null;
}

/** The months whose removal was begun, as `2026-01`. */
export async function begunMonths(client: Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ month: string }>(
    `SELECT to_char(month, 'YYYY-MM') AS month FROM dropped_months`,
  );
  return new Set(rows.map(({ month }) => month));
}

/** Notes that the month is not kept and, with it, what the statistics need of it: both or nothing, and once. */
export async function beginMonth(client: Client, month: Month): Promise<void> {
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

export async function finishMonths(client: Client): Promise<void> {
  await client.query(`UPDATE dropped_months SET finished_at = now() WHERE finished_at IS NULL`);
}

/**
 * Questions to language models of those months, and what they cost: tables that are not kept by the month. A question
 * whose answer an analysis that is kept rests on stays. That is looked up in one pass over the analyses: PostgreSQL joins
 * them by hash, also where there is an index. So does one whose answer was used within the last hour: the analysis may be
 * about to be stored. Of one that is used at this moment the deletion waits for the note of it, and leaves it.
 */
export async function dropQuestions(client: Client, before: Month): Promise<void> {
  await client.query(
    `DELETE FROM llm_calls c WHERE c.id < lowest_id_at($1) AND c.used_at < clock_timestamp() - interval '1 hour'
       AND NOT EXISTS (SELECT FROM agent_executions a WHERE a.llm_call_id = c.id)`,
    [startOf(before)],
  );
  await client.query(`DELETE FROM llm_spending WHERE day < ($1::timestamptz AT TIME ZONE 'UTC')::date`, [
    startOf(before),
  ]);
}

/**
 * Forgets hours of funding that were settled or given up in months that are not kept, how the positions of such hours ended,
 * and candles that were missing then. What is owed stays, however old it is, and so does what was settled later: then
 * the ledger has a line of that moment for which there are all its hours. Row by row, not by partitions: a row changes
 * until it is settled. A statement a day, so that no transaction is long; again after a crash it goes on.
 */
export async function dropFundingHours(client: Client): Promise<void> {
  const { rows } = await client.query<{ first: Date | null; kept_from: Date | null }>(
    `SELECT date_trunc('day', min(hour), 'UTC') AS first, ${RETAINED_FROM} AS kept_from FROM funding_hours`,
  );
  const { first, kept_from: retainedFrom } = rows[0]!;
  if (retainedFrom === null) return;
  const end = retainedFrom.getTime();
  for (let day = first?.getTime() ?? end; day < end; day += DAY_MS) {
    await client.query(
      `DELETE FROM funding_hours WHERE hour >= $1 AND hour < $2 AND (settled_at < $3 OR given_up_at < $3)`,
      [new Date(day), new Date(day + DAY_MS), retainedFrom],
    );
  }
  await client.query(
    `DELETE FROM closed_positions c WHERE closed_at < $1 AND NOT EXISTS (SELECT FROM funding_hours f
       WHERE f.portfolio_id = c.portfolio_id AND f.symbol = c.symbol AND f.opened_at = c.opened_at
         AND f.settled_at IS NULL AND f.given_up_at IS NULL)`,
    [retainedFrom],
  );
  await client.query(`DELETE FROM candle_gaps WHERE ended_at < $1`, [retainedFrom]);
}

/**
 * Adds the daily returns of a month to the sums of all dropped months, so that the Sharpe ratio counts every day: number,
 * days spanned, mean and sum of squared deviations, by the formula of `sharpeRatioOf`. Chan, Golub and LeVeque's formula,
 * weighted by days, joins two of these sums exactly. The last value and its day are where the next return begins. A day
 * counts with its last snapshot, as in StatisticsStore; the first return begins with the deposit. Runs once a month, in
 * order: a second time would count the month twice. $1 the month's start, $2 its end.
 */
const FOLD_RETURNS = `
  INSERT INTO past_returns AS p (portfolio_id, days, span_days, mean, squares, last_value, last_day)
  WITH closes AS (
    SELECT DISTINCT ON (s.portfolio_id, date_trunc('day', s.taken_at, 'UTC'))
      s.portfolio_id, (s.taken_at AT TIME ZONE 'UTC')::date AS day, s.total_value::double precision AS value
    FROM portfolio_snapshots s
    WHERE s.taken_at >= $1 AND s.taken_at < $2
    ORDER BY s.portfolio_id, date_trunc('day', s.taken_at, 'UTC'), s.taken_at DESC),
  bases AS (
    SELECT i.id AS portfolio_id,
      CASE WHEN past.portfolio_id IS NULL THEN (i.created_at AT TIME ZONE 'UTC')::date - 1 ELSE past.last_day END AS day,
      coalesce(past.last_value, i.initial_balance::double precision) AS value
    FROM portfolios i LEFT JOIN past_returns past ON past.portfolio_id = i.id
    WHERE i.id IN (SELECT portfolio_id FROM closes)),
  steps AS (
    SELECT c.portfolio_id, c.day, c.value, coalesce(lag(c.value) OVER days, b.value) AS value_before,
      coalesce(lag(c.day) OVER days, b.day, c.day - 1) AS day_before
    FROM closes c JOIN bases b USING (portfolio_id) WINDOW days AS (PARTITION BY c.portfolio_id ORDER BY c.day)),
  returns AS (
    SELECT portfolio_id, value / value_before - 1 AS change, greatest(day - day_before, 1) AS span
    FROM steps WHERE value_before > 0),
  means AS (
    SELECT portfolio_id, count(*)::integer AS days, sum(span)::integer AS span_days, sum(change) / sum(span) AS mean
    FROM returns GROUP BY portfolio_id),
  sums AS (
    SELECT portfolio_id, m.days, m.span_days, m.mean, sum((r.change - r.span * m.mean) ^ 2 / r.span) AS squares
    FROM returns r JOIN means m USING (portfolio_id) GROUP BY portfolio_id, m.days, m.span_days, m.mean),
  ends AS (
    SELECT DISTINCT ON (portfolio_id) portfolio_id, value, day FROM closes ORDER BY portfolio_id, day DESC)
  SELECT e.portfolio_id, coalesce(s.days, 0), coalesce(s.span_days, 0), coalesce(s.mean, 0), coalesce(s.squares, 0), e.value, e.day
  FROM ends e JOIN bases USING (portfolio_id) LEFT JOIN sums s USING (portfolio_id)
  ON CONFLICT (portfolio_id) DO UPDATE SET
    days = p.days + excluded.days,
    span_days = p.span_days + excluded.span_days,
    mean = coalesce((p.mean * p.span_days + excluded.mean * excluded.span_days) / nullif(p.span_days + excluded.span_days, 0), 0),
    squares = p.squares + excluded.squares
      + coalesce((excluded.mean - p.mean) ^ 2 * p.span_days * excluded.span_days / nullif(p.span_days + excluded.span_days, 0), 0),
    last_value = excluded.last_value, last_day = excluded.last_day`;
