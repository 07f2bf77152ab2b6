import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend } from 'bullmq';
import { SESSION_LIMITS } from '../database/data-source-options.js';
import { within } from './within.js';

/** Schema of the queue's tables when they live in our database. */
const SCHEMA = 'queue';
/** Connections of a process for its queue; a worker has another that listens. */
const POOL_SIZE = 4;
/** How often an idle worker looks by itself, in case that the connection on which it is woken is dead. */
const LOOK_EVERY_SECONDS = 5;
/** For a new connection to listen on. */
const LISTEN_WITHIN_SECONDS = 10;
/** BullMQ asks again at once when the database refuses: thousands of times a second while it recovers or is full. */
const REST_AFTER_FAILURE_MS = 1000;

/** Connection options for BullMQ: the same limits as all other connections have. */
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

/** BullMQ's backend on PostgreSQL, made fit for a database that goes away for a while, and for connections that die. */
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
    const wait = Math.min(seconds, LOOK_EVERY_SECONDS);
    try {
      return await within((wait + LISTEN_WITHIN_SECONDS) * 1000, waitForJob(wait));
    } catch (error) {
      // Left to itself BullMQ would listen on a dead connection for ever, or not look for an hour.
      endListening(backend, error as Error);
      backend.emit('error', error);
      await sleep(REST_AFTER_FAILURE_MS);
      return null;
    }
  };
  return backend;
};

/** BullMQ makes a new connection to listen on when the present one breaks; a half-open one has to be broken for it. */
function endListening(backend: object, reason: Error): void {
  const { connection } = backend as { connection: { listenClient?: { connection: { stream: Destroyable } } } };
  connection.listenClient?.connection.stream.destroy(reason);
}

interface Destroyable {
  destroy(reason: Error): void;
}
