import type { EntityManager } from 'typeorm';
import { bulkValues } from '../../platform/database/bulk-statements.js';
import type { Row } from '../../platform/database/row.js';
import { ClosedPosition } from './closed-position.entity.js';

/** A perpetual position before a change; hours up to `until` are owed for this state. */
export interface HeldBefore extends Pick<Row<ClosedPosition>, 'portfolio_id' | 'symbol' | 'closed_at'> {
  /** Hours that end later do not count. */
  readonly until: Date;
  /** Equity at the close, quote currency; null while the position stays open. */
  readonly equity: string | null;
  readonly taken_over: boolean | null;
}

/**
 * Records the hours after `since` up to `until` for the rows of `held`. The statement must define `held` before it, with key,
 * opening, side and quantity of the positions. A recorded hour stays unchanged.
 */
export const INSERT_HELD_HOURS = `
  INSERT INTO funding_hours (portfolio_id, symbol, hour, opened_at, quantity)
  SELECT h.portfolio_id, h.symbol, hour, h.opened_at, CASE h.side WHEN 'short' THEN -h.quantity ELSE h.quantity END
  FROM held h, generate_series(h.since + interval '1 hour', h.until, interval '1 hour') AS hour
  ON CONFLICT DO NOTHING`;

/**
 * Records the hours that perpetual positions were held before this change, with the old side and quantity: their funding is
 * owed even after the position closes. A closed position that owes funding gets a row with its equity at the close. Deletes
 * unsettled hours that ended after `until`. Call it before the positions are written: it reads their old rows.
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
 * Records the hours up to `now` that an instance has held a perpetual position. The monitor skips archived instances, so
 * these hours would otherwise never be owed. The caller holds a lock on the instance's row. Records nothing on spot, without
 * a position, or on a second call.
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
