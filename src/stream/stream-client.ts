import type { ServerResponse } from 'node:http';
import type { Role } from '../auth/access.js';
import { isBefore, positionText, type Position } from './events/event.store.js';
import type { Listener, StreamMessage } from './events/message.js';

/** A client with more unread bytes is disconnected. It resumes from the last id that it has read. */
const MOST_UNREAD_BYTES = 256 * 1024;
/** A heartbeat is sent after this silence; proxies drop connections that are silent for longer. */
const HEARTBEAT_MS = 15_000;

/** One open stream: its listener, its position in the order of events, and the unfinished response. */
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

  /** Events up to here have been sent, or do not concern this listener. */
  get position(): Position {
    return this.place;
  }

  changeRole(role: Role): void {
    this.viewer = { id: this.viewer.id, role };
  }

  /** Advances to a position, and sends the message if there is one. Ignores a position that was passed already. */
  tell(position: Position, message: StreamMessage | null): void {
    if (!isBefore(this.place, position)) return;
    this.place = position;
    if (message) this.write(message);
  }

  /** Sends a heartbeat after {@link HEARTBEAT_MS} of silence. */
  beat(now: Date): void {
    if (performance.now() - this.wroteAt < HEARTBEAT_MS) return;
    this.write({ type: 'heartbeat', data: { at: now.toISOString() } });
  }

  /**
   * Sends a message with the current position as its id, so that a client that received nothing else can resume here.
   */
  write({ type, data }: StreamMessage): void {
    this.wroteAt = performance.now();
    this.response.write(`event: ${type}\nid: ${positionText(this.place)}\ndata: ${JSON.stringify(data)}\n\n`);
    // The client reconnects, and receives the unread events again.
    if (this.response.writableLength > MOST_UNREAD_BYTES) this.response.destroy();
  }

  end(reason: 'stopping' | 'signed_out', now: Date): void {
    this.write({ type: 'end', data: { at: now.toISOString(), reason } });
    this.response.end();
  }
}
