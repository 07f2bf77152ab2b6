import type { DataSource } from 'typeorm';
import { longTransaction } from '../platform/database/long-transaction.js';
import type { InvariantResult } from './invariant-check.entity.js';
import { findViolations } from './invariant-check.store.js';
import { INVARIANTS, type Invariant } from './invariants.js';

export interface CheckOptions {
  /** What older runs, orders, trades and snapshots hold is left out, but not the sums over the ledger; null: nothing is. */
  readonly since?: Date | null;
  /** Ends the check at once, also in the middle of a statement: its reason is thrown. */
  readonly signal?: AbortSignal;
}

const EXAMPLES = 5;
/** Against a statement that never ends; a whole check of years may need minutes for one. */
const LONGEST_STATEMENT_MS = 3_600_000;

/**
 * Checks all invariants, each in a consistent view of the database. It takes time on a large one, and nothing waits
 * for it: each has a transaction of its own, so that no lock and no old row is held longer than for one statement.
 * @returns one result for each invariant, in their order.
 */
export async function checkInvariants(
  dataSource: DataSource,
  { since = null, signal }: CheckOptions = {},
): Promise<InvariantResult[]> {
  const results: InvariantResult[] = [];
  for (const invariant of INVARIANTS) {
    results.push(await checkOne(dataSource, invariant, since, signal));
  }
  return results;
}

async function checkOne(
  dataSource: DataSource,
  invariant: Invariant,
  since: Date | null,
  signal: AbortSignal | undefined,
): Promise<InvariantResult> {
  const { violations, examples } = await longTransaction(
    dataSource,
    LONGEST_STATEMENT_MS,
    (manager) => findViolations(manager, invariant, since, EXAMPLES),
    signal,
  );
  const { name, forbids } = invariant;
  return { name, forbids, violations, examples };
}
