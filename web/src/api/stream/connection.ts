import { answered, api } from '../client.js';
import { ApiProblem } from '../problem.js';
import { refresh } from '../session.js';
import { HAPPENINGS, type Happening } from './events.js';

/** The server says something every 15 s: after that the connection is dead, whatever the browser believes. */
const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** Said of the stream itself. */
const STATES = ['ready', 'reset', 'heartbeat', 'end'] as const;

export interface StreamListener {
  /** Something has happened. */
  onHappening(happening: Happening): void;
  /** What has happened is not known: everything may have changed. */
  onReset(): void;
  /** Whether what happens is heard from here on. */
  onLive(live: boolean): void;
}

/**
 * Listens to the server while the page is looked at: a browser has few connections to a server, and those of pages in
 * the background would leave none. Comes back by itself, with the id of the last event, so that nothing is missed.
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
      // Nobody is signed in any more: the page is about to change. Everything else may pass.
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
    // The browser would come back with the same ticket, which is used up.
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
    // A token that was refused tells the page; the reason alone could be a mistake.
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

  /** Later each time, and not everybody at once. */
  private tryLater(): void {
    if (!this.open) return;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.failures++, LONGEST_WAIT_MS) * (0.5 + Math.random());
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(this.follow, wait);
  }
}
