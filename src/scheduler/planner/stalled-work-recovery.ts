import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { endStuckSessions } from '../../platform/database/data-source-options.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { JobQueue } from '../../platform/queue/job-queue.js';
import { ChunkStore } from '../chunks/chunk.store.js';
import { RunStore } from '../runs/run.store.js';
import { chunkJob, runJob, type Job } from './run-dispatcher.js';

/** Younger runs may be on their way into the queue. */
const LOOKED_AT_AFTER_MS = 3000;
/** Jobs that are added again within this time are one job, however many processes add them. */
const SLOT_MS = 5000;

/**
 * Finds work that should be done and that nobody does, and queues it again. What is to be done stands in the database,
 * and who does it shows there: by the lease of a run, by the lock on a chunk. The queue only wakes workers, so
 * whatever it loses, or believes of workers that are dead, nothing is lost.
 */
@Injectable()
export class StalledWorkRecovery {
  /** What was being worked on at the last look, as far as the queue knows. */
  private takenBefore: ReadonlySet<string> = new Set();

  constructor(
    private readonly queue: JobQueue,
    private readonly runs: RunStore,
    private readonly chunks: ChunkStore,
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** To be called every few seconds. Twice at once, or in many processes, queues nothing twice. */
  async rescue(): Promise<void> {
    const ended = await endStuckSessions(this.dataSource);
    if (ended > 0) this.logger.warn({ sessions: ended }, 'ended the sessions of a process that has stopped');
    const now = this.clock.now();
    const pending = await this.queue.pending();
    const keysOf = (active: boolean) =>
      new Set(pending.filter((job) => job.active === active).map(({ name, data }) => keyOf({ name, data })));
    const waiting = keysOf(false);
    const taken = keysOf(true);
    // What was taken a moment ago is only beginning: its lease or lock may not be there yet.
    const lost = (job: Job): boolean =>
      !waiting.has(keyOf(job)) && (!taken.has(keyOf(job)) || this.takenBefore.has(keyOf(job)));
    const jobs = await this.findLost(now, lost);
    this.takenBefore = taken;
    const slot = Math.floor(now.getTime() / SLOT_MS);
    // Another id: the queue may take the job of a dead worker for one that is being worked on.
    const again = jobs.map(({ name, data, id }) => ({ name, data, id: `${id}-${slot}` }));
    if (again.length > 0) await this.queue.addAll(again);
  }

  private async findLost(now: Date, lost: (job: Job) => boolean): Promise<Job[]> {
    const before = new Date(now.getTime() - LOOKED_AT_AFTER_MS);
    const runs = (await this.runs.findAbandoned(before, now)).map(runJob).filter(lost);
    const open = (await this.chunks.findOpen(before)).filter((key) => lost(chunkJob(key.run_id, key.chunk_index)));
    const free = open.length > 0 ? await this.chunks.findFree(open) : [];
    return [...runs, ...free.map((key) => chunkJob(key.run_id, key.chunk_index))];
  }
}

/** Tells the work of two jobs apart, whatever their ids. */
function keyOf({ name, data }: Pick<Job, 'name' | 'data'>): string {
  return `${name} ${String(data['run_id'])} ${String(data['chunk_index'] ?? '')}`;
}
