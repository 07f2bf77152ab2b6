/**
 * Adds the daily returns of a month to what is kept of all months that were dropped, so that the Sharpe ratio goes on
 * counting every day: number, mean and sum of squared deviations (Chan, Golub and LeVeque's formula joins two of these
 * exactly), and the last value, from which the first return after it is counted. A day counts with its last snapshot, as
 * in StatisticsStore. Once a month, in order: a second time would count it twice. $1 the month's start, $2 its end.
 */
export const FOLD_RETURNS = `
  INSERT INTO past_returns AS p (portfolio_id, days, mean, squares, last_value)
  WITH closes AS (
    SELECT DISTINCT ON (s.portfolio_id, date_trunc('day', s.taken_at, 'UTC'))
      s.portfolio_id, date_trunc('day', s.taken_at, 'UTC') AS day, s.total_value::double precision AS value
    FROM portfolio_snapshots s JOIN portfolios ON portfolios.id = s.portfolio_id
    WHERE s.taken_at >= $1 AND s.taken_at < $2
    ORDER BY s.portfolio_id, date_trunc('day', s.taken_at, 'UTC'), s.taken_at DESC),
  returns AS (
    SELECT c.portfolio_id, c.day, c.value,
      c.value / coalesce(lag(c.value) OVER (PARTITION BY c.portfolio_id ORDER BY c.day), past.last_value) - 1 AS daily
    FROM closes c LEFT JOIN past_returns past ON past.portfolio_id = c.portfolio_id WHERE c.value > 0)
  SELECT portfolio_id, count(daily)::integer, coalesce(avg(daily), 0), coalesce(var_pop(daily) * count(daily), 0),
    (array_agg(value ORDER BY day DESC))[1]
  FROM returns GROUP BY portfolio_id
  ON CONFLICT (portfolio_id) DO UPDATE SET
    days = p.days + excluded.days,
    mean = coalesce((p.mean * p.days + excluded.mean * excluded.days) / nullif(p.days + excluded.days, 0), 0),
    squares = p.squares + excluded.squares
      + coalesce((excluded.mean - p.mean) ^ 2 * p.days * excluded.days / nullif(p.days + excluded.days, 0), 0),
    last_value = excluded.last_value`;
