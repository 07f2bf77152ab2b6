import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Clock, CLOCK } from '../domain/clock.js';
import { TooManyRequests, Unavailable } from '../platform/http/problems/app-errors.js';
import { EventFeed } from './event-feed.js';
import { EventStore, KEPT_MS, readPosition, type Position } from './events/event.store.js';
import { StreamClient } from './stream-client.js';
import type { Admitted } from './tickets/tickets.service.js';

/** Per user and process. A browser opens at most six connections to a server, and requests need one of them. */
const MOST_STREAMS = 5;
const COME_BACK_SECONDS = 10;

@Injectable()
export class StreamService {
  constructor(
    private readonly feed: EventFeed,
    private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Sends events from `lastEventId` on, or from now; resolves when the stream has started.
   * @param lastEventId the id of an event, as {@link readPosition} reads it.
   * @throws TooManyRequests (429 `too_many_streams`); Unavailable (503 `stopping`) while this process shuts down.
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
    // The client left during the queries. It emits no further `close`, so its stream would be counted until the session
    // ends.
    if (res.destroyed) return;
    // After the last await, so that two requests at once cannot both take the last free stream.
    if (this.feed.stopping) throw new Unavailable('stopping', 'This process is shutting down. Try again.');
    if (this.feed.countOf(listener.id) >= MOST_STREAMS) {
      const message = `You already have ${MOST_STREAMS} open streams, the most per user. Close one first.`;
      throw new TooManyRequests('too_many_streams', message, COME_BACK_SECONDS, { limit: MOST_STREAMS });
    }
    res.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // Proxies must not store, compress or buffer the stream: events would arrive late.
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
