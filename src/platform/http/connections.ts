import type { Server } from 'node:http';
import type { Logger } from '../logging/logger.js';
import { answerUnreadableRequests } from './problems/unreadable-request.js';

/** Load balancers hold an idle connection for a minute; one that the server closes first loses the request on its way. */
const KEEP_ALIVE_MS = 65_000;
/** A head of 16 KiB arrives in a second on a slow phone. */
const HEADERS_TIMEOUT_MS = 10_000;
/** The largest body is 100 KiB. */
const REQUEST_TIMEOUT_MS = 30_000;
/** How often Node compares the connections with the two timeouts above. */
const CHECKED_EVERY_MS = 2_000;
/** One log line in this time, however many connections are refused. */
const LOGGED_EVERY_MS = 60_000;

/** Why a connection was closed before a request was read. */
type Refusal = 'malformed' | 'timed_out' | 'above_maximum';

/**
 * Limits what a peer can hold without sending a request: a head must arrive within 10 s, a request within 30 s, and
 * above `maximum` open connections new ones are closed. Every refused connection is destroyed, so a peer that never
 * closes its side holds no descriptor. The first refusal is logged at once, later ones summed up once a minute.
 * @param maximum open connections; 0: any number.
 */
export function limitConnections(server: Server, maximum: number, logger?: Logger): void {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  // Node reads it when the server begins to listen; its own 30 s would let a peer hold a connection for 40.
  Object.assign(server, { connectionsCheckingInterval: CHECKED_EVERY_MS });
  if (maximum > 0) server.maxConnections = maximum;

  const refused = summedUp((counts) => logger?.warn({ ...counts, maximum }, 'connections refused'));
  server.on('drop', () => refused('above_maximum'));
  answerUnreadableRequests(server, (code) => refused(code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'timed_out' : 'malformed'));
}

/** Counts refusals and writes them at most once a minute, the first one at once. */
function summedUp(write: (counts: Readonly<Partial<Record<Refusal, number>>>) => void): (refusal: Refusal) => void {
  let counts: Partial<Record<Refusal, number>> = {};
  let pause: NodeJS.Timeout | null = null;
  const flush = (): void => {
    pause = null;
    if (Object.keys(counts).length === 0) return;
    write(counts);
    counts = {};
    pause = setTimeout(flush, LOGGED_EVERY_MS).unref();
  };
  return (refusal) => {
    counts[refusal] = (counts[refusal] ?? 0) + 1;
    if (pause === null) flush();
  };
}
