/**
 * How long an answer of an outside API is used before it is asked again, ms. Far below the ages that a value may have
 * (`freshness.ts`): a source that goes down is seen soon, and a new value comes in soon after it is published.
 */
export const CACHE_MS = {
  /** Definitions that run in the same moment share a price. */
  price: 5000,
  /** At most; when a candle closes, the candles are asked for anew. */
  candles: 60_000,
  /** One value a day, published some time after midnight UTC. */
  sentiment: 10 * 60_000,
  /** Published on working days. */
  fred: 60 * 60_000,
  /** One value a day, published some hours after midnight UTC. */
  chain: 30 * 60_000,
} as const;
