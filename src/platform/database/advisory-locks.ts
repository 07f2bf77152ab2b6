/**
 * Numbers of our advisory locks. The whole database shares them, so all stand here and none occurs twice. Never reuse a
 * number: a process of another version may hold it.
 */
export const ADVISORY_LOCK = {
  /** One process changes the schema: migrations, seeds, roles. */
  schema: 7_262_663,
  /** One process values the instances. */
  valuation: 7_262_664,
  /** One process creates or drops a replay's database. */
  replayDatabase: 7_262_665,
  /** One process computes statistics. */
  statistics: 7_262_666,
  /** One process checks the invariants. */
  invariants: 7_262_667,
  /** One process creates partitions: in `ensure_month_partitions` (migrations/1764000000000-partition-history.ts). */
  partitions: 7_262_668,
  /** One process drops months of the history. */
  pruning: 7_262_669,
} as const;
