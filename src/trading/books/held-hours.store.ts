import type { EntityManager } from 'typeorm';
import { bulkValues } from '../../platform/database/bulk-statements.js';
import type { Row } from '../../platform/database/row.js';
import { ClosedPosition } from './closed-position.entity.js';

/** A perpetual position as it was before a change: its hours up to then are owed as it was. */
export interface HeldBefore extends Pick<Row<ClosedPosition>, 'portfolio_id' | 'symbol' | 'closed_at'> {
  /** Hours that end after it do not count. */
  readonly until: Date;
  /** How it ended; null: it is open still. */
  readonly equity: string | null;
  readonly taken_over: boolean | null;
}

/**
 * Records the hours after `since` up to `until` for the rows of `held`, a part of the statement before it with key, opening,
 * side and quantity of positions. An hour that is there stays as it is.
 */
export const INSERT_HELD_HOURS = `
  INSERT INTO funding_hours (portfolio_id, symbol, hour, opened_at, quantity)
  SELECT h.portfolio_id, h.symbol, hour, h.opened_at, CASE h.side WHEN 'short' THEN -h.quantity ELSE h.quantity END
  FROM held h, generate_series(h.since + interval '1 hour', h.until, interval '1 hour') AS hour
  ON CONFLICT DO NOTHING`;

/**
 * Records the hours that perpetual positions were held before they change, as they were: their funding is owed, whatever
 * becomes of the position. Of one that is closed and owes something, how it ended is kept. Hours that were recorded and
 * turn out to have ended after the close are taken back. One statement, before the positions are written; none when no
 * perpetual position changes.
 */
export async function recordHeldHours(manager: EntityManager, changed: readonly HeldBefore[]): Promise<void> {
  if (changed.length === 0) return;
  const { unnest, names, parameters } = bulkValues(manager, ClosedPosition, changed, {
    others: { until: 'timestamptz' },
  });
  await manager.query(
    `WITH held AS (
       SELECT c.*, s.opened_at, s.side, s.quantity, s.funding_until AS since
       FROM ${unnest} AS c (${names})
       JOIN positions s ON s.portfolio_id = c.portfolio_id AND s.symbol = c.symbol AND s.funding_until IS NOT NULL),
     recorded AS (${INSERT_HELD_HOURS} RETURNING portfolio_id, symbol),
     taken_back AS (
       DELETE FROM funding_hours f USING held h
       WHERE f.portfolio_id = h.portfolio_id AND f.symbol = h.symbol AND f.opened_at = h.opened_at
         AND f.hour > h.until AND f.settled_at IS NULL)
     INSERT INTO closed_positions (portfolio_id, symbol, opened_at, closed_at, equity, taken_over)
     SELECT h.portfolio_id, h.symbol, h.opened_at, h.closed_at, h.equity, h.taken_over FROM held h
     WHERE h.equity IS NOT NULL AND (
       EXISTS (SELECT 1 FROM recorded r WHERE r.portfolio_id = h.portfolio_id AND r.symbol = h.symbol)
       OR EXISTS (SELECT 1 FROM funding_hours f WHERE f.portfolio_id = h.portfolio_id AND f.symbol = h.symbol
         AND f.opened_at = h.opened_at AND f.hour <= h.until AND f.settled_at IS NULL))`,
    parameters,
  );
}

/**
 * Records the hours up to now that an instance has held a perpetual position: nobody looks at it after this, but those hours
 * are owed. The caller holds a lock on the instance's row. On spot, with nothing held or a second time it records nothing.
 */
export async function recordHoursUntil(manager: EntityManager, portfolioId: string, now: Date): Promise<void> {
  await manager.query(
    `WITH held AS (
       UPDATE positions t SET funding_until = date_trunc('hour', $2::timestamptz, 'UTC')
       FROM positions s
       WHERE s.portfolio_id = $1 AND s.funding_until <= $2::timestamptz - interval '1 hour'
         AND t.portfolio_id = s.portfolio_id AND t.symbol = s.symbol
       RETURNING s.portfolio_id, s.symbol, s.opened_at, s.side, s.quantity, s.funding_until AS since, t.funding_until AS until)
     ${INSERT_HELD_HOURS}`,
    [portfolioId, now],
  );
}
