import type { EntityManager } from 'typeorm';
import type { BulkColumn } from '../../platform/database/bulk-column.js';
import { arrays, unnest } from '../../platform/database/bulk-values.js';
import type { HeldBefore, PositionRow } from './book-rows.js';

type ChangedRow = PositionRow & { readonly held: HeldBefore };

const CHANGED: readonly BulkColumn<ChangedRow>[] = [
  { name: 'portfolio_id', type: 'uuid', value: (row) => row.portfolio_id },
  { name: 'symbol', type: 'text', value: (row) => row.symbol },
  { name: 'held_until', type: 'timestamptz', value: (row) => row.held.until },
  { name: 'closed_at', type: 'timestamptz', value: (row) => row.updated_at },
  { name: 'equity', type: 'numeric', value: (row) => row.held.ended?.equity ?? null },
  { name: 'taken_over', type: 'boolean', value: (row) => row.held.ended?.taken_over ?? null },
];

/**
 * Records the hours that perpetual positions were held before they change, as they were: their funding is owed, whatever
 * becomes of the position. Of one that is closed and owes something, how it ended is kept. Hours that were recorded and
 * turn out to have ended after the close are taken back. One statement, before the positions are written; none when no
 * perpetual position changes.
 */
export async function recordHeldHours(manager: EntityManager, rows: readonly PositionRow[]): Promise<void> {
  const changed = rows.filter((row): row is ChangedRow => row.held !== null);
  if (changed.length === 0) return;
  await manager.query(
    `WITH changed AS (
       SELECT c.*, s.opened_at, s.side, s.quantity, s.funding_until
       FROM ${unnest(CHANGED)} AS c (${CHANGED.map(({ name }) => name).join(', ')})
       JOIN positions s ON s.portfolio_id = c.portfolio_id AND s.symbol = c.symbol AND s.funding_until IS NOT NULL),
     recorded AS (
       INSERT INTO funding_hours (portfolio_id, symbol, hour, opened_at, quantity)
       SELECT c.portfolio_id, c.symbol, hour, c.opened_at, CASE c.side WHEN 'short' THEN -c.quantity ELSE c.quantity END
       FROM changed c, generate_series(c.funding_until + interval '1 hour', c.held_until, interval '1 hour') AS hour
       ON CONFLICT DO NOTHING RETURNING portfolio_id, symbol),
     taken_back AS (
       DELETE FROM funding_hours f USING changed c
       WHERE f.portfolio_id = c.portfolio_id AND f.symbol = c.symbol AND f.opened_at = c.opened_at
         AND f.hour > c.held_until AND f.settled_at IS NULL)
     INSERT INTO closed_positions (portfolio_id, symbol, opened_at, closed_at, equity, taken_over)
     SELECT c.portfolio_id, c.symbol, c.opened_at, c.closed_at, c.equity, c.taken_over FROM changed c
     WHERE c.equity IS NOT NULL AND (
       EXISTS (SELECT 1 FROM recorded r WHERE r.portfolio_id = c.portfolio_id AND r.symbol = c.symbol)
       OR EXISTS (SELECT 1 FROM funding_hours f WHERE f.portfolio_id = c.portfolio_id AND f.symbol = c.symbol
         AND f.opened_at = c.opened_at AND f.hour <= c.held_until AND f.settled_at IS NULL))`,
    arrays(CHANGED, changed),
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
     INSERT INTO funding_hours (portfolio_id, symbol, hour, opened_at, quantity)
     SELECT portfolio_id, symbol, hour, opened_at, CASE side WHEN 'short' THEN -quantity ELSE quantity END
     FROM held, generate_series(since + interval '1 hour', until, interval '1 hour') AS hour
     ON CONFLICT DO NOTHING`,
    [portfolioId, now],
  );
}
