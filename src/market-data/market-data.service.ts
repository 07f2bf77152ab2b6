import { Inject, Injectable, Logger } from '@nestjs/common';
import type { MarketSnapshot, ObservedPrice, ObservedValue } from '../domain/market/market-snapshot.js';
import { RegistryService } from '../registry/registry.service.js';
import { maxCandleAgeMs } from './freshness.js';
import { MarketDataUnavailable } from './market-data-unavailable.js';
import { MARKET_DATA_SOURCE } from './market-data-source.js';
import type { MarketDataSource } from './market-data-source.js';
import { Toolbox } from './toolbox.js';
import { CANDLE_HISTORY_COUNT, SERIES_HISTORY_DAYS } from './tools/market-tool.js';
import type { SeriesToolName } from './tools/market-tool.js';

const DAY_MS = 24 * 60 * 60_000;

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
    const [price, fearGreed, dxy] = await Promise.all([
      toolbox.price(symbol),
      newestOf(toolbox, 'get_fear_greed'),
      newestOf(toolbox, 'get_dxy'),
    ]);
    if (price.absent !== null) throw new MarketDataUnavailable(symbol, price.absent);
    return {
      market: toolbox.market,
      symbol,
      taken_at: at.toISOString(),
      price: price.value,
      change_24h_percent: await change24h(toolbox, symbol, price.value),
      fear_greed: fearGreed,
      dxy,
    };
  }
}

async function newestOf(toolbox: Toolbox, tool: SeriesToolName): Promise<ObservedValue | null> {
  const reading = await toolbox.series(tool, SERIES_HISTORY_DAYS);
  return reading.value?.at(-1) ?? null;
}

/**
 * The price against the close of the 1-hour candle that closed 24 hours before the run; null when that
 * candle and the one before it are missing (the age rule of candles, a day ago).
 */
async function change24h(toolbox: Toolbox, symbol: string, price: ObservedPrice): Promise<ObservedValue | null> {
  const candles = (await toolbox.candles(symbol, '1h', CANDLE_HISTORY_COUNT)).value ?? [];
  const dayBefore = toolbox.at.getTime() - DAY_MS;
  const base = candles.findLast((candle) => candle.closeTime <= dayBefore);
  if (!base || dayBefore - base.closeTime > maxCandleAgeMs('1h')) return null;
  return {
    value: (Number(price.value) / base.close - 1) * 100,
    source: price.source,
    observed_at: price.observed_at,
  };
}
