/**
 * Numbers of our advisory locks; each lets one process at a time do its work. The whole database shares them, so all
 * stand here and none occurs twice. Never reuse a number: a process of another version may hold it.
 */
export const ADVISORY_LOCK = {
  /** Migrations, seeds and roles. */
  schema: 7_262_663,
  valuation: 7_262_664,
  /** Creating and dropping a replay's database. */
  replayDatabase: 7_262_665,
  statistics: 7_262_666,
  invariants: 7_262_667,
  /** Taken in `ensure_month_partitions` (migrations/1764000000000-partition-history.ts). */
  partitions: 7_262_668,
  pruning: 7_262_669,
} as const;
