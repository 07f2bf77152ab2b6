import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { RateLimit } from './rate-limit.entity.js';

/** The database's clock in the unit of the table: ms since the epoch. */
export const DATABASE_NOW_MS = `(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;

export interface CounterOptions {
  /** Prefix of the keys; unique among the counters. */
  readonly name: string;
  readonly points: number;
  /** Length of a window; it begins with the first point. */
  readonly windowSeconds: number;
}

export interface Count {
  /** Points in this window, the added ones included. */
  readonly points: number;
  /** Ms until the window ends. */
  readonly msLeft: number;
}

/**
 * Counts points per key in windows of fixed length, in PostgreSQL, so that all replicas count together. Windows follow
 * the database's clock, so a replica with a wrong clock neither shortens nor extends one; libraries such as
 * rate-limiter-flexible use the clock of the process. Each call is one statement and fails like any other while the
 * database is down.
 */
export class Counter {
  readonly limit: number;
  private readonly name: string;
  private readonly windowMs: number;

  constructor(
    private readonly database: DataSource,
    options: CounterOptions,
  ) {
    this.limit = options.points;
    this.name = options.name;
    this.windowMs = options.windowSeconds * 1000;
  }

  /**
   * Adds points, even beyond the limit. The first ones after the end of a window start the next.
   * @param key at most 200 characters.
   */
  async add(key: string, points = 1): Promise<Count> {
    // excluded.expire - $3 is the time of this call: both columns must compare the old window with the same time.
    const [row] = await this.database.query<{ points: number; ms_left: number }[]>(
      `INSERT INTO rate_limits AS kept (key, points, expire)
         VALUES ($1, $2, ${DATABASE_NOW_MS} + $3)
       ON CONFLICT (key) DO UPDATE SET
         points = excluded.points + CASE WHEN kept.expire <= excluded.expire - $3 THEN 0 ELSE kept.points END,
         expire = CASE WHEN kept.expire <= excluded.expire - $3 THEN excluded.expire ELSE kept.expire END
       RETURNING points, greatest(0, expire - ${DATABASE_NOW_MS})::integer AS ms_left`,
      [this.keyOf(key), points, this.windowMs],
    );
    return { points: row!.points, msLeft: row!.ms_left };
  }

  /** Takes back a point that turned out not to count. Does nothing when its window is over. */
  async takeBack(key: string): Promise<void> {
    await this.database.query(
      `UPDATE rate_limits SET points = greatest(0, points - 1) WHERE key = $1 AND expire > ${DATABASE_NOW_MS}`,
      [this.keyOf(key)],
    );
  }

  async clear(key: string): Promise<void> {
    await this.database.manager.delete(RateLimit, { key: this.keyOf(key) });
  }

  /** The same for all keys that begin so. */
  async clearAll(prefix: string): Promise<void> {
    await this.database.query(`DELETE FROM rate_limits WHERE starts_with(key, $1)`, [this.keyOf(prefix)]);
  }

  private keyOf(key: string): string {
    return `${this.name}:${key}`;
  }
}

const EVERY_MS = 10 * 60_000;

/** Removes expired counters, so that the table does not grow with every address that ever connected. */
@Injectable()
export class ExpiredCounters {
  constructor(private readonly database: DataSource) {}

  @Interval(EVERY_MS)
  async remove(): Promise<void> {
    await this.database.query(`DELETE FROM rate_limits WHERE expire <= ${DATABASE_NOW_MS}`);
  }
}
