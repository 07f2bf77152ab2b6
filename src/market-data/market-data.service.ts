import { Inject, Injectable, Logger } from '@nestjs/common';
import type { MarketSnapshot } from '../domain/market/market-snapshot.js';
import { RegistryService } from '../registry/registry.service.js';
import { MARKET_DATA_SOURCE } from './market-data-source.js';
import type { MarketDataSource } from './market-data-source.js';
import { snapshotOf } from './snapshot.js';
import { Toolbox } from './toolbox.js';

/** Opens the market for a run and says what it looked like. */
@Injectable()
export class MarketDataService {
  private readonly logger = new Logger('MarketData');

  constructor(
    @Inject(MARKET_DATA_SOURCE) private readonly source: MarketDataSource,
    private readonly registry: RegistryService,
  ) {}

  /**
   * A toolbox that sees the market as it was at `at`, with the registries' switches as they are now (one
   * statement). One per run: its values are fetched once and kept.
   */
  async openToolbox(at: Date): Promise<Toolbox> {
    return new Toolbox(this.source, await this.registry.switches(), at, ({ tool, message }) =>
      this.logger.warn(`${tool} failed at ${at.toISOString()}: ${message}`),
    );
  }

  /**
   * What is known of the market at the toolbox's time. Absent values other than the price are null.
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
