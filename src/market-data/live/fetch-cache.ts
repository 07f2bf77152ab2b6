import type { Clock } from '../../domain/clock.js';
import type { SharedFetches } from './shared-fetches.js';

interface Fetch<T> {
  /** When the request was sent, ms: an answer is as old as its request. */
  askedAt: number;
  readonly answer: Promise<T>;
}

/**
 * Cached answers of outside APIs. Concurrent callers with the same key, in all processes, share one request and its
 * answer or failure. A failure is not cached: the next caller fetches again.
 */
export class FetchCache<T> {
  private readonly fetches = new Map<string, Fetch<T>>();

  /** @param shared null: this process fetches for itself. */
  constructor(
    private readonly clock: Clock,
    private readonly shared: SharedFetches | null,
  ) {}

  /**
   * @param key identifies the request, equal in all processes.
   * @param maxAgeMs answers to older requests are fetched again.
   * @param fetch returns plain JSON.
   * @throws the error of `fetch`, or SharedFetchFailed if another process made the request.
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

  /** The newest answer of any process, of any age; null when nothing is shared. */
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
 * How long an answer of an outside API is used before the next request, ms. Far below the age limits of values
 * (`freshness.ts`), so that an outage and a new value are both noticed soon.
 */
export const CACHE_MS = {
  /** Definitions that run at the same time share a price. */
  price: 5000,
  /** Upper limit; after a candle closes, candles are fetched again. */
  candles: 60_000,
  /** One value per day, published some time after midnight UTC. */
  sentiment: 10 * 60_000,
  /** Published on working days. */
  fred: 60 * 60_000,
  /** One value per day, published some hours after midnight UTC. */
  chain: 30 * 60_000,
} as const;
