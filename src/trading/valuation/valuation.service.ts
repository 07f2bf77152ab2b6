import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { MarketDataUnavailable } from '../../market-data/market-data-errors.js';
import { MarketDataService } from '../../market-data/market-data.service.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { MonthPartitions } from '../../platform/database/month-partitions.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { PositionMonitor } from '../positions/position-monitor.js';
import { ValuationStore } from './valuation.store.js';

const EVERY_MS = 60_000;

/** Every minute, between runs too, settles open positions and revalues all instances. */
@Injectable()
export class ValuationService implements OnModuleDestroy {
  private stopping = false;
  private valuing: Promise<void> | null = null;

  constructor(
    private readonly store: ValuationStore,
    private readonly monitor: PositionMonitor,
    private readonly market: MarketDataService,
    private readonly partitions: MonthPartitions,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Starts no new valuation and waits for the current one, so that its database connection stays open. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.valuing;
  }

  /** Skips a tick while the previous valuation is running. */
  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api' || this.stopping || this.valuing) return;
    // After a failure the last values stay, and the next tick retries.
    this.valuing = this.valueAll().catch((error) => this.logger.error({ err: error }, 'valuation failed'));
    await this.valuing;
    this.valuing = null;
  }

  /** Settles positions, then values all instances. A market without a price is logged, and its instances retain their value. */
  async valueAll(): Promise<void> {
    await this.monitor.settleAll();
    const markets = await this.store.markets();
    if (markets.length > 0) await this.partitions.ensure(this.clock.now());
    for (const market of markets) {
      const { symbol, channel } = market;
      try {
        const { price, at } = await this.market.priceNow(symbol, channel);
        await this.store.value(market, price.value, at);
      } catch (error) {
        if (!(error instanceof MarketDataUnavailable)) throw error;
        this.logger.warn({ symbol, channel, err: error }, 'not valued: no price');
      }
    }
  }
}
