import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend } from 'bullmq';
import { SESSION_LIMITS } from '../database/data-source-options.js';
import { within } from './within.js';

const SCHEMA = 'queue';
/** Connections of a process for its queue; a worker listens on another one. */
const POOL_SIZE = 4;
/** How often an idle worker polls, in case the connection that wakes it is dead. */
const POLL_EVERY_SECONDS = 5;
/** Time to open a new connection for LISTEN. */
const LISTEN_WITHIN_SECONDS = 10;
/**
 * Back-off after a failure. BullMQ itself retries at once: thousands of times a second while the database recovers or
 * is full.
 */
const REST_AFTER_FAILURE_MS = 1000;

/** Connection options for BullMQ, with the limits of all other connections. */
export function queueConnection(url: string) {
  return {
    ...SESSION_LIMITS,
    connectionString: url,
    schema: SCHEMA,
    migrate: true,
    max: POOL_SIZE,
    application_name: 'conclave-queue',
  };
}

/** BullMQ's backend on PostgreSQL, made safe against outages of the database and dead connections. */
export const createCalmPostgresBackend: typeof createPostgresBackend = (name, opts, factoryOpts) => {
  const backend = createPostgresBackend(name, opts, factoryOpts);
  const moveToActive = backend.moveToActive.bind(backend);
  const waitForJob = backend.waitForJob.bind(backend);
  backend.moveToActive = async (token, workerName) => {
    try {
      return await moveToActive(token, workerName);
    } catch (error) {
      await sleep(REST_AFTER_FAILURE_MS);
      throw error;
    }
  };
  backend.waitForJob = async (seconds) => {
    const wait = Math.min(seconds, POLL_EVERY_SECONDS);
    try {
      return await within((wait + LISTEN_WITHIN_SECONDS) * 1000, waitForJob(wait));
    } catch (error) {
      // BullMQ alone would listen on a dead connection forever, or not poll for an hour.
      endListening(backend, error as Error);
      backend.emit('error', error);
      await sleep(REST_AFTER_FAILURE_MS);
      return null;
    }
  };
  return backend;
};

/** BullMQ opens a new connection for LISTEN only when the present one breaks, so a half-open one is destroyed. */
function endListening(backend: object, reason: Error): void {
  const { connection } = backend as { connection: { listenClient?: { connection: { stream: Destroyable } } } };
  connection.listenClient?.connection.stream.destroy(reason);
}

interface Destroyable {
  destroy(reason: Error): void;
}
