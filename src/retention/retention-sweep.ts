import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Clock } from '../domain/clock.js';
import { CLOCK } from '../platform/clock/clock.token.js';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { monthOf, monthText } from '../domain/schedule/month.js';
import { MonthPartitions } from '../platform/database/month-partitions.js';
import { LOGGER, type Logger } from '../platform/logging/logger.js';
import { prune } from './month-pruning.js';

/** Nearly always there is nothing to do, which one look tells; a process that is restarted daily must sweep too. */
const EVERY_MS = 3_600_000;

/** Drops the months that RETENTION_MONTHS does not keep; of all processes one at a time. */
@Injectable()
export class RetentionSweep implements OnModuleDestroy {
  private readonly leaving = new AbortController();
  private sweeping: Promise<void> | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** What is under way is left as it is: the next sweep goes on. */
  async onModuleDestroy(): Promise<void> {
    this.leaving.abort();
    await this.sweeping;
  }

  /** One sweep; while one is under way another does nothing. Never throws: the next one tries again. */
  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api' || this.config.retentionMonths === null || this.sweeping) return;
    this.sweeping = this.sweep(this.config.retentionMonths);
    await this.sweeping;
    this.sweeping = null;
  }

  private async sweep(months: number): Promise<void> {
    const before = monthOf(this.clock.now()) - months;
    try {
      await prune(
        this.config.ownerUrl,
        before,
        ({ parent, month, rows, bytes }) =>
          this.logger.info({ table: parent, month: monthText(month), rows, bytes }, 'month dropped'),
        this.leaving.signal,
      );
    } catch (error) {
      if (this.leaving.signal.aborted) return;
      this.logger.error({ err: error }, 'months that are not kept could not be dropped');
    }
  }
}

const MAINTAIN_EVERY_MS = 3_600_000;

/** Keeps two months of partitions ready in a process that runs for months; the start has made those of today. */
@Injectable()
export class PartitionMaintenance {
  constructor(
    private readonly partitions: MonthPartitions,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Interval(MAINTAIN_EVERY_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api') return;
    try {
      await this.partitions.ensureAhead(this.clock.now());
    } catch (error) {
      // There are two months in which to succeed; until then nothing depends on it.
      this.logger.error({ err: error }, 'no partitions made ahead');
    }
  }
}
