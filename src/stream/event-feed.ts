import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { SessionsStore } from '../auth/tokens/sessions.store.js';
import { type Clock, CLOCK } from '../domain/clock.js';
import { LOGGER, type Logger } from '../platform/logging/logger.js';
import { EventStore, type RunEvent, isBefore } from './events/event.store.js';
import { messageFor } from './events/message.js';
import type { StreamClient } from './stream-client.js';

const LOOK_EVERY_MS = 1000;
/** A sign-out, another role, a user switched off: they count within 5 s. */
const SESSIONS_EVERY_MS = 3000;

/**
 * Tells all open streams of this process what has happened, whichever process did it: every second it asks the
 * database once for everybody, from the place of whoever is furthest behind. While nobody listens it asks nothing.
 */
@Injectable()
export class EventFeed implements OnModuleDestroy {
  private readonly clients = new Set<StreamClient>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | null = null;
  private sessionsAt = 0;
  private stopped = false;

  constructor(
    private readonly store: EventStore,
    private readonly sessions: SessionsStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** True from {@link stop} on: no more streams. */
  get stopping(): boolean {
    return this.stopped;
  }

  /** Open streams of this process. */
  get count(): number {
    return this.clients.size;
  }

  /** Open streams of a user, in this process. */
  countOf(userId: string): number {
    return [...this.clients].filter(({ listener }) => listener.id === userId).length;
  }

  add(client: StreamClient): void {
    this.clients.add(client);
    this.timer ??= setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
    void this.look();
  }

  remove(client: StreamClient): void {
    this.clients.delete(client);
    if (this.clients.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Hangs up on everybody and takes nobody in: they go to another process. A second call does nothing. */
  stop(): void {
    this.stopped = true;
    this.hangUp([...this.clients], 'stopping');
  }

  async onModuleDestroy(): Promise<void> {
    this.stop();
    await this.looking;
  }

  /** One look; while one is under way another does nothing. */
  private async look(): Promise<void> {
    if (this.looking || this.clients.size === 0) return;
    this.looking = this.tellAll().catch((error) => {
      // While the database is away there is no heartbeat either, and those who listen see that they hear nothing.
      this.logger.error({ err: error }, 'stream of events');
    });
    await this.looking;
    this.looking = null;
  }

  private async tellAll(): Promise<void> {
    // First, so that nobody is told what their new role may not see.
    if (performance.now() - this.sessionsAt >= SESSIONS_EVERY_MS) await this.checkSessions();
    while (this.clients.size > 0 && !this.stopped && !(await this.tellNext()));
    for (const client of this.clients) client.beat(this.clock.now());
  }

  /** @returns whether everybody has been told everything. */
  private async tellNext(): Promise<boolean> {
    // Whoever comes while we read has their own place, and is told from there at the next look.
    const clients = [...this.clients];
    const from = clients.map(({ position }) => position).reduce((a, b) => (isBefore(b, a) ? b : a));
    const { events, horizon, complete } = await this.store.after(from);
    const chunks = events.filter((event): event is RunEvent => event.kind === 'chunk');
    const users = [...new Set(clients.map(({ listener }) => listener.id))];
    const executions = chunks.length === 0 ? [] : await this.store.executionsOf(chunks, users);
    for (const client of clients) {
      // It has gone or was hung up on meanwhile: nothing comes after the end, and its place says where it goes on.
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
    this.hangUp(
      clients.filter(({ sessionId }) => !roles.has(sessionId)),
      'signed_out',
    );
    this.sessionsAt = performance.now();
  }

  private hangUp(clients: readonly StreamClient[], reason: 'stopping' | 'signed_out'): void {
    for (const client of clients) {
      this.remove(client);
      client.end(reason, this.clock.now());
    }
  }
}
