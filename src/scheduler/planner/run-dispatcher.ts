import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { JobQueue } from '../../platform/queue/job-queue.js';
import { ChunkHandler } from '../chunks/chunk-handler.js';
import { RunHandler } from '../runs/run-handler.js';

/**
 * Jobs that one process works on at a time: while one decides, others wait for the database. With two they fall into
 * step, and wait and decide at the same time.
 */
const CONCURRENCY = 4;

/** Hands runs and chunks to the queue, and, in a worker, takes them from it. */
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

  /** No new jobs; the running ones end before the database is closed, within a limit. A second call waits for the first. */
  stop(): Promise<void> {
    this.stopping ??= this.drain();
    return this.stopping;
  }

  private async drain(): Promise<void> {
    if (await this.queue.drain()) return;
    this.logger.warn('running jobs did not end in time; another process takes them');
    await this.runHandler.giveUp();
  }

  /** Queues a run. The same run twice is one job as long as it waits. */
  async dispatch(runId: string): Promise<void> {
    await this.queue.addAll([runJob(runId)]);
  }

  /** Queues a run that is stored; if the queue fails now, a heartbeat finds the run and queues it. */
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

/** What is handed to the queue. */
export interface Job {
  readonly name: string;
  readonly data: Record<string, unknown>;
  readonly id: string;
}

/** Analyse the market for a run, and divide it. */
export function runJob(runId: string): Job {
  return { name: 'run', data: { run_id: runId }, id: `run-${runId}` };
}

/** Serve the instances of one chunk of a run. */
export function chunkJob(runId: string, index: number): Job {
  return { name: 'chunk', data: { run_id: runId, chunk_index: index }, id: `chunk-${runId}-${index}` };
}
