import { z } from 'zod';
import type { Clock } from '../../../domain/clock.js';
import type { Candle, ObservedPrice } from '../../../domain/market/market-snapshot.js';
import { Money, toText } from '../../../domain/money/decimal.js';
import type { ApiClient } from '../../../registry/apis/calls/api-client.js';
import { CANDLE_INTERVAL_MS, type CandleInterval } from '../../market-data-source.js';
import { decimalText, priceText, timeMs } from '../answer-fields.js';
import { CcxtClient, type CcxtMarket, type CcxtRequest, type Endpoint, type Exchange } from './ccxt-client.js';
import { closedCandles, isPossible, knownAt, newestCandles, toCandle, type TextCandle } from './closed-candles.js';

/** GET /api/v3/klines: open time, open, high, low, close, volume, close time, and six unused fields. */
const klines = z.array(
  z
    .tuple([timeMs, priceText, priceText, priceText, priceText, decimalText, timeMs], z.unknown())
    .refine(([, open, high, low, close]) => isPossible(open, high, low, close)),
);

/** GET /api/v3/aggTrades with limit 1: the newest trade. */
const aggregateTrades = z
  .array(z.object({ a: z.number(), p: priceText, q: decimalText, T: timeMs, m: z.boolean() }))
  .min(1);

/** A trade as ccxt returns it. */
const ccxtTrade = z.object({ price: priceText, timestamp: timeMs });

/** Paths in use, with Binance's published weights. */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/api/v3/klines': { answer: klines, cost: 2 },
  '/api/v3/aggTrades': { answer: aggregateTrades, cost: 4 },
};

export class BinanceSpot implements Exchange {
  readonly channel = 'binance_spot';
  private readonly ccxt: CcxtClient;

  constructor(
    client: ApiClient,
    private readonly clock: Clock,
  ) {
    this.ccxt = new CcxtClient(client, { exchange: 'binance', apiName: 'binance_api', marketOf, endpointOf });
  }

  /** The price of the last trade; without trades it becomes stale. */
  async price(symbol: string): Promise<ObservedPrice> {
    const answer = await this.ccxt.ask(symbol, (exchange, market) => exchange.fetchTrades(market.symbol, undefined, 1));
    const trade = ccxtTrade.parse(answer.value.at(-1));
    return {
      value: toText(new Money(trade.price)),
      source: this.sourceOf(symbol),
      observed_at: knownAt(trade.timestamp, answer),
    };
  }

  sourceOf(symbol: string): string {
    return `binance_api ${marketOf(symbol).id}`;
  }

  async candles(symbol: string, interval: CandleInterval, count: number): Promise<readonly Candle[]> {
    const { since, limit } = newestCandles(interval, count, this.clock.now());
    const candles = await this.history(symbol, interval, since, limit);
    return candles.map((candle) => toCandle(candle, CANDLE_INTERVAL_MS[interval]));
  }

  /**
   * Closed candles that open at or after `since`, ascending, at most `limit` (and at most 1,000).
   *
   * @param since ms since the epoch.
   * @throws ApiFailure.
   */
  async history(
    symbol: string,
    interval: CandleInterval,
    since: number,
    limit: number,
  ): Promise<readonly TextCandle[]> {
    const answer = await this.ccxt.ask(symbol, (exchange, market) =>
      exchange.fetchOHLCV(market.symbol, interval, since, limit),
    );
    return closedCandles(answer, CANDLE_INTERVAL_MS[interval]);
  }
}

function marketOf(symbol: string): CcxtMarket {
  const [base, quote] = [symbol, 'USDT'];
  return {
    id: `${base}${quote}`,
    symbol: `${base}/${quote}`,
    base,
    quote,
    baseId: base,
    quoteId: quote,
    type: 'spot',
    spot: true,
    active: true,
    precision: {},
    limits: {},
  };
}

function endpointOf({ path }: CcxtRequest): Endpoint {
  const endpoint = ENDPOINTS[path];
  if (!endpoint) throw new Error(`Binance is not asked for ${path}.`);
  return endpoint;
}
