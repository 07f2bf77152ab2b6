import type { Server } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';

/** Time for requests in progress: as long as running jobs have, and longer than a statement may take. */
const ANSWER_WITHIN_MS = 20_000;
/** Time for the last requests, when running jobs used up all of that. */
const ANSWER_LAST_WITHIN_MS = 5000;
/** After this time a connection without a request counts as idle. */
const IDLE_AFTER_MS = 1000;
const POLL_EVERY_MS = 100;
/** Deadline for accepting queued connections: a flooded server or a busy process must still end. */
const ACCEPT_FOR_MS = 2000;
/** A connection accepted between the idle check and `close()` would be dropped; an idle event-loop turn takes less than this. */
const QUICK_TURN_MS = 0.5;

/**
 * Closes a server whose process is ending.
 * @param otherWork work that still runs in the process. The server accepts connections until it has settled,
 *   successfully or not.
 */
export type CloseInOrder = (otherWork?: Promise<unknown>) => Promise<void>;

/**
 * Prepares the orderly end of a server; call it before the first connection. The returned function announces the close
 * with every answer from then on, and stops accepting connections once other work has settled. It resolves when every
 * accepted request has been answered: within 20 s of the call, or 5 s after the end of other work where that is later.
 * Node's own `server.close()` closes idle connections at once, and so drops requests that are on their way. A second
 * call does nothing.
 */
export function orderlyClose(server: Server): CloseInOrder {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  let closing = false;
  return async (otherWork) => {
    if (closing || !server.listening) return;
    closing = true;
    const asked = performance.now();
    server.prependListener('request', (_request, response) => {
      response.setHeader('Connection', 'close');
    });
    // A busy process accepts connections too rarely to close without dropping one.
    await Promise.allSettled([otherWork]);
    await acceptQueued(server);
    await closeServer(server, sockets, Math.max(asked + ANSWER_WITHIN_MS, performance.now() + ANSWER_LAST_WITHIN_MS));
  };
}

/** @param until deadline on the monotonic clock, ms: connections without an answer are then destroyed. */
async function closeServer(server: Server, sockets: ReadonlySet<Socket>, until: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const started = performance.now();
  await new Promise<void>((resolve) => {
    TcpServer.prototype.close.call(server, () => resolve());
    timer = setInterval(() => {
      const now = performance.now();
      // setImmediate reads arrived data first: in a busy process a request may have waited longer than this timer.
      if (now - started > IDLE_AFTER_MS) setImmediate(closeIdle, server, sockets);
      if (now > until) server.closeAllConnections();
    }, POLL_EVERY_MS);
  });
  clearInterval(timer);
}

/**
 * Accepts the connections in the queue of the system: their peers see them as open, and a close would drop them. The
 * event loop accepts one per turn. The queue is empty after a turn that accepted none and was too short for one to
 * arrive.
 */
async function acceptQueued(server: Server): Promise<void> {
  let came = 0;
  const count = (): void => void (came += 1);
  server.on('connection', count);
  const until = performance.now() + ACCEPT_FOR_MS;
  // Finish this turn first. It may have been long, and it polled for connections at its beginning.
  await new Promise((resolve) => setImmediate(resolve));
  for (;;) {
    const before = came;
    const begun = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    const now = performance.now();
    if ((came === before && now - begun < QUICK_TURN_MS) || now > until) break;
  }
  server.off('connection', count);
}

/** For Node a connection is idle only after its first request. Browsers open some in advance and send nothing. */
function closeIdle(server: Server, sockets: ReadonlySet<Socket>): void {
  server.closeIdleConnections();
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
}
