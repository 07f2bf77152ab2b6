import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Clock } from '../domain/clock.js';
import { CLOCK } from '../platform/clock/clock.token.js';
import { LOGGER, type Logger } from '../platform/logging/logger.js';
import { EventStore } from './events/event.store.js';
import { TicketsStore } from './tickets/tickets.store.js';

const EVERY_MS = 10 * 60_000;
/** Whoever was away for longer reads everything again. */
const KEPT_MS = 60 * 60_000;

/** Removes events that are an hour old, and tickets that have run out. Two processes at once remove nothing twice. */
@Injectable()
export class StreamSweep {
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
      await this.events.remove(new Date(now.getTime() - KEPT_MS));
      await this.tickets.removeExpired(now);
    } catch (error) {
      // The next one removes what this one left.
      this.logger.error({ err: error }, 'stream not swept');
    }
  }
}
