import type { EntityManager } from 'typeorm';
import { PgClientWithDeadline } from './pg-client-with-deadline.js';

/**
 * Statements that were sent so far over the connection of a transaction.
 * @throws Error where the connections are not those of a running process: they count nothing.
 */
export async function statementsSentIn(manager: EntityManager): Promise<number> {
  const client: unknown = await manager.queryRunner?.connect();
  if (!(client instanceof PgClientWithDeadline)) throw new Error('This connection does not count its statements.');
  return client.statementsSent;
}
