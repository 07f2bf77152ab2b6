import type { Count } from './counter.js';

export interface RateLimitStatus {
  readonly admitted: boolean;
  readonly limit: number;
  /** Requests left to the caller, as far as this process knows. */
  readonly remaining: number;
  /** Whole seconds until the window ends, at least 1. */
  readonly resetSeconds: number;
}

/** Points that this process has booked for a caller and not spent yet. */
interface TokenBatch {
  booked: number;
  /** Points left to all processes when these were booked. */
  readonly unbooked: number;
  /** End of the window on the monotonic clock, ms. */
  readonly until: number;
}

/** One booking takes this part of the limit: a twentieth. */
const BATCH_FRACTION = 20;
/** Callers to remember. Above it the longest known is dropped, which loses its booked points. */
const MOST_CALLERS = 20_000;

/**
 * Spends points without a query for each: a process books a twentieth of the limit at a time and spends it locally.
 * Booked points are gone for the other processes, so that together they never admit more than the limit in a window. A
 * caller may be refused early while other processes still hold booked points: with n processes, by up to (n - 1)
 * twentieths of the limit. Limits below 40 are booked one by one and are exact.
 */
export class TokenBatches {
  private readonly allowances = new Map<string, TokenBatch>();
  private readonly bookings = new Map<string, Promise<void>>();
  private readonly batch: number;

  /**
   * @param book adds points to the shared counter.
   * @param now a monotonic clock, in ms.
   */
  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
    private readonly book: (key: string, points: number) => Promise<Count>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.batch = Math.max(1, Math.floor(limit / BATCH_FRACTION));
  }

  /**
   * Spends one point.
   * @throws the error of `book` when points must be booked and the shared counter does not answer.
   */
  async spend(key: string): Promise<RateLimitStatus> {
    for (;;) {
      const allowance = this.allowances.get(key);
      const now = this.now();
      if (allowance && allowance.until > now) {
        if (allowance.booked > 0) {
          allowance.booked -= 1;
          return this.status(allowance, true, now);
        }
        if (allowance.unbooked === 0) return this.status(allowance, false, now);
      }
      await this.bookOnce(key);
    }
  }

  /** One booking at a time per caller: a hundred requests at once must not book a hundred times. */
  private bookOnce(key: string): Promise<void> {
    const running = this.bookings.get(key);
    if (running) return running;
    const booking = this.bookMore(key).finally(() => this.bookings.delete(key));
    this.bookings.set(key, booking);
    return booking;
  }

  private async bookMore(key: string): Promise<void> {
    const { points, msLeft } = await this.book(key, this.batch);
    const before = points - this.batch;
    const booked = Math.max(0, Math.min(this.batch, this.limit - before));
    const until = this.now() + Math.min(msLeft, this.windowMs);
    // Reinsert at the end of the map, so that its first entry is the one booked longest ago.
    this.allowances.delete(key);
    this.allowances.set(key, { booked, unbooked: Math.max(0, this.limit - points), until });
    if (this.allowances.size > MOST_CALLERS) this.forgetOldest();
  }

  private forgetOldest(): void {
    const oldest = this.allowances.keys().next();
    if (!oldest.done) this.allowances.delete(oldest.value);
  }

  private status(allowance: TokenBatch, admitted: boolean, now: number): RateLimitStatus {
    return {
      admitted,
      limit: this.limit,
      remaining: allowance.booked + allowance.unbooked,
      resetSeconds: Math.max(1, Math.ceil((allowance.until - now) / 1000)),
    };
  }
}
