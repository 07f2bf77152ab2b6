import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { HealthService } from './platform/http/health.controller.js';
import { orderlyClose } from './platform/http/orderly-close.js';
import type { Logger } from './platform/logging/logger.js';
import { RunDispatcher } from './scheduler/planner/run-dispatcher.js';
import { InvariantCheckService } from './invariants/invariant-check.service.js';
import { EventFeed } from './stream/event-feed.js';

/** A second signal later than this after the first ends the process at once. */
const IMPATIENT_AFTER_MS = 2000;

/**
 * Deadline of a shutdown: 20 s for running jobs, 5 s more for the last requests, the rest for connections and the
 * embedded database. The process exits after it, whatever still hangs, such as a half-open connection.
 */
const END_WITHIN_MS = 45_000;

interface Closable {
  close(): Promise<void>;
}

/**
 * Shuts the process down in order on SIGINT and SIGTERM. Readiness fails, event streams end, the check of the
 * invariants is cancelled, and no new jobs are taken. Requests are answered until the running jobs have ended. Then the
 * server accepts no more connections, answers the requests it has, and closes the application and `parts`.
 *
 * Call it as soon as the server listens: silent connections accepted earlier are closed only at the deadline.
 * @param parts closed after the application, in this order; null for a part that was not started.
 */
export function endOnSignal(app: INestApplication, parts: readonly (Closable | null)[], logger: Logger): void {
  const closeHttp = orderlyClose(app.getHttpServer() as Server);
  let endingSince: number | null = null;
  const end = async (signal: string): Promise<void> => {
    if (endingSince !== null) {
      // Ctrl-C reaches npm and this process, and npm forwards it: a second signal within this time is the same key
      // press.
      if (performance.now() - endingSince > IMPATIENT_AFTER_MS) process.exit(1);
      return;
    }
    endingSince = performance.now();
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error('did not stop in time');
      process.exit(1);
    }, END_WITHIN_MS).unref();
    try {
      app.get(HealthService, { strict: false }).stopping = true;
      // A stream never ends by itself. Its client reconnects to another process.
      app.get(EventFeed, { strict: false }).stop();
      // Its current statement may take minutes.
      const checks = app.get(InvariantCheckService, { strict: false }).stop();
      const jobs = app.get(RunDispatcher, { strict: false }).stop();
      await Promise.all([closeHttp(jobs), jobs, checks]);
      for (const part of [app, ...parts]) await part?.close();
      logger.info('stopped');
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'did not stop cleanly');
      process.exit(1);
    }
  };
  process.on('SIGINT', () => void end('SIGINT'));
  process.on('SIGTERM', () => void end('SIGTERM'));
}
