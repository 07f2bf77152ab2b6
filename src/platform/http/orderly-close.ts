import type { Server } from 'node:http';
import { Server as TcpServer, type Socket } from 'node:net';

/** For requests that are being answered. */
const ANSWER_WITHIN_MS = 10_000;
/** After that a connection without a request is one that is kept open for the next. */
const IDLE_AFTER_MS = 1000;
const LOOK_EVERY_MS = 100;

/**
 * Prepares the orderly end of a server; to be called before anybody connects. The function that it returns stops taking
 * connections and resolves when every request that got in has been answered, after 10 s in any case. Node's own
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
  // Right after the event loop has let in whoever knocked: those that wait in the queue of the system would be refused.
  await new Promise((resolve) => setImmediate(resolve));
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

/** For Node a connection is idle only after its first request; browsers open some in advance and say nothing. */
function closeIdle(server: Server, sockets: ReadonlySet<Socket>): void {
  server.closeIdleConnections();
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
}
