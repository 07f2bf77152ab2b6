import type { Clock } from '../../domain/clock.js';

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
