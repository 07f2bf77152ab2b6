import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Clock } from '../../domain/clock.js';
import { MarketDataUnavailable } from '../../market-data/market-data-unavailable.js';
import { MarketDataService } from '../../market-data/market-data.service.js';
import { CLOCK } from '../../platform/clock/clock.token.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { ValuationStore } from './valuation.store.js';

const EVERY_MS = 60_000;

/** Keeps the value of every instance at most a minute old, between the runs too. */
@Injectable()
export class ValuationService {
  private valuing = false;

  constructor(
    private readonly store: ValuationStore,
    private readonly market: MarketDataService,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api' || this.valuing) return;
    this.valuing = true;
    try {
      await this.valueAll();
    } catch (error) {
      // Yesterday's value stays until the database or the market is back; the next minute tries again.
      this.logger.error({ err: error }, 'valuation failed');
    } finally {
      this.valuing = false;
    }
  }

  /** Values all instances now. A symbol without a price keeps its last value, and the log says so. */
  async valueAll(): Promise<void> {
    const now = this.clock.now();
    const symbols = await this.store.symbols();
    if (symbols.length === 0) return;
    const toolbox = await this.market.openToolbox(now);
    for (const symbol of symbols) {
      try {
        const { price } = await this.market.snapshot(symbol, now, toolbox);
        await this.store.value(symbol, price.value, now);
      } catch (error) {
        if (!(error instanceof MarketDataUnavailable)) throw error;
        this.logger.warn({ symbol, err: error }, 'not valued: no price');
      }
    }
  }
}
