import type { DataSource, EntityManager } from 'typeorm';
import { BoundedClient } from './bounded-client.js';

/** Beyond the limit of the statement, for the way to the server and back. */
const MARGIN_MS = 10_000;

/**
 * A transaction that sees one moment of the database and whose statements may take as long as `limitMs` each, in place
 * of the limit of all others. It is rolled back when `work` throws.
 */
export async function longTransaction<T>(
  dataSource: DataSource,
  limitMs: number,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  const client: unknown = await runner.connect();
  const bounded = client instanceof BoundedClient ? client : null;
  bounded?.waitUpTo(limitMs + MARGIN_MS);
  try {
    await runner.startTransaction('REPEATABLE READ');
    try {
      await runner.query(`SET LOCAL statement_timeout = ${Math.round(limitMs)}`);
      const result = await work(runner.manager);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // On a broken connection nothing is left to undo, and what broke it is what must be known.
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  } finally {
    bounded?.waitAsUsual();
    await runner.release();
  }
}
