import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { HealthService } from './platform/http/health.controller.js';
import { orderlyClose } from './platform/http/orderly-close.js';
import type { Logger } from './platform/logging/logger.js';
import { RunDispatcher } from './scheduler/planner/run-dispatcher.js';
import { InvariantCheckService } from './invariants/invariant-check.service.js';
import { EventFeed } from './stream/event-feed.js';

/** A signal that comes so long after the first means: now. */
const IMPATIENT_AFTER_MS = 2000;

/**
 * Running work has 20 s, requests that come last have 5 s more, connections and the embedded database some. What hangs
 * beyond that, such as a half-open connection, is left.
 */
const END_WITHIN_MS = 45_000;

/** Something that a start has opened. */
interface Closable {
  close(): Promise<void>;
}

/**
 * SIGINT and SIGTERM end the process in order: it says that it is not ready, ends the streams of events, gives up a
 * check of the invariants, takes no new jobs and goes on to answer requests until the running ones have ended; then it
 * takes no more requests, answers those that it has, and closes the rest. To be called before anybody connects.
 * @param parts closed after the application, in this order; what a start left out is null.
 */
export function endOnSignal(app: INestApplication, parts: readonly (Closable | null)[], logger: Logger): void {
  const closeHttp = orderlyClose(app.getHttpServer() as Server);
  let endingSince: number | null = null;
  const end = async (signal: string): Promise<void> => {
    if (endingSince !== null) {
      // A terminal sends Ctrl-C to npm and to us, and npm passes it on: the second within a moment is the same one.
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
      // A stream is an answer that never ends: whoever listens goes to another process.
      app.get(EventFeed, { strict: false }).stop();
      // May be in the middle of a statement that takes minutes.
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
