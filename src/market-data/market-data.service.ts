import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Clock, CLOCK } from '../domain/clock.js';
import type {
  Candle,
  MarketSnapshot,
  MarketSourceName,
  ObservedPrice,
  ObservedValue,
} from '../domain/market/market-snapshot.js';
import { Unavailable } from '../platform/http/problems/app-errors.js';
import { RegistryService } from '../registry/registry.service.js';
import { MARKET_DATA_SOURCE } from './market-data-source.js';
import type { CandleInterval, MarketDataSource } from './market-data-source.js';
import { MarketDataDefect } from './market-data-errors.js';
import { hourVolumeIn, priceIn, snapshotOf } from './snapshot.js';
import { Toolbox } from './toolbox.js';

/** Opens the market for a run and takes its snapshot. */
@Injectable()
export class MarketDataService {
  private readonly logger = new Logger('MarketData');

  constructor(
    @Inject(MARKET_DATA_SOURCE) private readonly source: MarketDataSource,
    private readonly registry: RegistryService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A toolbox that shows the market as of `at`, with prices at the venue of the trade channel and the registries'
   * present switches (one statement). One per run: it fetches each value once and caches it.
   */
  async openToolbox(at: Date, channel: string): Promise<Toolbox> {
    return new Toolbox(this.source, await this.registry.switches(), at, channel, ({ tool, message }) =>
      this.logger.warn(`${tool} failed at ${at.toISOString()}: ${message}`),
    );
  }

  /** Must be called before the time of a run is fixed; data fetched later would be look-ahead. Never throws. */
  async prepare(symbol: string, channel: string): Promise<void> {
    await this.source.prepare?.(symbol, channel);
  }

  /**
   * The present price and its time.
   *
   * @throws MarketDataUnavailable when there is none.
   */
  async priceNow(symbol: string, channel: string): Promise<{ readonly price: ObservedPrice; readonly at: Date }> {
    await this.prepare(symbol, channel);
    const at = this.clock.now();
    return { price: await this.priceIn(await this.openToolbox(at, channel), symbol), at };
  }

  /**
   * The present price, and the volume of the last closed hour, null if unknown.
   *
   * @throws MarketDataUnavailable when there is no price.
   */
  async marketNow(
    symbol: string,
    channel: string,
  ): Promise<{ readonly price: ObservedPrice; readonly hourVolume: ObservedValue | null }> {
    await this.prepare(symbol, channel);
    const toolbox = await this.openToolbox(this.clock.now(), channel);
    const [price, hourVolume] = await Promise.all([this.priceIn(toolbox, symbol), this.hourVolumeIn(toolbox, symbol)]);
    return { price, hourVolume };
  }

  /**
   * Volume of the last closed hour as the toolbox sees it, in base units; null if unknown. Invalid candles are logged
   * and count as unknown: a stop or a close must not wait for them.
   */
  async hourVolumeIn(toolbox: Toolbox, symbol: string): Promise<ObservedValue | null> {
    try {
      return await hourVolumeIn(toolbox, symbol);
    } catch (error) {
      if (!(error instanceof MarketDataDefect)) throw error;
      this.logger.error(`The volume of ${symbol} is unknown: ${error.message}`);
      return null;
    }
  }

  /** @throws MarketDataUnavailable when the toolbox has no price. */

  priceIn(toolbox: Toolbox, symbol: string): Promise<ObservedPrice> {
    return priceIn(toolbox, symbol);
  }

  /** Whether this market can have prices of a symbol at the venue of a trade channel. */
  hasMarket(symbol: string, channel: string): boolean {
    return this.source.hasMarket(symbol, channel);
  }

  get market(): MarketSourceName {
    return this.source.market;
  }

  /**
   * The newest closed candles of a venue, ascending, at most `count`. They are for charts, so the switches of tools do
   * not apply. @throws Unavailable (503 `market_data_unavailable`) when the source fails.
   */
  async candles(symbol: string, interval: CandleInterval, count: number, channel: string): Promise<readonly Candle[]> {
    try {
      return await this.source.candles(symbol, interval, count, this.clock.now(), channel);
    } catch (error) {
      this.logger.warn(`candles of ${symbol} at ${channel}: ${String(error)}`);
      throw new Unavailable(
        'market_data_unavailable',
        `There are no candles of ${symbol} at the moment. Try again later.`,
        5,
        {
          symbol,
        },
      );
    }
  }

  /**
   * The market at the toolbox's time. Absent values other than the price are null.
   *
   * @throws MarketDataUnavailable when there is no price.
   */
  async snapshot(symbol: string, at: Date, toolbox: Toolbox): Promise<MarketSnapshot> {
    if (at.getTime() !== toolbox.at.getTime()) {
      throw new Error(`A toolbox of ${toolbox.at.toISOString()} cannot show the market of ${at.toISOString()}.`);
    }
    return snapshotOf(symbol, toolbox);
  }
}
