import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';

export const COUNTERS_TABLE = 'rate_limits';

export interface CounterOptions {
  /** What is counted; no two counters have the same. */
  readonly name: string;
  /** Most points in a window. */
  readonly points: number;
  /** Length of a window; it begins with the first point. */
  readonly windowSeconds: number;
}

/** What a counter says after points were added. */
export interface Count {
  /** Points in this window, the added ones included. */
  readonly points: number;
  /** Until the window ends. */
  readonly msLeft: number;
}

/**
 * Counts points per key in windows of fixed length, in PostgreSQL, so that all replicas count together. Each call is
 * one statement, and it fails as any statement does when the database is away. Windows follow the clocks of
 * the replicas: where those differ, a window is that much shorter or longer.
 */
export class Counter {
  private readonly limiter: RateLimiterPostgres;
  readonly limit: number;

  constructor(database: DataSource, options: CounterOptions) {
    this.limit = options.points;
    this.limiter = new RateLimiterPostgres({
      storeClient: database,
      storeType: 'typeorm',
      tableName: COUNTERS_TABLE,
      tableCreated: true,
      // It would leave a timer behind for each counter; see expired-counters.ts.
      clearExpiredByTimeout: false,
      keyPrefix: options.name,
      points: options.points,
      duration: options.windowSeconds,
    });
  }

  /** Adds points, also beyond the limit. @param key at most 200 characters. */
  async add(key: string, points = 1): Promise<Count> {
    const { consumedPoints, msBeforeNext } = await this.limiter.consume(key, points).catch((refusal: unknown) => {
      if (refusal instanceof RateLimiterRes) return refusal;
      throw refusal;
    });
    return { points: consumedPoints, msLeft: msBeforeNext };
  }

  /** Takes a point back that turned out not to count. */
  async takeBack(key: string): Promise<void> {
    await this.limiter.reward(key, 1);
  }

  /** Forgets the key. */
  async clear(key: string): Promise<void> {
    await this.limiter.delete(key);
  }
}
