import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { type Clock, CLOCK } from '../domain/clock.js';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { uuidv7 } from '../platform/database/uuid.js';
import { Unavailable } from '../platform/http/problems/app-errors.js';
import { LOGGER, type Logger } from '../platform/logging/logger.js';
import { checkInvariants } from './check-invariants.js';
import type { InvariantCheck } from './invariant-check.entity.js';
import { InvariantCheckStore } from './invariant-check.store.js';

const EVERY_MS = 3_600_000;
/** How often everything is checked, however old. */
const WHOLE_EVERY_MS = 24 * 3_600_000;
/** So far behind the last check a recent one begins: what was under way then is looked at again. */
const OVERLAP_MS = 3_600_000;
/** How often it is asked whether a check is due. */
const ASK_EVERY_MS = 60_000;

/**
 * Checks the invariants every hour, in one of all workers, and keeps the results. Once a day everything is checked, in
 * between what is new since the last check; after a check that found something everything again, so that
 * a violation is shown until it is mended.
 */
@Injectable()
export class InvariantCheckService implements BeforeApplicationShutdown {
  private readonly shutdown = new AbortController();
  private asking: Promise<void> | null = null;
  /** Checks under way, those that somebody has asked for among them. */
  private readonly checking = new Set<Promise<unknown>>();

  constructor(
    private readonly database: DataSource,
    private readonly store: InvariantCheckStore,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Interval(ASK_EVERY_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api' || this.asking || this.shutdown.signal.aborted) return;
    this.asking = this.askAndCheck();
    await this.asking;
    this.asking = null;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /**
   * Gives up what is under way, in the middle of a statement: a check takes minutes on a large database, and the next
   * start makes up for it. Nothing of it is stored, and the caller is told to ask another process. Later checks
   * are not begun. Resolves when the database is left alone; a second call waits for the same.
   */
  async stop(): Promise<void> {
    this.shutdown.abort(new Unavailable('stopping', 'This process is shutting down. Try again.'));
    await Promise.allSettled([this.asking, ...this.checking]);
  }

  /**
   * Checks when the last check is an hour old. @returns null when it is not, or another process checks now.
   * @throws Unavailable when the process ends.
   */
  async checkIfDue(): Promise<InvariantCheck | null> {
    return this.withLock(async () => {
      const last = await this.last();
      const due = !last || this.clock.now().getTime() - last.checked_at.getTime() >= EVERY_MS;
      return due ? this.check(await this.sinceFor(last)) : null;
    });
  }

  /**
   * Checks everything now, however long ago the last check was. @returns null when another process checks at this moment.
   * @throws Unavailable when the process ends.
   */
  checkNow(): Promise<InvariantCheck | null> {
    return this.withLock(() => this.check(null));
  }

  /** The last check; null before the first. */
  async last(): Promise<InvariantCheck | null> {
    return this.store.last();
  }

  private async askAndCheck(): Promise<void> {
    try {
      await this.checkIfDue();
    } catch (error) {
      // Nothing depends on the check; the next minute tries again.
      if (!this.shutdown.signal.aborted) this.logger.error({ err: error }, 'invariants not checked');
    }
  }

  /** From when on the check after `last` must look; null: at everything. */
  private async sinceFor(last: InvariantCheck | null): Promise<Date | null> {
    if (!last || last.violated > 0) return null;
    const whole = await this.store.lastWhole();
    const now = this.clock.now().getTime();
    if (!whole || now - whole.checked_at.getTime() >= WHOLE_EVERY_MS) return null;
    return new Date(last.checked_at.getTime() - OVERLAP_MS);
  }

  private async check(since: Date | null): Promise<InvariantCheck> {
    const now = this.clock.now();
    const started = performance.now();
    const results = await checkInvariants(this.database, { since, signal: this.shutdown.signal });
    const violated = results.filter(({ violations }) => violations > 0);
    for (const result of violated) this.logger.error({ ...result }, 'invariant violated');
    const check = {
      id: uuidv7(now.getTime()),
      checked_at: now,
      duration_ms: Math.round(performance.now() - started),
      since,
      violated: violated.length,
      results,
    };
    await this.store.add(check);
    return check;
  }

  /** In one process at a time. */
  private async withLock(work: () => Promise<InvariantCheck | null>): Promise<InvariantCheck | null> {
    this.shutdown.signal.throwIfAborted();
    const check = this.store.alone(work);
    this.checking.add(check);
    try {
      return await check;
    } finally {
      this.checking.delete(check);
    }
  }
}
