import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, IsNull } from 'typeorm';
import { type Clock, CLOCK } from '../domain/clock.js';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { ADVISORY_LOCK } from '../platform/database/advisory-locks.js';
import { uuidv7 } from '../platform/database/uuid.js';
import { Unavailable } from '../platform/http/problems/app-errors.js';
import { LOGGER, type Logger } from '../platform/logging/logger.js';
import { checkInvariants } from './check-invariants.js';
import { InvariantCheck } from './invariant-check.entity.js';

const EVERY_MS = 3_600_000;
/** How often everything is checked, however old. */
const WHOLE_EVERY_MS = 24 * 3_600_000;
/** So far behind the last check a recent one begins: what was under way then is looked at again. */
const OVERLAP_MS = 3_600_000;
/** How often it is asked whether a check is due. */
const ASK_EVERY_MS = 60_000;
/** Older results are deleted. */
const MAX_RESULTS = 100;

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
   * start makes up for it. Nothing is kept of it, and whoever asked for it is told to ask another process. Later checks
   * are not begun. Resolves when the database is left alone; a second call waits for the same.
   */
  async stop(): Promise<void> {
    this.shutdown.abort(new Unavailable('stopping', 'This process is about to end. Ask another one.'));
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
    return this.database.getRepository(InvariantCheck).findOne({ where: {}, order: { id: 'DESC' } });
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
    const whole = await this.database.getRepository(InvariantCheck).findOne({
      where: { since: IsNull() },
      order: { id: 'DESC' },
    });
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
    await this.database.getRepository(InvariantCheck).insert(check);
    await this.database.query(
      `DELETE FROM invariant_checks WHERE id < (SELECT id FROM invariant_checks ORDER BY id DESC OFFSET $1 LIMIT 1)`,
      [MAX_RESULTS - 1],
    );
    return check;
  }

  /** The lock hangs on a connection of its own and goes away with the process. */
  private async withLock(work: () => Promise<InvariantCheck | null>): Promise<InvariantCheck | null> {
    this.shutdown.signal.throwIfAborted();
    const check = this.holdingLock(work);
    this.checking.add(check);
    try {
      return await check;
    } finally {
      this.checking.delete(check);
    }
  }

  private async holdingLock(work: () => Promise<InvariantCheck | null>): Promise<InvariantCheck | null> {
    const connection = this.database.createQueryRunner();
    try {
      const [row] = await connection.manager.query<{ taken: boolean }[]>(`SELECT pg_try_advisory_lock($1) AS taken`, [
        ADVISORY_LOCK.invariants,
      ]);
      if (!row!.taken) return null;
      try {
        return await work();
      } finally {
        await connection.manager.query(`SELECT pg_advisory_unlock($1)`, [ADVISORY_LOCK.invariants]);
      }
    } finally {
      await connection.release();
    }
  }
}
