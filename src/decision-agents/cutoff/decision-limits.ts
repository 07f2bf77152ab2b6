/** When a decision agent is cut off. */
export interface DecisionLimits {
  /** Time budget of a batch in ms. The instance running when it expires is retried alone. */
  readonly batchMs: number;
  /**
   * Milliseconds for a decision that is retried alone, tried once or twice more where the machine was busy with something
   * else: an overloaded machine must not fail a sound agent.
   */
  readonly aloneMs: number;
  /** Bytes by which the heap may grow in a batch; who is at it then gets no second try, which could end the process. */
  readonly heapBytes: number;
  /** How many decisions of a batch may be timed out; what is not decided by then fails. */
  readonly timedOut: number;
  /**
   * Milliseconds of the processor for a whole batch of decisions of which none is timed out, but many are slow; what is
   * not decided by then fails, so that a transaction is not held for minutes.
   */
  readonly totalMs: number;
}

/**
 * A decision takes microseconds: a thousand of them are far from the first limit, and one is a thousand times away from
 * the second. At worst a batch takes 12 s of the
 * processor and one decision more, which is less than the database waits for.
 */
export const DECISION_LIMITS: DecisionLimits = {
  batchMs: 100,
  aloneMs: 500,
  heapBytes: 64 * 1024 * 1024,
  timedOut: 20,
  totalMs: 12_000,
};
