import type { Client } from 'pg';
import { RETAINED_FROM } from './retained-history.store.js';

const DAY_MS = 86_400_000;

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
