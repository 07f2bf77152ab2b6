import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { StatisticsStore } from './statistics.store.js';

const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
/** A day's figure can wait: what failed for a reason that stays must not burden the database every minute. */
const AFTER_FAILURE_MS = 15 * 60_000;
/** Instances of a transaction: with years of history each, still far from the limit of a statement. */
const BATCH_SIZE = 200;

/** How far a day's statistics are. */
interface Progress {
  /** Whole days since the epoch. */
  readonly day: number;
  /** The last instance that was looked at. */
  after: string | null;
  /** All instances were looked at. */
  ended: boolean;
  /** Those that somebody worked on when it was their turn. */
  locked: string[];
}

/**
 * Computes once a day, and when a process starts, what needs the whole equity curve. In portions of instances: the number
 * of statements grows with the portions, which a job of the day may do and a run may not. Valuation does not wait for it.
 */
@Injectable()
export class DailyStatistics implements OnModuleDestroy {
  private stopping = false;
  private computing: Promise<void> | null = null;
  private progress: Progress = { day: 0, after: null, ended: true, locked: [] };
  /** After a failure: when it is tried again, ms. */
  private notBefore = 0;

  constructor(
    private readonly store: StatisticsStore,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Ends with the portion that is under way; the next process starts over, and writes only what is missing. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.computing;
  }

  /**
   * Goes on with the day's statistics; nothing when they are done. What failed is tried again from the same portion on, a
   * quarter of an hour later; what was locked, or was being done by another process, at the next look.
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
    if (await this.lookAtAll(now)) await this.tryLocked(now);
  }

  /** @returns whether all have been looked at. */
  private async lookAtAll(now: Date): Promise<boolean> {
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
