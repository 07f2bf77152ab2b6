import { Queue, Worker, createPostgresBackend, type Job } from 'bullmq';
import { Redis } from 'ioredis';

/** Where the queue lives. */
export type QueueStore =
  { readonly kind: 'postgres'; readonly url: string } | { readonly kind: 'redis'; readonly url: string };

/** What a job is called and what it carries. Effects must be safe to repeat: delivery is at least once. */
export type JobHandler = (name: string, data: Record<string, unknown>) => Promise<void>;

const QUEUE_NAME = 'runs';
/** Schema of the queue's tables when they live in our database. */
const SCHEMA = 'queue';
/** A worker that does not renew its lock for this long is taken for dead, and its job goes to another. */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 10_000;
/** How long a stop waits for running jobs. */
const DRAIN_LIMIT_MS = 20_000;

/**
 * The job queue of all processes: BullMQ on PostgreSQL, or on Redis or Valkey.
 * A job is known by its id: adding it again while it waits or runs changes nothing.
 */
export class JobQueue {
  private readonly queue: Queue;
  private readonly workers: Worker[] = [];

  constructor(
    private readonly store: QueueStore,
    private readonly onError: (error: Error) => void,
  ) {
    this.queue = this.connectQueue();
    this.queue.on('error', onError);
  }

  /** Resolves when the queue can be used; makes its tables when they are missing. */
  async ready(): Promise<void> {
    await this.queue.waitUntilReady();
  }

  /** @param id letters, digits and `-`; the same id twice is one job. */
  async add(name: string, data: Record<string, unknown>, id: string): Promise<void> {
    await this.addAll([{ name, data, id }]);
  }

  /** Adds many jobs in one go. */
  async addAll(
    jobs: readonly { readonly name: string; readonly data: Record<string, unknown>; readonly id: string }[],
  ): Promise<void> {
    const opts = {
      removeOnComplete: true,
      removeOnFail: true,
      attempts: 3,
      backoff: { type: 'exponential', delay: 1000 },
    } as const;
    await this.queue.addBulk(jobs.map(({ name, data, id }) => ({ name, data, opts: { ...opts, jobId: id } })));
  }

  /** Jobs that wait, run, are delayed or have failed for good. */
  counts(): Promise<Record<string, number>> {
    return this.queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
  }

  /** Starts to take jobs, `concurrency` at a time in this process. */
  process(handler: JobHandler, concurrency: number): void {
    const worker = this.connectWorker((job) => handler(job.name, job.data as Record<string, unknown>), concurrency);
    worker.on('error', this.onError);
    worker.on('failed', (job, error) =>
      this.onError(new Error(`Job ${job?.name ?? '?'} ${job?.id ?? '?'} failed: ${error.message}`, { cause: error })),
    );
    this.workers.push(worker);
  }

  /**
   * Takes no more jobs and resolves when the running ones have ended, or after `limitMs`: then they are given up, and
   * another process takes them when their locks run out. @returns false when jobs were given up.
   */
  async drain(limitMs = DRAIN_LIMIT_MS): Promise<boolean> {
    const workers = this.workers.splice(0);
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), limitMs);
    });
    const ended = Promise.all(workers.map((worker) => worker.close())).then(() => true);
    const inTime = await Promise.race([ended, tooLate]);
    clearTimeout(timer);
    return inTime;
  }

  /** Closes all connections; call {@link drain} first. */
  async close(): Promise<void> {
    await this.queue.close();
  }

  private connectQueue(): Queue {
    if (this.store.kind === 'redis') return new Queue(QUEUE_NAME, { connection: this.redis(), prefix: 'conclave' });
    return new Queue(QUEUE_NAME, { connection: this.postgres() }, createPostgresBackend) as unknown as Queue;
  }

  private connectWorker(processor: (job: Job) => Promise<void>, concurrency: number): Worker {
    const options = { concurrency, lockDuration: LOCK_MS, stalledInterval: STALLED_CHECK_MS, maxStalledCount: 10 };
    if (this.store.kind === 'redis') {
      return new Worker(QUEUE_NAME, processor, { ...options, connection: this.redis(), prefix: 'conclave' });
    }
    const connection = this.postgres();
    return new Worker(QUEUE_NAME, processor, { ...options, connection }, createPostgresBackend) as unknown as Worker;
  }

  private postgres(): { connectionString: string; schema: string; migrate: boolean; max: number; keepAlive: boolean } {
    return { connectionString: this.store.url, schema: SCHEMA, migrate: true, max: 4, keepAlive: true };
  }

  private redis(): Redis {
    return new Redis(this.store.url, { maxRetriesPerRequest: null });
  }
}
