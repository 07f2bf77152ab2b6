import type { DataSource, EntityManager } from 'typeorm';
import { PgClientWithDeadline } from './pg-client-with-deadline.js';

/** Beyond the limit of the statement, for the way to the server and back. */
const MARGIN_MS = 10_000;

/**
 * A transaction that sees one moment of the database and whose statements may take as long as `limitMs` each, in place
 * of the limit of all others. It is rolled back when `work` throws.
 * @param signal ends it at once, also in the middle of a statement: it is rolled back, the server works on it no longer,
 *   and the reason of the signal is thrown.
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
      // On a broken connection nothing is left to undo, and what broke it is what must be known.
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
 * Breaks off a connection, so that nobody waits for its answer, and has the server end what it does for it: it would not
 * notice before it has something to say. Ending the session holds whatever moment the server is at, where
 * cancelling the statement would come too early for one that is still on its way.
 */
async function endSession(dataSource: DataSource, client: PgClientWithDeadline): Promise<void> {
  client.breakOff('given up');
  // Where the server cannot be reached, the limit of the statement ends it there.
  await dataSource.query(`SELECT pg_terminate_backend($1)`, [client.serverProcess]).catch(() => undefined);
}
