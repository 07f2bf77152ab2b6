import type { Clock } from '../../domain/clock.js';

interface Fetch<T> {
  /** When the question went out, ms: an answer is as old as its question. */
  readonly askedAt: number;
  readonly answer: Promise<T>;
}

/**
 * Answers of outside APIs, kept for a while. However many ask for the same at once, one question goes out, and all get its
 * answer or its failure. A failure is not kept: whoever asks later asks anew.
 */
export class FetchCache<T> {
  private readonly fetches = new Map<string, Fetch<T>>();

  constructor(private readonly clock: Clock) {}

  /**
   * @param maxAgeMs an answer that was asked for longer ago is fetched again.
   * @throws what `fetch` throws.
   */
  get(key: string, maxAgeMs: number, fetch: () => Promise<T>): Promise<T> {
    const now = this.clock.now().getTime();
    const known = this.fetches.get(key);
    if (known && now - known.askedAt <= maxAgeMs) return known.answer;
    const begun: Fetch<T> = { askedAt: now, answer: fetch() };
    this.fetches.set(key, begun);
    begun.answer.catch(() => {
      if (this.fetches.get(key) === begun) this.fetches.delete(key);
    });
    return begun.answer;
  }
}
