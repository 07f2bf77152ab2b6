import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { StatisticsStore } from './statistics.store.js';

const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
/** Back off after a failure: a lasting cause must not load the database every minute. */
const AFTER_FAILURE_MS = 15 * 60_000;
/** Instances of a transaction; even with years of history each it stays far below the statement timeout. */
const BATCH_SIZE = 200;

interface Progress {
  /** Whole days since the epoch. */
  readonly day: number;
  /** Last instance handled; null before the first. */
  after: string | null;
  /** Every instance was handled or found locked. */
  ended: boolean;
  /** Instances skipped because another transaction had locked them. */
  locked: string[];
}

/**
 * Computes the statistics that need the whole equity curve, once a day and after each start of a process. Works in batches;
 * unlike a run, a daily job may use more statements for more instances. Valuation does not wait for it.
 */
@Injectable()
export class DailyStatistics implements OnModuleDestroy {
  private stopping = false;
  private computing: Promise<void> | null = null;
  private progress: Progress = { day: 0, after: null, ended: true, locked: [] };
  /** Time of the next try after a failure, ms. */
  private notBefore = 0;

  constructor(
    private readonly store: StatisticsStore,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Waits for the current batch. The next process starts over and writes only ratios that differ. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.computing;
  }

  /**
   * Continues the day's statistics; does nothing once they are done. After a failure it retries the same batch 15 minutes
   * later. Locked instances, and a batch while another process computes, are retried at the next tick.
   */
  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api' || this.stopping || this.computing) return;
    const now = this.clock.now();
    if (now.getTime() < this.notBefore) return;
    this.computing = this.goOn(now).catch((error) => {
      this.notBefore = now.getTime() + AFTER_FAILURE_MS;
      this.logger.error({ err: error, retry_at: new Date(this.notBefore) }, 'statistics failed');
    });
    await this.computing;
    this.computing = null;
  }

  private async goOn(now: Date): Promise<void> {
    const day = Math.floor(now.getTime() / DAY_MS);
    if (this.progress.day !== day) this.progress = { day, after: null, ended: false, locked: [] };
    if (await this.computeAll(now)) await this.tryLocked(now);
  }

  /** @returns false when it stopped early: at shutdown, or because another process computes. */
  private async computeAll(now: Date): Promise<boolean> {
    const { progress, store } = this;
    while (!progress.ended) {
      if (this.stopping) return false;
      const ids = await store.idsAfter(progress.after, BATCH_SIZE);
      const locked = await store.computeSharpeRatios(ids, now);
      if (!locked) return false;
      progress.locked.push(...locked);
      progress.after = ids.at(-1) ?? progress.after;
      progress.ended = ids.length < BATCH_SIZE;
    }
    return true;
  }

  /** Retries each locked instance once; those still locked wait for the next pass. */
  private async tryLocked(now: Date): Promise<void> {
    const { progress, store } = this;
    for (let left = progress.locked.length; left > 0; left -= BATCH_SIZE) {
      if (this.stopping) return;
      const ids = progress.locked.slice(0, Math.min(left, BATCH_SIZE));
      const locked = await store.computeSharpeRatios(ids, now);
      if (!locked) return;
      progress.locked = [...progress.locked.slice(ids.length), ...locked];
    }
  }
}
