import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { endStuckSessions } from '../../platform/database/data-source-options.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { JobQueue } from '../../platform/queue/job-queue.js';
import { ChunkStore } from '../chunks/chunk.store.js';
import { RunStore } from '../runs/run.store.js';
import { chunkJob, runJob, type Job } from './run-dispatcher.js';

/** Younger runs may not have reached the queue yet. */
const CHECKED_AFTER_MS = 3000;
/** Within this time all processes add the same job once. */
const SLOT_MS = 5000;

/**
 * Queues stalled work again. The database says what is open and who works on it: a run by its lease, a chunk by its
 * lock. The queue only wakes workers, so a job that it loses, or believes to be held by a dead worker, delays nothing
 * for long.
 */
@Injectable()
export class StalledWorkRecovery {
  /** Jobs that the queue reported as active in the previous pass. */
  private takenBefore: ReadonlySet<string> = new Set();

  constructor(
    private readonly queue: JobQueue,
    private readonly runs: RunStore,
    private readonly chunks: ChunkStore,
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Call it every few seconds. Concurrent calls, in any number of processes, queue nothing twice. */
  async rescue(): Promise<void> {
    const ended = await endStuckSessions(this.dataSource);
    if (ended > 0) this.logger.warn({ sessions: ended }, 'ended the sessions of a process that has stopped');
    const now = this.clock.now();
    const pending = await this.queue.pending();
    const keysOf = (active: boolean) =>
      new Set(pending.filter((job) => job.active === active).map(({ name, data }) => keyOf({ name, data })));
    const waiting = keysOf(false);
    const taken = keysOf(true);
    // A job that became active only since the last pass may not have its lease or lock yet.
    const lost = (job: Job): boolean =>
      !waiting.has(keyOf(job)) && (!taken.has(keyOf(job)) || this.takenBefore.has(keyOf(job)));
    const jobs = await this.findLost(now, lost);
    this.takenBefore = taken;
    const slot = Math.floor(now.getTime() / SLOT_MS);
    // A new id: the queue may still report the job of a dead worker as active.
    const again = jobs.map(({ name, data, id }) => ({ name, data, id: `${id}-${slot}` }));
    if (again.length > 0) await this.queue.addAll(again);
  }

  private async findLost(now: Date, lost: (job: Job) => boolean): Promise<Job[]> {
    const before = new Date(now.getTime() - CHECKED_AFTER_MS);
    const runs = (await this.runs.findAbandoned(before, now)).map(runJob).filter(lost);
    const open = (await this.chunks.findOpen(before)).filter((key) => lost(chunkJob(key.run_id, key.chunk_index)));
    const free = open.length > 0 ? await this.chunks.findFree(open) : [];
    return [...runs, ...free.map((key) => chunkJob(key.run_id, key.chunk_index))];
  }
}

/** Identifies the work of a job; ids differ between retries. */
function keyOf({ name, data }: Pick<Job, 'name' | 'data'>): string {
  return `${name} ${String(data['run_id'])} ${String(data['chunk_index'] ?? '')}`;
}
