import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Clock } from '../domain/clock.js';

/** Two clocks drift by far less than a millisecond in this time. */
const SYNC_EVERY_MS = 30_000;

/** A slower answer is off by up to half its duration, no better than the present offset. */
const LONGEST_ROUND_TRIP_MS = 1000;

/**
 * The database's clock, so that all replicas agree however wrong their own clocks are. It is an offset to the process's
 * monotonic clock, measured before the first use and every 30 s after that.
 */
@Injectable()
export class DatabaseClock implements Clock, OnApplicationBootstrap, OnApplicationShutdown {
  private offsetMs: number | null = null;
  private last = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly onError: (error: Error) => void,
  ) {}

  /** @throws Error before the first {@link synchronise}: there is no fallback to this machine's clock. */
  now(): Date {
    if (this.offsetMs === null) throw new Error('The clock has not been synchronised with the database yet.');
    this.last = Math.max(this.last, Math.round(performance.now() + this.offsetMs));
    return new Date(this.last);
  }

  /** Reads the database's time. A slow answer counts only while there is no offset yet. */
  async synchronise(): Promise<void> {
    const before = performance.now();
    const [row] = await this.database.query<{ ms: string }[]>(
      `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::text AS ms`,
    );
    const after = performance.now();
    if (this.offsetMs !== null && after - before > LONGEST_ROUND_TRIP_MS) return;
    // The database answered between the two readings; the midpoint is off by half a round trip at most.
    this.offsetMs = Number(row!.ms) - (before + after) / 2;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      // The last offset stays valid while the database is down; the next interval retries.
      this.synchronise().catch(this.onError);
    }, SYNC_EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}

/** A clock that changes only when it is set; for replays and tests. */
export class VirtualClock implements Clock {
  constructor(private time: Date) {}

  now(): Date {
    return new Date(this.time);
  }

  /** @throws Error when the time would go backwards. */
  set(time: Date): void {
    if (time < this.time) throw new Error('A clock does not go backwards.');
    this.time = new Date(time);
  }

  advance(ms: number): void {
    this.set(new Date(this.time.getTime() + ms));
  }
}
