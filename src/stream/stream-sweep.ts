import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type Clock, CLOCK } from '../domain/clock.js';
import { LOGGER, type Logger } from '../platform/logging/logger.js';
import { EventStore, KEPT_MS, type Position } from './events/event.store.js';
import { TicketsStore } from './tickets/tickets.store.js';

const EVERY_MS = 10 * 60_000;
/** For a stream that has just resumed at the oldest stored event and has not read it yet. */
const GRACE_MS = 5 * 60_000;

/** Removes events older than an hour, and expired tickets. Safe in several processes at once. */
@Injectable()
export class StreamSweep {
  /** Horizon of the previous sweep: every open stream has received the events before it. */
  private told: Position | null = null;

  constructor(
    private readonly events: EventStore,
    private readonly tickets: TicketsStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Interval(EVERY_MS)
  async sweep(): Promise<void> {
    const now = this.clock.now();
    try {
      const horizon = await this.events.horizon();
      if (this.told) await this.events.remove(new Date(now.getTime() - KEPT_MS - GRACE_MS), this.told);
      this.told = horizon;
      await this.tickets.removeExpired(now);
    } catch (error) {
      // The next sweep removes the rest.
      this.logger.error({ err: error }, 'stream sweep failed');
    }
  }
}
