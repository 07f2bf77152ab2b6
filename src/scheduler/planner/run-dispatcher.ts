import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { JobQueue } from '../../platform/queue/job-queue.js';
import { ChunkHandler } from '../chunks/chunk-handler.js';
import { RunHandler } from '../runs/run-handler.js';

/**
 * Jobs that one process works on at a time: while one decides, others wait for the database. With only two, both tend
 * to wait and decide at the same time.
 */
const CONCURRENCY = 4;

/** Queues runs and chunks and, in a worker, processes them. */
@Injectable()
export class RunDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private stopping: Promise<void> | null = null;

  constructor(
    private readonly queue: JobQueue,
    private readonly runHandler: RunHandler,
    private readonly chunkHandler: ChunkHandler,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'api') return;
    this.queue.process((name, data) => this.work(name, data), CONCURRENCY);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /**
   * Takes no new jobs and waits for the current ones, up to a limit, before the database is closed. A second call waits
   * for the first.
   */
  stop(): Promise<void> {
    this.stopping ??= this.drain();
    return this.stopping;
  }

  private async drain(): Promise<void> {
    if (await this.queue.drain()) return;
    this.logger.warn('running jobs did not end in time; another process takes them');
    await this.runHandler.giveUp();
  }

  /** Queues a run. Idempotent while the job waits. */
  async dispatch(runId: string): Promise<void> {
    await this.queue.addAll([runJob(runId)]);
  }

  /** Queues a stored run. If the queue fails, a later heartbeat finds the run and queues it. */
  async tryToDispatch(runId: string): Promise<void> {
    try {
      await this.dispatch(runId);
    } catch (error) {
      this.logger.error({ run_id: runId, err: error }, 'run not queued yet');
    }
  }

  private async work(name: string, data: Record<string, unknown>): Promise<void> {
    const runId = String(data['run_id']);
    if (name === 'chunk') return this.chunkHandler.handle(runId, Number(data['chunk_index']));
    const chunks = await this.runHandler.handle(runId);
    await this.queue.addAll(chunks.map((index) => chunkJob(runId, index)));
  }
}

export interface Job {
  readonly name: string;
  readonly data: Record<string, unknown>;
  readonly id: string;
}

/** Analyses the market for a run and divides its instances into chunks. */
export function runJob(runId: string): Job {
  return { name: 'run', data: { run_id: runId }, id: `run-${runId}` };
}

/** Serves one chunk of a run. */
export function chunkJob(runId: string, index: number): Job {
  return { name: 'chunk', data: { run_id: runId, chunk_index: index }, id: `chunk-${runId}-${index}` };
}
