import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DAYS_NEEDED } from '../../domain/portfolio/performance.js';
import { RETAINED_FROM } from '../../retention/retained-history.store.js';
import { ADVISORY_LOCK } from '../../platform/database/advisory-locks.js';

/** The statistics that need the whole equity curve. */
@Injectable()
export class StatisticsStore {
  constructor(private readonly database: DataSource) {}

  /** The ids of the next instances, ascending. @param after null: start with the first. */
  async idsAfter(after: string | null, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `SELECT id FROM portfolios WHERE id > $1 ORDER BY id LIMIT $2`,
      [after ?? '00000000-0000-0000-0000-000000000000', limit],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Writes the Sharpe ratio of instances with enough whole days (UTC) of history. The formula is `sharpeRatioOf` of
   * `src/domain/portfolio/performance.ts` in SQL; a test compares the two. A day counts with its last snapshot; today is left
   * out. Dropped months count through their stored sums. Writes only changed ratios, so a second call on the same day writes
   * nothing. Skips locked rows, so it cannot deadlock with a run.
   * @returns the instances skipped because their row was locked; null when another process holds the lock and nothing was
   * done.
   */
  async computeSharpeRatios(ids: readonly string[], now: Date): Promise<string[] | null> {
    return this.database.transaction(async (manager) => {
      const [lock] = await manager.query<{ taken: boolean }[]>(`SELECT pg_try_advisory_xact_lock($1) AS taken`, [
        ADVISORY_LOCK.statistics,
      ]);
      if (!lock!.taken) return null;
      const changed = await manager.query<{ id: string; ratio: number | null }[]>(CHANGED_RATIOS, [
        now,
        DAYS_NEEDED,
        ids,
      ]);
      if (changed.length === 0) return [];
      const rows = await manager.query<{ id: string }[]>(
        `SELECT id FROM portfolios WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`,
        [changed.map(({ id }) => id)],
      );
      const locked = new Set(rows.map(({ id }) => id));
      const written = changed.filter(({ id }) => locked.has(id));
      await manager.query(
        `UPDATE portfolios p SET sharpe_ratio = r.ratio FROM unnest($1::uuid[], $2::double precision[]) AS r (id, ratio)
         WHERE p.id = r.id`,
        [written.map(({ id }) => id), written.map(({ ratio }) => ratio)],
      );
      return changed.filter(({ id }) => !locked.has(id)).map(({ id }) => id);
    });
  }
}

/**
 * $1 now, $2 days needed, $3 ids. One index lookup for each day of an instance instead of a scan of its snapshots: there may
 * be hundreds a day. One statement, so that a month dropped concurrently counts once, as snapshots or as sums.
 */
const CHANGED_RATIOS = `
  WITH firsts AS (
    SELECT i.portfolio_id, date_trunc('day', s.taken_at, 'UTC') AS day
    FROM unnest($3::uuid[]) AS i (portfolio_id) CROSS JOIN LATERAL (
      SELECT taken_at FROM portfolio_snapshots
      WHERE portfolio_id = i.portfolio_id AND taken_at >= coalesce(${RETAINED_FROM}, '-infinity')
      ORDER BY taken_at LIMIT 1) s),
  days AS (
    SELECT f.portfolio_id, d.day, s.value
    FROM firsts f
    CROSS JOIN LATERAL generate_series(f.day, date_trunc('day', $1::timestamptz, 'UTC') - interval '24 hours', interval '24 hours')
      AS d (day)
    CROSS JOIN LATERAL (
      SELECT total_value::double precision AS value FROM portfolio_snapshots
      WHERE portfolio_id = f.portfolio_id AND taken_at >= d.day AND taken_at < d.day + interval '24 hours'
      ORDER BY taken_at DESC LIMIT 1) s),
  past AS (SELECT * FROM past_returns WHERE portfolio_id = ANY ($3::uuid[])),
  bases AS (
    SELECT i.id AS portfolio_id, coalesce(past.last_value, i.initial_balance::double precision) AS value,
      CASE WHEN past.portfolio_id IS NULL THEN date_trunc('day', i.created_at, 'UTC') - interval '24 hours'
        ELSE past.last_day::timestamp AT TIME ZONE 'UTC' END AS day
    FROM portfolios i LEFT JOIN past ON past.portfolio_id = i.id WHERE i.id = ANY ($3::uuid[])),
  steps AS (
    SELECT d.portfolio_id, d.day, d.value, coalesce(lag(d.value) OVER whole_days, b.value) AS value_before,
      coalesce(lag(d.day) OVER whole_days, b.day, d.day - interval '24 hours') AS day_before
    FROM days d JOIN bases b USING (portfolio_id) WINDOW whole_days AS (PARTITION BY d.portfolio_id ORDER BY d.day)),
  returns AS (
    SELECT portfolio_id, value / value_before - 1 AS change,
      greatest(extract(epoch FROM day - day_before)::float8 / 86400, 1) AS span
    FROM steps WHERE value_before > 0),
  means AS (
    SELECT portfolio_id, count(*) AS days, sum(span) AS span_days, sum(change) / sum(span) AS mean
    FROM returns GROUP BY portfolio_id),
  parts AS (
    SELECT portfolio_id, m.days, m.span_days, m.mean, sum((r.change - r.span * m.mean) ^ 2 / r.span) AS squares
    FROM returns r JOIN means m USING (portfolio_id) GROUP BY portfolio_id, m.days, m.span_days, m.mean
    UNION ALL SELECT portfolio_id, days, span_days, mean, squares FROM past WHERE days > 0),
  sums AS (
    SELECT portfolio_id, sum(days) AS days, sum(span_days * mean) / sum(span_days) AS mean FROM parts
    GROUP BY portfolio_id HAVING sum(days) >= $2),
  deviations AS (
    SELECT portfolio_id, s.mean, sqrt(sum(p.squares + p.span_days * (p.mean - s.mean) ^ 2) / (s.days - 1)::float8) AS deviation
    FROM sums s JOIN parts p USING (portfolio_id) GROUP BY portfolio_id, s.mean, s.days),
  ratios AS (
    SELECT portfolio_id, CASE WHEN deviation >= 1e-12 THEN mean / deviation * sqrt(365) END AS ratio FROM deviations)
  SELECT p.id, r.ratio FROM ratios r JOIN portfolios p ON p.id = r.portfolio_id
  WHERE p.sharpe_ratio IS DISTINCT FROM r.ratio`;
