/** When a decision agent is cut off. */
export interface DecisionLimits {
  /** Milliseconds for all decisions of a batch; who is at it then is suspected. */
  readonly batchMs: number;
  /**
   * Milliseconds that a suspect gets for its decision alone, and once or twice more where the machine was busy with
   * something else: an overloaded machine must not condemn an innocent.
   */
  readonly aloneMs: number;
  /** Bytes by which the heap may grow in a batch; who is at it then gets no second try, which could end the process. */
  readonly heapBytes: number;
  /** How many decisions of a batch may be condemned; what is not decided by then fails. */
  readonly condemned: number;
  /**
   * Milliseconds of the processor for a whole batch of decisions of which none is condemned, but many are slow; what is
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
  condemned: 20,
  totalMs: 12_000,
};
