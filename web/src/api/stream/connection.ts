import { answered, api } from '../client.js';
import { ApiProblem } from '../problem.js';
import { refresh } from '../session.js';
import { HAPPENINGS, type Happening } from './events.js';

/** The server sends a heartbeat every 15 s. After this silence the connection counts as dead. */
const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** Events about the stream itself. */
const STATES = ['ready', 'reset', 'heartbeat', 'end'] as const;

export interface StreamListener {
  onHappening(happening: Happening): void;
  /** Events were missed: everything may have changed. */
  onReset(): void;
  /** The stream was opened or closed. */
  onLive(live: boolean): void;
}

/**
 * Holds the stream open while the page is visible: browsers limit connections per server, and background pages would use
 * them up. Reconnects with the id of the last event, so that nothing is missed.
 */
export class StreamConnection {
  private source: EventSource | null = null;
  private lastId: string | null = null;
  private failures = 0;
  private timer: number | undefined;
  private open = false;

  constructor(private readonly listener: StreamListener) {}

  start(): void {
    this.open = true;
    document.addEventListener('visibilitychange', this.follow);
    this.follow();
  }

  stop(): void {
    this.open = false;
    document.removeEventListener('visibilitychange', this.follow);
    this.hangUp();
  }

  private readonly follow = (): void => {
    if (document.visibilityState === 'hidden') this.hangUp();
    else if (!this.source) void this.connect();
  };

  private hangUp(): void {
    window.clearTimeout(this.timer);
    if (!this.source) return;
    this.source.close();
    this.source = null;
    this.listener.onLive(false);
  }

  private async connect(): Promise<void> {
    window.clearTimeout(this.timer);
    try {
      const { ticket } = await answered(api.POST('/api/v1/stream/tickets'));
      if (this.open && !this.source && document.visibilityState !== 'hidden') this.listen(ticket);
    } catch (error) {
      // The session has ended and the page is about to change. Retry all other failures.
      if (error instanceof ApiProblem && !error.passing) return;
      this.tryLater();
    }
  }

  private listen(ticket: string): void {
    const query = new URLSearchParams({ ticket });
    if (this.lastId !== null) query.set('last_event_id', this.lastId);
    const source = new EventSource(`/api/v1/stream?${query}`);
    this.source = source;
    this.expectSign();
    // The browser would reconnect with the same ticket, which is used up.
    source.addEventListener('error', () => this.lose());
    for (const type of STATES) source.addEventListener(type, (event) => this.onState(type, event));
    for (const type of HAPPENINGS) {
      source.addEventListener(type, (event) => {
        this.heard(event);
        this.listener.onHappening({ type, data: JSON.parse(String(event.data)) } as Happening);
      });
    }
  }

  private onState(type: (typeof STATES)[number], event: MessageEvent): void {
    this.heard(event);
    if (type === 'ready' || type === 'reset') {
      this.failures = 0;
      this.listener.onLive(true);
    }
    if (type === 'reset') this.listener.onReset();
    if (type !== 'end') return;
    const { reason } = JSON.parse(String(event.data)) as { reason?: string };
    // Only a refused token ends the session; the reason of `end` alone does not.
    if (reason === 'signed_out') void refresh().catch(() => undefined);
    this.lose();
  }

  private heard(event: MessageEvent): void {
    this.lastId = event.lastEventId;
    this.expectSign();
  }

  private expectSign(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.lose(), SILENCE_MS);
  }

  private lose(): void {
    this.hangUp();
    this.tryLater();
  }

  /** Exponential backoff with jitter. */
  private tryLater(): void {
    if (!this.open) return;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.failures++, LONGEST_WAIT_MS) * (0.5 + Math.random());
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(this.follow, wait);
  }
}
