import type { Clock } from '../../domain/clock.js';
import type { Candle, ObservedPrice, ObservedValue } from '../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../registry/apis/calls/api-client.js';
import {
  CANDLE_INTERVAL_MS,
  SERIES_SYMBOL,
  type CandleInterval,
  type MarketDataSource,
  type SeriesName,
  type SourceTraits,
} from '../market-data-source.js';
import { DAY_MS } from './answer-fields.js';
import { BinanceSpot } from './exchanges/binance-spot.js';
import type { Exchange } from './exchanges/exchange.js';
import { HyperliquidPerp } from './exchanges/hyperliquid-perp.js';
import { FetchCache, CACHE_MS } from './fetch-cache.js';
import type { SharedFetches } from './shared-fetches.js';
import { LivePrices } from './live-prices.js';
import { LIVE_SERIES, liveFunding, type LiveSeries } from './live-series.js';

/**
 * The real market, by the public interfaces of those who know it. Nothing is kept beyond the ages of `cache-ages.ts`:
 * what cannot be fetched fails, whatever was there before, and works again as soon as the source does. To add an
 * exchange: write its class, add it to the list in the constructor.
 */
export class LiveSource implements MarketDataSource {
  readonly market = 'live';
  readonly traits: SourceTraits = { priceFrom: 'ticker', monthlySeries: ['m2_yoy'] };

  private readonly exchanges: readonly Exchange[];
  private readonly prices: LivePrices;
  private readonly candleFetches: FetchCache<readonly Candle[]>;
  private readonly seriesFetches: FetchCache<readonly ObservedValue[]>;

  /** @param shared null: this process asks everything itself. */
  constructor(
    private readonly client: ApiClient,
    private readonly clock: Clock,
    shared: SharedFetches | null,
  ) {
    this.exchanges = [new BinanceSpot(client, clock), new HyperliquidPerp(client, clock)];
    this.prices = new LivePrices(clock, shared);
    this.candleFetches = new FetchCache(clock, shared);
    this.seriesFetches = new FetchCache(clock, shared);
  }

  /** An exchange is believed to have what its channel names: asking it would make a definition wait for a venue. */
  hasMarket(_symbol: string, channel: string): boolean {
    return this.exchangeOf(channel) !== undefined;
  }

  async prepare(symbol: string, channel: string): Promise<void> {
    const exchange = this.exchangeOf(channel);
    // A failure is told to the look that needs the price: it asks once more.
    if (exchange) await this.prices.fetch(exchange, symbol).catch(() => undefined);
  }

  async price(symbol: string, at: Date, channel: string): Promise<ObservedPrice | null> {
    const exchange = this.exchangeOf(channel);
    return exchange ? this.prices.at(exchange, symbol, at) : null;
  }

  async candles(
    symbol: string,
    interval: CandleInterval,
    count: number,
    at: Date,
    channel: string,
  ): Promise<readonly Candle[]> {
    const exchange = this.exchangeOf(channel);
    if (!exchange) return [];
    const sinceLastClose = this.clock.now().getTime() % CANDLE_INTERVAL_MS[interval];
    const candles = await this.candleFetches.get(
      `candles ${channel} ${symbol} ${interval} ${count}`,
      Math.min(CACHE_MS.candles, sinceLastClose),
      () => exchange.candles(symbol, interval, count),
    );
    return candles.filter(({ closeTime }) => closeTime <= at.getTime()).slice(-count);
  }

  candleSource(symbol: string, _interval: CandleInterval, channel: string): string {
    return this.exchangeOf(channel)!.sourceOf(symbol);
  }

  async series(name: SeriesName, days: number, at: Date): Promise<readonly ObservedValue[]> {
    const series = LIVE_SERIES[name];
    return series ? this.daily(`series ${name} ${days}`, series, days, at) : [];
  }

  async fundingRates(symbol: string, days: number, at: Date): Promise<readonly ObservedValue[]> {
    if (symbol === SERIES_SYMBOL) return this.series('funding', days, at);
    return this.daily(`funding ${symbol} ${days}`, liveFunding(symbol), days, at);
  }

  private async daily(key: string, series: LiveSeries, days: number, at: Date): Promise<readonly ObservedValue[]> {
    const values = await this.seriesFetches.get(key, series.cacheMs, () =>
      series.fetch(this.client, days, this.clock.now()),
    );
    const [after, until] = [at.getTime() - days * DAY_MS, at.getTime()];
    return values.filter(({ observed_at }) => {
      const observedAt = Date.parse(observed_at);
      return observedAt > after && observedAt <= until;
    });
  }

  private exchangeOf(channel: string): Exchange | undefined {
    return this.exchanges.find((exchange) => exchange.channel === channel);
  }
}
