import type { Server } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';

/** For requests that are being answered: as long as running jobs have, and longer than a statement may take. */
const ANSWER_WITHIN_MS = 20_000;
/** After that a connection without a request is one that is kept open for the next. */
const IDLE_AFTER_MS = 1000;
const LOOK_EVERY_MS = 100;
/** A server that is flooded, or a process that is busy, must still end. */
const LET_IN_FOR_MS = 2000;
const QUICK_TURN_MS = 2;

/**
 * Prepares the orderly end of a server; to be called before anybody connects. The function that it returns stops taking
 * connections and resolves when every request that got in has been answered, after 20 s in any case. Node's own
 * `server.close()` cuts off at once who keeps a connection open, and with it requests that are on their way; here
 * they are answered and told that the connection ends. A second call does nothing.
 */
export function orderlyClose(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return () => closeOrderly(server, sockets);
}

async function closeOrderly(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return;
  server.prependListener('request', (_request, response) => {
    response.setHeader('Connection', 'close');
  });
  await letInWhoeverKnocked(server);
  let timer: NodeJS.Timeout | undefined;
  const started = performance.now();
  await new Promise<void>((resolve) => {
    TcpServer.prototype.close.call(server, () => resolve());
    timer = setInterval(() => {
      const waited = performance.now() - started;
      if (waited > IDLE_AFTER_MS) closeIdle(server, sockets);
      if (waited > ANSWER_WITHIN_MS) server.closeAllConnections();
    }, LOOK_EVERY_MS);
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
