import type { Count } from './counter.js';

/** How a caller stands in the present window. */
export interface RateLimitStatus {
  readonly admitted: boolean;
  readonly limit: number;
  /** Requests that are left to the caller, as far as this process knows. */
  readonly remaining: number;
  /** Until the window ends, whole seconds, at least 1. */
  readonly resetSeconds: number;
}

/** Points that this process has booked for a caller and not spent yet. */
interface TokenBatch {
  booked: number;
  /** Left to all processes when the points were booked. */
  readonly unbooked: number;
  /** On the monotonic clock, ms. */
  readonly until: number;
}

/** What of a limit is booked at once. */
const BATCH_FRACTION = 20;
/** Callers that are remembered; the longest known is forgotten first, which costs it what was booked. */
const MOST_CALLERS = 20_000;

/**
 * Spends points without asking the database for each: a process books a twentieth of the limit at a time and spends
 * it by itself. What is booked is gone for the other processes, so that together they never admit more than the
 * limit in a window; but a caller may be refused while other processes still hold booked points: with n
 * processes up to (n - 1) twentieths of the limit early. Limits below 40 are booked one by one and are exact.
 */
export class TokenBatches {
  private readonly allowances = new Map<string, TokenBatch>();
  private readonly bookings = new Map<string, Promise<void>>();
  private readonly batch: number;

  /**
   * @param book adds points to the shared counter.
   * @param now ms of a clock that never goes back.
   */
  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
    private readonly book: (key: string, points: number) => Promise<Count>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.batch = Math.max(1, Math.floor(limit / BATCH_FRACTION));
  }

  /** Spends one point. Fails when the shared counter is needed and does not answer. */
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

  /** One booking at a time for a caller: a hundred requests at once must not book a hundred times. */
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
    // To the end of the map, so that the first is the one booked longest ago.
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
