import type { Server } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';

/** For requests that are being answered: as long as running jobs have, and longer than a statement may take. */
const ANSWER_WITHIN_MS = 20_000;
/** For those that came last, when running jobs took all of that time. */
const ANSWER_LAST_WITHIN_MS = 5000;
/** After that a connection without a request is one that is kept open for the next. */
const IDLE_AFTER_MS = 1000;
const POLL_EVERY_MS = 100;
/** A server that is flooded, or a process that is busy, must still end. */
const LET_IN_FOR_MS = 2000;
/** A connection accepted between the idle check and `close()` would be dropped; an idle event-loop turn takes less than this. */
const QUICK_TURN_MS = 0.5;

/**
 * Closes a server whose process does nothing else any more.
 * @param otherWork what else keeps the process busy; the door stays open until it has ended, however.
 */
export type CloseInOrder = (otherWork?: Promise<unknown>) => Promise<void>;

/**
 * Prepares the orderly end of a server; to be called before anybody connects. The function that it returns tells whoever
 * is answered from now on that the connection ends, stops taking connections once other work has ended, and resolves when
 * every request that got in has been answered: within 20 s of the call, or 5 s of the end of other work where that is
 * later. Node's own `server.close()` cuts off at once who keeps a connection open, and with it requests that are on their
 * way. A second call does nothing.
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
    // A process that computes looks at its door too rarely to close it on nobody.
    await Promise.allSettled([otherWork]);
    await letInWhoeverKnocked(server);
    await closeDoor(server, sockets, Math.max(asked + ANSWER_WITHIN_MS, performance.now() + ANSWER_LAST_WITHIN_MS));
  };
}

/** @param until when whoever is not answered is cut off. */
async function closeDoor(server: Server, sockets: ReadonlySet<Socket>, until: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const started = performance.now();
  await new Promise<void>((resolve) => {
    TcpServer.prototype.close.call(server, () => resolve());
    timer = setInterval(() => {
      const now = performance.now();
      // After a look at what has come: in a process that was busy, requests may have waited longer than this timer.
      if (now - started > IDLE_AFTER_MS) setImmediate(closeIdle, server, sockets);
      if (now > until) server.closeAllConnections();
    }, POLL_EVERY_MS);
  });
  clearInterval(timer);
}

/**
 * Whoever waits in the queue of the system has been told that the connection stands, and would be cut off. The event loop
 * lets in one a turn; nobody waits after a turn that let nobody in and took no time in which somebody could have come.
 */
async function letInWhoeverKnocked(server: Server): Promise<void> {
  let came = 0;
  const count = (): void => void (came += 1);
  server.on('connection', count);
  const until = performance.now() + LET_IN_FOR_MS;
  // To the end of this turn, which may have been a long one: it has looked for connections before that.
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

/** For Node a connection is idle only after its first request; browsers open some in advance and say nothing. */
function closeIdle(server: Server, sockets: ReadonlySet<Socket>): void {
  server.closeIdleConnections();
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
}
