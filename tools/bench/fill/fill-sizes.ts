/** How much the bench fills in. */
export interface FillSizes {
  /** Traders; they share the instances evenly. */
  readonly users: number;
  readonly instances: number;
  /** Runs of each definition; every instance takes part in each of its definition's. */
  readonly runs: number;
  /** Trades of an instance; half of the instances have one more or less, so that half of all hold a position. */
  readonly tradesEach: number;
}

const USERS = 100;

/**
 * The sizes for a number of instances, executions and trades in all. What does not divide evenly is rounded up for
 * executions and down for trades; an instance cannot trade in every run.
 */
export function fillSizes(instances: number, executions: number, trades: number): FillSizes {
  const runs = Math.max(1, Math.ceil(executions / instances));
  const tradesEach = Math.max(0, Math.min(Math.floor(trades / instances), runs - 2));
  return { users: Math.min(USERS, instances), instances, runs, tradesEach };
}
