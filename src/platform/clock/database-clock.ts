import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Clock } from '../../domain/clock.js';

/** Re-synchronised this often; two clocks drift by far less than a millisecond in that time. */
const SYNC_EVERY_MS = 30_000;

/**
 * The database's clock, so that all replicas agree however wrong their own clocks are: an offset to the
 * process's monotonic clock, measured at the start and again every 30 s.
 */
@Injectable()
export class DatabaseClock implements Clock {
  private offsetMs = Date.now() - performance.now();
  private syncedAt = Number.NEGATIVE_INFINITY;
  private last = 0;

  constructor(private readonly database: DataSource) {}

  now(): Date {
    this.last = Math.max(this.last, Math.round(performance.now() + this.offsetMs));
    return new Date(this.last);
  }

  /** Asks the database for its time when the last answer is older than 30 s; cheap otherwise. */
  async synchronise(): Promise<void> {
    const before = performance.now();
    if (before - this.syncedAt < SYNC_EVERY_MS) return;
    const [row] = await this.database.query<{ ms: string }[]>(
      `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::text AS ms`,
    );
    const after = performance.now();
    // The answer was made somewhere between the two readings: the middle is wrong by half a round trip at most.
    this.offsetMs = Number(row!.ms) - (before + after) / 2;
    this.syncedAt = after;
  }
}
