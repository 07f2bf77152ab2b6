import type { Clock } from '../../domain/clock.js';
import type { SharedFetches } from './shared-fetches.js';

interface Fetch<T> {
  /** When the question went out, ms: an answer is as old as its question. */
  askedAt: number;
  readonly answer: Promise<T>;
}

/**
 * Answers of outside APIs, kept for a while. However many ask for the same at once, in all processes, one question goes
 * out, and all get its answer or its failure. A failure is not cached: the next caller fetches again.
 */
export class FetchCache<T> {
  private readonly fetches = new Map<string, Fetch<T>>();

  /** @param shared null: this process asks for itself. */
  constructor(
    private readonly clock: Clock,
    private readonly shared: SharedFetches | null,
  ) {}

  /**
   * @param key names the question, in all processes alike.
   * @param maxAgeMs an answer that was asked for longer ago is fetched again.
   * @param fetch answers plain JSON.
   * @throws what `fetch` throws; SharedFetchFailed where another process had asked.
   */
  get(key: string, maxAgeMs: number, fetch: () => Promise<T>): Promise<T> {
    const now = this.clock.now().getTime();
    const known = this.fetches.get(key);
    if (known && now - known.askedAt <= maxAgeMs) return known.answer;
    const begun: Fetch<T> = {
      askedAt: now,
      answer: this.fetch(key, now, maxAgeMs, fetch, (at) => (begun.askedAt = at)),
    };
    this.fetches.set(key, begun);
    begun.answer.catch(() => {
      if (this.fetches.get(key) === begun) this.fetches.delete(key);
    });
    return begun.answer;
  }

  /** The newest answer that another process may have had, of whatever age; null where nothing is shared. */
  async last(key: string): Promise<T | null> {
    return this.shared ? this.shared.last<T>(key) : null;
  }

  private async fetch(
    key: string,
    now: number,
    maxAgeMs: number,
    fetch: () => Promise<T>,
    wasAskedAt: (time: number) => void,
  ): Promise<T> {
    if (!this.shared) return fetch();
    const { answer, askedAt } = await this.shared.get(key, new Date(now - maxAgeMs), new Date(now), fetch);
    wasAskedAt(askedAt.getTime());
    return answer;
  }
}

/**
 * How long an answer of an outside API is used before it is asked again, ms. Far below the ages that a value may have
 * (`freshness.ts`): a source that goes down is seen soon, and a new value comes in soon after it is published.
 */
export const CACHE_MS = {
  /** Definitions that run in the same moment share a price. */
  price: 5000,
  /** At most; when a candle closes, the candles are fetched again. */
  candles: 60_000,
  /** One value a day, published some time after midnight UTC. */
  sentiment: 10 * 60_000,
  /** Published on working days. */
  fred: 60 * 60_000,
  /** One value a day, published some hours after midnight UTC. */
  chain: 30 * 60_000,
} as const;
