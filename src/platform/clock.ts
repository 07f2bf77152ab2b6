import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Clock } from '../domain/clock.js';

/** Synchronised this often; two clocks drift by far less than a millisecond in that time. */
const SYNC_EVERY_MS = 30_000;

/** An answer that took longer is wrong by up to half of that, and no better than the offset that is there. */
const LONGEST_ROUND_TRIP_MS = 1000;

/**
 * The database's clock, so that all replicas agree however wrong their own clocks are: an offset to the
 * process's monotonic clock, measured before anything asks for the time and every 30 s after that.
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

  /** @throws Error before the first {@link synchronise}: this machine's own clock is never an answer. */
  now(): Date {
    if (this.offsetMs === null) throw new Error('The clock has not been synchronised with the database yet.');
    this.last = Math.max(this.last, Math.round(performance.now() + this.offsetMs));
    return new Date(this.last);
  }

  /** Asks the database for its time. An answer that was long on its way counts only where there is no offset yet. */
  async synchronise(): Promise<void> {
    const before = performance.now();
    const [row] = await this.database.query<{ ms: string }[]>(
      `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::text AS ms`,
    );
    const after = performance.now();
    if (this.offsetMs !== null && after - before > LONGEST_ROUND_TRIP_MS) return;
    // The answer was made somewhere between the two readings: the middle is wrong by half a round trip at most.
    this.offsetMs = Number(row!.ms) - (before + after) / 2;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      // While the database is away the last offset holds; the next half minute tries again.
      this.synchronise().catch(this.onError);
    }, SYNC_EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}

/** A clock that stands still until it is set; for the replay command and for tests. */
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

  /** Moves on by so many milliseconds. */
  advance(ms: number): void {
    this.set(new Date(this.time.getTime() + ms));
  }
}
