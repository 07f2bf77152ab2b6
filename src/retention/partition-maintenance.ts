import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Clock } from '../domain/clock.js';
import { CLOCK } from '../platform/clock/clock.token.js';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { MonthPartitions } from '../platform/database/month-partitions.js';
import { LOGGER, type Logger } from '../platform/logging/logger.js';

const EVERY_MS = 3_600_000;

/** Keeps two months of partitions ready in a process that runs for months; the start has made those of today. */
@Injectable()
export class PartitionMaintenance {
  constructor(
    private readonly partitions: MonthPartitions,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Interval(EVERY_MS)
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
