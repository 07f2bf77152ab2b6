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
import { blockchainChart, networkValueToTransactions, marketToRealisedValue, mempoolFees } from './chain-series.js';
import { BinanceSpot } from './exchanges/binance-spot.js';
import type { Exchange } from './exchanges/ccxt-client.js';
import { HyperliquidPerp } from './exchanges/hyperliquid-perp.js';
import { FetchCache, CACHE_MS } from './fetch-cache.js';
import { fredDaily, dollarIndex, moneyGrowth } from './fred-series.js';
import { fearGreed, perpetualFunding } from './sentiment-series.js';
import type { SharedFetches } from './shared-fetches.js';
import { LivePrices } from './live-prices.js';

/**
 * The real market, through public APIs. Cached answers expire by `CACHE_MS`; a failed request is a failure even if an
 * older value exists, and succeeds again as soon as its source does. To add an exchange, write its class and add it to
 * the list in the constructor.
 */
export class LiveSource implements MarketDataSource {
  readonly market = 'live';
  readonly traits: SourceTraits = { priceFrom: 'ticker', monthlySeries: ['m2_yoy'] };

  private readonly exchanges: readonly Exchange[];
  private readonly prices: LivePrices;
  private readonly candleFetches: FetchCache<readonly Candle[]>;
  private readonly seriesFetches: FetchCache<readonly ObservedValue[]>;

  /** @param shared null: this process makes all requests itself. */
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

  /**
   * Assumes that the exchange lists every symbol of its channel: asking would make the validation of a definition wait
   * for a venue.
   */
  hasMarket(_symbol: string, channel: string): boolean {
    return this.exchangeOf(channel) !== undefined;
  }

  async prepare(symbol: string, channel: string): Promise<void> {
    const exchange = this.exchangeOf(channel);
    // Ignored here: the later request for the price retries and reports the failure.
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

interface LiveSeries {
  /** How long an answer is used, ms. */
  readonly cacheMs: number;
  /**
   * Returns the values of at least the last `days` days, ascending.
   *
   * @throws ApiFailure.
   */
  readonly fetch: (client: ApiClient, days: number, now: Date) => Promise<readonly ObservedValue[]>;
}

/** The series with an outside source. Other series are absent in live mode. */
export const LIVE_SERIES: Readonly<Partial<Record<SeriesName, LiveSeries>>> = {
  fear_greed: { cacheMs: CACHE_MS.sentiment, fetch: fearGreed },
  funding: liveFunding(SERIES_SYMBOL),
  dxy: { cacheMs: CACHE_MS.fred, fetch: dollarIndex },
  us10y: { cacheMs: CACHE_MS.fred, fetch: fredDaily('DGS10') },
  vix: { cacheMs: CACHE_MS.fred, fetch: fredDaily('VIXCLS') },
  m2_yoy: { cacheMs: CACHE_MS.fred, fetch: moneyGrowth },
  fed_funds: { cacheMs: CACHE_MS.fred, fetch: fredDaily('DFF') },
  hash_rate: { cacheMs: CACHE_MS.chain, fetch: blockchainChart('hash-rate') },
  difficulty: { cacheMs: CACHE_MS.chain, fetch: blockchainChart('difficulty') },
  active_addresses: { cacheMs: CACHE_MS.chain, fetch: blockchainChart('n-unique-addresses') },
  transactions: { cacheMs: CACHE_MS.chain, fetch: blockchainChart('n-transactions') },
  nvt: { cacheMs: CACHE_MS.chain, fetch: networkValueToTransactions },
  mvrv: { cacheMs: CACHE_MS.chain, fetch: marketToRealisedValue },
  fees: { cacheMs: CACHE_MS.chain, fetch: mempoolFees },
};

function liveFunding(symbol: string): LiveSeries {
  return {
    cacheMs: CACHE_MS.chain,
    fetch: (client, days, now) => perpetualFunding(client, symbol, days, now),
  };
}
