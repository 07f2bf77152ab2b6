import type { DataSource } from 'typeorm';
import { INVARIANTS } from './invariants.js';

export interface InvariantResult {
  readonly name: string;
  readonly forbids: string;
  readonly violations: number;
  /** Keys of some of the violating rows. */
  readonly examples: readonly string[];
}

const EXAMPLES = 5;

/**
 * Checks all invariants in one consistent view of the database. It takes time on a large one; nothing waits
 * for it. @returns one result for each invariant, in their order.
 * @param signal ends the check before the next invariant: its reason is thrown.
 */
export async function checkInvariants(dataSource: DataSource, signal?: AbortSignal): Promise<InvariantResult[]> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await manager.query(`SET LOCAL statement_timeout = '15min'`);
    const results: InvariantResult[] = [];
    for (const { name, forbids, sql } of INVARIANTS) {
      signal?.throwIfAborted();
      const [row] = await manager.query<{ violations: number; examples: string[] | null }[]>(
        `SELECT count(*)::integer AS violations, (array_agg(id::text))[1:${EXAMPLES}] AS examples FROM (${sql}) AS violating`,
      );
      results.push({ name, forbids, violations: row!.violations, examples: row!.examples ?? [] });
    }
    return results;
  });
}
