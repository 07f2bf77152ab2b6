import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, Worker, type Job } from 'bullmq';
import { createCalmPostgresBackend, queueConnection } from './postgres-backend.js';
import { RedisConnection } from './redis-connection.js';
import { TookTooLong, within } from './within.js';

export type QueueStore =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string };

/** Handles a job by its name and data. Delivery is at least once, so its effects must be idempotent. */
export type JobHandler = (name: string, data: Record<string, unknown>) => Promise<void>;

const QUEUE_NAME = 'runs';
/** Prefix of all keys in Redis. */
const PREFIX = 'conclave';
/** A worker that does not renew its lock within this time counts as dead, and another one takes its job. */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 10_000;
const DRAIN_LIMIT_MS = 20_000;
/** How long a shutdown waits for connections to close; half-open ones never do. */
const CLOSE_LIMIT_MS = 5000;
const RETRY_AFTER_MS = 1000;
/** Jobs of a state that {@link JobQueue.pending} reads at most. */
const PENDING_AT_MOST = 10_000;

export interface PendingJob {
  readonly name: string;
  readonly data: Record<string, unknown>;
  readonly active: boolean;
}

/**
 * The job queue of all processes: BullMQ on PostgreSQL, or on Redis or Valkey. Jobs have ids: adding one again while it
 * waits or runs has no effect.
 */
export class JobQueue {
  private readonly queue: Queue;
  private workers: Worker[] = [];
  /** BullMQ closes only connections that it has opened itself. */
  private readonly connections: RedisConnection[] = [];
  private draining = false;

  constructor(
    private readonly store: QueueStore,
    private readonly onError: (error: Error) => void,
  ) {
    this.queue = this.connectQueue();
    this.queue.on('error', onError);
  }

  /** Resolves when the queue is usable. Creates its tables when they are missing. */
  async ready(): Promise<void> {
    await this.queue.waitUntilReady();
  }

  /** @param id letters, digits and `-`; adding the same id twice makes one job. */
  async add(name: string, data: Record<string, unknown>, id: string): Promise<void> {
    await this.addAll([{ name, data, id }]);
  }

  /**
   * Adds many jobs at once. A failed job is removed: the process that added it sees that its work is not done, and adds
   * it again. BullMQ's own retries wait by the machine's clock, which may be hours off.
   */
  async addAll(
    jobs: readonly { readonly name: string; readonly data: Record<string, unknown>; readonly id: string }[],
  ): Promise<void> {
    const opts = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;
    await this.queue.addBulk(jobs.map(({ name, data, id }) => ({ name, data, opts: { ...opts, jobId: id } })));
  }

  counts(): Promise<Record<string, number>> {
    return this.queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
  }

  /** Waiting and active jobs. The worker of an active one may be dead. */
  async pending(): Promise<PendingJob[]> {
    const [waiting, active] = await Promise.all([
      this.queue.getJobs(['waiting', 'delayed'], 0, PENDING_AT_MOST),
      this.queue.getJobs(['active'], 0, PENDING_AT_MOST),
    ]);
    return [...pendingOf(waiting, false), ...pendingOf(active, true)];
  }

  /** Processes jobs, `concurrency` at a time in this process. */
  process(handler: JobHandler, concurrency: number): void {
    this.draining = false;
    void this.startWorker((job) => handler(job.name, job.data as Record<string, unknown>), concurrency);
  }

  /** A worker whose first connection fails never recovers, so it is replaced until one works. */
  private async startWorker(processor: (job: Job) => Promise<void>, concurrency: number): Promise<void> {
    while (!this.draining) {
      const worker = this.connectWorker(processor, concurrency);
      worker.on('error', this.onError);
      worker.on('failed', (job, error) =>
        this.onError(new Error(`Job ${job?.name ?? '?'} ${job?.id ?? '?'} failed: ${error.message}`, { cause: error })),
      );
      this.workers.push(worker);
      try {
        await worker.waitUntilReady();
        return;
      } catch (error) {
        this.onError(error as Error);
        this.workers = this.workers.filter((each) => each !== worker);
        await worker.close(true);
        await sleep(RETRY_AFTER_MS);
      }
    }
  }

  /**
   * Takes no more jobs and resolves when the running ones have ended, or after `limitMs`. Jobs that still run are then
   * given up, and another process takes them when their locks expire.
   * @returns false when jobs were given up.
   */
  async drain(limitMs = DRAIN_LIMIT_MS): Promise<boolean> {
    this.draining = true;
    const workers = this.workers.splice(0);
    return endsWithin(limitMs, Promise.all(workers.map((worker) => worker.close())));
  }

  /** Closes all connections within 10 s. Call {@link drain} first. */
  async close(): Promise<void> {
    await endsWithin(CLOSE_LIMIT_MS, this.queue.close());
    await endsWithin(CLOSE_LIMIT_MS, Promise.all(this.connections.map((connection) => connection.close())));
  }

  private connectQueue(): Queue {
    if (this.store.kind === 'redis') {
      return new Queue(QUEUE_NAME, { connection: this.redis(this.store.url, 'commands'), prefix: PREFIX });
    }
    return new Queue(
      QUEUE_NAME,
      { connection: queueConnection(this.store.url) },
      createCalmPostgresBackend,
    ) as unknown as Queue;
  }

  private connectWorker(processor: (job: Job) => Promise<void>, concurrency: number): Worker {
    const options = {
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: 10,
      runRetryDelay: RETRY_AFTER_MS,
    };
    if (this.store.kind === 'redis') {
      const connection = this.redis(this.store.url, 'work');
      return new Worker(QUEUE_NAME, processor, { ...options, connection, prefix: PREFIX });
    }
    const connection = queueConnection(this.store.url);
    return new Worker(
      QUEUE_NAME,
      processor,
      { ...options, connection },
      createCalmPostgresBackend,
    ) as unknown as Worker;
  }

  private redis(url: string, use: 'commands' | 'work'): RedisConnection['redis'] {
    const connection = new RedisConnection(url, use);
    this.connections.push(connection);
    return connection.redis;
  }
}

function pendingOf(jobs: readonly Job[], active: boolean): PendingJob[] {
  return jobs.map(({ name, data }) => ({ name, data: data as Record<string, unknown>, active }));
}

async function endsWithin(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  try {
    await within(limitMs, work);
    return true;
  } catch (error) {
    if (error instanceof TookTooLong) return false;
    throw error;
  }
}
