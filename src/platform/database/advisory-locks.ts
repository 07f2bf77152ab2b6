/**
 * The numbers of our advisory locks, which the whole database shares: all in one place, so that no two are the same
 * by accident. A process of another version may hold them: a number never changes its meaning.
 */
export const ADVISORY_LOCK = {
  /** Migrations, seeds and roles: one process changes the schema. */
  schema: 7_262_663,
  /** One process values the instances. */
  valuation: 7_262_664,
  /** One process makes or removes a replay's database. */
  replayDatabase: 7_262_665,
  /** One process computes statistics. */
  statistics: 7_262_666,
  /** One process checks the invariants. */
  invariants: 7_262_667,
  /** One process makes partitions: in `ensure_month_partitions` (migrations/1764000000000-partition-history.ts). */
  partitions: 7_262_668,
  /** One process drops months of the history. */
  pruning: 7_262_669,
} as const;
