import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Clock, CLOCK } from '../domain/clock.js';
import { TooManyRequests, Unavailable } from '../platform/http/problems/app-errors.js';
import { EventFeed } from './event-feed.js';
import { EventStore, KEPT_MS, readPosition, type Position } from './events/event.store.js';
import { StreamClient } from './stream-client.js';
import type { Admitted } from './tickets/tickets.service.js';

/** Of a user, in one process. A browser has six connections to a server, and the requests need one, too. */
const MOST_STREAMS = 5;
const COME_BACK_SECONDS = 10;

/** Opens streams. */
@Injectable()
export class StreamService {
  constructor(
    private readonly feed: EventFeed,
    private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Answers with events from that place on, or from now; returns when the stream has begun.
   * @param lastEventId the id of an event, as {@link readPosition} reads it.
   * @throws TooManyRequests (429 `too_many_streams`); Unavailable (503 `stopping`) when this process is about to end.
   */
  async open(
    { listener, sessionId }: Admitted,
    lastEventId: string | null,
    req: Request,
    res: Response,
  ): Promise<void> {
    const wanted = lastEventId === null ? null : readPosition(lastEventId);
    const since = new Date(this.clock.now().getTime() - KEPT_MS);
    const stored = wanted === null ? null : await this.store.isStored(wanted, since);
    const position: Position = wanted && stored ? wanted : await this.store.horizon();
    // The client has gone meanwhile. Nothing would say so again, and its stream would be counted until its session ends.
    if (res.destroyed) return;
    // After the last wait, so that two at once cannot both be the last that may.
    if (this.feed.stopping) throw new Unavailable('stopping', 'This process is shutting down. Try again.');
    if (this.feed.countOf(listener.id) >= MOST_STREAMS) {
      const message = `You already have ${MOST_STREAMS} open streams, the most per user. Close one first.`;
      throw new TooManyRequests('too_many_streams', message, COME_BACK_SECONDS, { limit: MOST_STREAMS });
    }
    res.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // Neither kept nor changed on the way: what is compressed or buffered comes late.
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    if (req.method === 'HEAD') return void res.end();
    const client = new StreamClient(listener, sessionId, position, res);
    const begins = lastEventId !== null && !stored ? 'reset' : 'ready';
    client.write({ type: begins, data: { at: this.clock.now().toISOString() } });
    res.once('close', () => this.feed.remove(client));
    this.feed.add(client);
  }
}
