import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { SessionsStore } from '../auth/tokens/sessions.store.js';
import { type Clock, CLOCK } from '../domain/clock.js';
import { LOGGER, type Logger } from '../platform/logging/logger.js';
import { EventStore, type RunEvent, isBefore } from './events/event.store.js';
import { messageFor } from './events/message.js';
import type { StreamClient } from './stream-client.js';

const POLL_EVERY_MS = 1000;
/** Interval between checks of the sessions: a sign-out, a new role or a deactivated user takes effect within 5 s. */
const SESSIONS_EVERY_MS = 3000;

/**
 * Sends events to all open streams of this process, whichever process recorded them. Polls the database once a second
 * for all clients together, from the position of the client furthest behind. Does not poll without clients.
 */
@Injectable()
export class EventFeed implements OnModuleDestroy {
  private readonly clients = new Set<StreamClient>();
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<void> | null = null;
  private sessionsAt = 0;
  private stopped = false;

  constructor(
    private readonly store: EventStore,
    private readonly sessions: SessionsStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** True after {@link stop}: open no more streams. */
  get stopping(): boolean {
    return this.stopped;
  }

  /** Open streams of a user, in this process. */
  countOf(userId: string): number {
    return [...this.clients].filter(({ listener }) => listener.id === userId).length;
  }

  add(client: StreamClient): void {
    this.clients.add(client);
    this.timer ??= setInterval(() => void this.poll(), POLL_EVERY_MS).unref();
    void this.poll();
  }

  remove(client: StreamClient): void {
    this.clients.delete(client);
    if (this.clients.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Ends every stream; clients reconnect to another process. A second call does nothing. */
  stop(): void {
    this.stopped = true;
    this.disconnect([...this.clients], 'stopping');
  }

  async onModuleDestroy(): Promise<void> {
    this.stop();
    await this.polling;
  }

  /** Polls once. Does nothing while a poll is running. */
  private async poll(): Promise<void> {
    if (this.polling || this.clients.size === 0) return;
    this.polling = this.tellAll().catch((error) => {
      // While the database is down, clients get no heartbeat either and so notice the outage.
      this.logger.error({ err: error }, 'event stream poll failed');
    });
    await this.polling;
    this.polling = null;
  }

  private async tellAll(): Promise<void> {
    // First, so that nobody receives an event that their new role may not see.
    if (performance.now() - this.sessionsAt >= SESSIONS_EVERY_MS) await this.checkSessions();
    while (this.clients.size > 0 && !this.stopped && !(await this.tellNext()));
    for (const client of this.clients) client.beat(this.clock.now());
  }

  /** Reads the next batch of events and sends it. @returns true when no client has events left to read. */
  private async tellNext(): Promise<boolean> {
    // A client that connects during the read has a position of its own; the next poll serves it.
    const clients = [...this.clients];
    const from = clients.map(({ position }) => position).reduce((a, b) => (isBefore(b, a) ? b : a));
    const { events, horizon, complete } = await this.store.after(from);
    const chunks = events.filter((event): event is RunEvent => event.kind === 'chunk');
    const users = [...new Set(clients.map(({ listener }) => listener.id))];
    const executions = chunks.length === 0 ? [] : await this.store.executionsOf(chunks, users);
    for (const client of clients) {
      // Skip a client that left during the read: nothing may follow `end`, and it resumes from its last position.
      if (!this.clients.has(client)) continue;
      for (const event of events) {
        if (!isBefore(client.position, event.position)) continue;
        client.tell(event.position, messageFor(client.listener, event, executions));
      }
      client.tell(horizon, null);
    }
    return complete;
  }

  private async checkSessions(): Promise<void> {
    const clients = [...this.clients];
    const open = await this.sessions.findOpen(
      clients.map(({ listener, sessionId }) => ({ userId: listener.id, sessionId })),
      this.clock.now(),
    );
    const roles = new Map(open.map(({ sessionId, role }) => [sessionId, role]));
    for (const client of clients) {
      const role = roles.get(client.sessionId);
      if (role) client.changeRole(role);
    }
    this.disconnect(
      clients.filter(({ sessionId }) => !roles.has(sessionId)),
      'signed_out',
    );
    this.sessionsAt = performance.now();
  }

  private disconnect(clients: readonly StreamClient[], reason: 'stopping' | 'signed_out'): void {
    for (const client of clients) {
      this.remove(client);
      client.end(reason, this.clock.now());
    }
  }
}
