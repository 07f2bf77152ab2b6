import type { ServerResponse } from 'node:http';
import type { Role } from '../auth/access.js';
import { isBefore, positionText, type Position } from './events/event.store.js';
import type { Listener, StreamMessage } from './events/message.js';

/** What a client may leave unread before it is cut off; it comes back with the last id that it has read. */
const MOST_UNREAD_BYTES = 256 * 1024;
/** A sign of life at least this often: shorter than what proxies take for a dead connection. */
const HEARTBEAT_MS = 15_000;

/** One open stream: who listens, how far they have been told, and the answer that is never finished. */
export class StreamClient {
  private wroteAt = 0;

  constructor(
    private viewer: Listener,
    readonly sessionId: string,
    private place: Position,
    private readonly response: ServerResponse,
  ) {}

  get listener(): Listener {
    return this.viewer;
  }

  /** Everything up to it has been told. */
  get position(): Position {
    return this.place;
  }

  /** Role that counts from here on. */
  changeRole(role: Role): void {
    this.viewer = { id: this.viewer.id, role };
  }

  /** Moves on, with a message or without. A place that has been passed already changes nothing. */
  tell(position: Position, message: StreamMessage | null): void {
    if (!isBefore(this.place, position)) return;
    this.place = position;
    if (message) this.write(message);
  }

  /** Says that the stream is alive when nothing has been said for a while. */
  beat(now: Date): void {
    if (performance.now() - this.wroteAt < HEARTBEAT_MS) return;
    this.write({ type: 'heartbeat', data: { at: now.toISOString() } });
  }

  /** About the stream itself. The id goes with it: whoever has heard nothing else can come back to this place. */
  write({ type, data }: StreamMessage): void {
    this.wroteAt = performance.now();
    this.response.write(`event: ${type}\nid: ${positionText(this.place)}\ndata: ${JSON.stringify(data)}\n\n`);
    // What it has not read by now it will be told anew.
    if (this.response.writableLength > MOST_UNREAD_BYTES) this.response.destroy();
  }

  /** Says why, and hangs up. */
  end(reason: 'stopping' | 'signed_out', now: Date): void {
    this.write({ type: 'end', data: { at: now.toISOString(), reason } });
    this.response.end();
  }
}
