import type { DataSource, EntityManager } from 'typeorm';
import { PgClientWithDeadline } from './pg-client-with-deadline.js';

/** Added to the limit of the statement, for the round trip to the server. */
const MARGIN_MS = 10_000;

/**
 * Runs a transaction that sees one snapshot of the database and whose statements may each take `limitMs`, instead of
 * the usual limit. Rolls back when `work` throws.
 * @param signal cancels it at once, even during a statement: it is rolled back, the server stops working on it, and the
 *   reason of the signal is thrown.
 */
export async function longTransaction<T>(
  dataSource: DataSource,
  limitMs: number,
  work: (manager: EntityManager) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const runner = dataSource.createQueryRunner();
  const client: unknown = await runner.connect();
  const bounded = client instanceof PgClientWithDeadline ? client : null;
  bounded?.waitUpTo(limitMs + MARGIN_MS);
  let ended: Promise<void> | null = null;
  const end = (): void => {
    if (bounded) ended = endSession(dataSource, bounded);
  };
  signal?.addEventListener('abort', end);
  try {
    signal?.throwIfAborted();
    await runner.startTransaction('REPEATABLE READ');
    try {
      await runner.query(`SET LOCAL statement_timeout = ${Math.round(limitMs)}`);
      const result = await work(runner.manager);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // A broken connection has nothing to roll back; report the error that broke it.
      await runner.rollbackTransaction().catch(() => undefined);
      signal?.throwIfAborted();
      throw error;
    }
  } finally {
    signal?.removeEventListener('abort', end);
    bounded?.waitAsUsual();
    await runner.release();
    await ended;
  }
}

/**
 * Destroys a connection, so that nothing waits for its answer, and has the server end its session: the server would
 * notice only when it next sends something. Ending the session works at any moment, while a cancel would come too early
 * for a statement that is still on its way.
 */
async function endSession(dataSource: DataSource, client: PgClientWithDeadline): Promise<void> {
  client.breakOff('given up');
  // If the server cannot be reached, its statement timeout ends the statement.
  await dataSource.query(`SELECT pg_terminate_backend($1)`, [client.serverProcess]).catch(() => undefined);
}
