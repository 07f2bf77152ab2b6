import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DAYS_NEEDED } from '../../domain/portfolio/performance.js';
import { KEPT_FROM } from '../../instances/history/kept-history.store.js';
import { ADVISORY_LOCK } from '../../platform/database/advisory-locks.js';

/** The statistics that need the whole equity curve. */
@Injectable()
export class StatisticsStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Writes the Sharpe ratio of all instances that have enough whole days of history, by one statement: the formula
   * of `sharpeRatioOf` in `src/domain/portfolio/performance.ts`, held against it by a test. A day counts with its
   * last snapshot; the day that is not over is left out. Of months that are not kept any more the sums are kept.
   * @returns how many have one; null when another process is at it.
   */
  async computeSharpeRatios(now: Date): Promise<number | null> {
    return this.database.transaction(async (manager) => {
      const [lock] = await manager.query<{ taken: boolean }[]>(`SELECT pg_try_advisory_xact_lock($1) AS taken`, [
        ADVISORY_LOCK.statistics,
      ]);
      if (!lock!.taken) return null;
      const [, updated] = await manager.query<[unknown[], number]>(
        `WITH days AS (
           SELECT DISTINCT ON (portfolio_id, date_trunc('day', taken_at, 'UTC'))
             portfolio_id, date_trunc('day', taken_at, 'UTC') AS day, total_value::double precision AS value
           FROM portfolio_snapshots WHERE taken_at < date_trunc('day', $1::timestamptz, 'UTC')
             AND taken_at >= coalesce(${KEPT_FROM}, '-infinity')
           ORDER BY portfolio_id, date_trunc('day', taken_at, 'UTC'), taken_at DESC),
         returns AS (
           SELECT portfolio_id,
             value / coalesce(lag(value) OVER (PARTITION BY portfolio_id ORDER BY day), past.last_value) - 1 AS daily
           FROM days LEFT JOIN past_returns past USING (portfolio_id) WHERE value > 0),
         parts AS (
           SELECT portfolio_id, count(daily) AS days, avg(daily) AS mean, var_pop(daily) * count(daily) AS squares
           FROM returns GROUP BY portfolio_id HAVING count(daily) > 0
           UNION ALL SELECT portfolio_id, days, mean, squares FROM past_returns WHERE days > 0),
         sums AS (
           SELECT portfolio_id, sum(days) AS days, sum(days * mean) / sum(days) AS mean FROM parts
           GROUP BY portfolio_id HAVING sum(days) >= $2),
         ratios AS (
           SELECT portfolio_id, s.mean, sqrt(sum(p.squares + p.days * (p.mean - s.mean) ^ 2) / (s.days - 1)::float8) AS deviation
           FROM sums s JOIN parts p USING (portfolio_id) GROUP BY portfolio_id, s.mean, s.days)
         UPDATE portfolios p SET sharpe_ratio = CASE WHEN r.deviation >= 1e-12 THEN r.mean / r.deviation * sqrt(365) END
         FROM ratios r WHERE r.portfolio_id = p.id`,
        [now, DAYS_NEEDED],
      );
      return updated;
    });
  }
}
