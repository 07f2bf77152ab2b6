import type { DataSource } from 'typeorm';
import { APPLICATION_NAME } from './data-source-options.js';
import { STATEMENT_TIMEOUT_MS } from './session-limits.js';

/**
 * Ends sessions of this program that wait for their process in the middle of a statement for longer than a statement may
 * take: it was stopped while it sent a COPY, or while it read rows. The server's own limits do not reach them, as it obeys
 * those between two messages only, and the system of a stopped process goes on to answer for it; the locks of such a
 * session would be held until the process wakes up. When it does, it finds its connection lost and its work undone.
 * @returns how many were ended; a second call finds none.
 */
export async function endStuckSessions(dataSource: DataSource, stuckForMs = STATEMENT_TIMEOUT_MS): Promise<number> {
  const [row] = await dataSource.query<{ ended: number }[]>(
    `SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))::integer AS ended FROM pg_stat_activity
     WHERE datname = current_database() AND usename = current_user AND application_name = $1
       AND state = 'active' AND wait_event_type = 'Client'
       AND query_start < clock_timestamp() - $2 * interval '1 millisecond'`,
    [APPLICATION_NAME, stuckForMs],
  );
  return row?.ended ?? 0;
}
