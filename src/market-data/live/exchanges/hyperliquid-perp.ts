import { z } from 'zod';
import type { Clock } from '../../../domain/clock.js';
import type { Candle, ObservedPrice } from '../../../domain/market/market-snapshot.js';
import { Money, toText } from '../../../domain/money/decimal.js';
import type { ApiClient } from '../../../registry/apis/calls/api-client.js';
import { CANDLE_INTERVAL_MS, type CandleInterval } from '../../market-data-source.js';
import { decimalText, priceText, timeMs } from '../answer-fields.js';
import { CcxtClient, type CcxtMarket, type CcxtRequest, type Endpoint, type Exchange } from './ccxt-client.js';
import { closedCandles, isPossible, knownAt, newestCandles, toCandle } from './closed-candles.js';

/** POST /info `candleSnapshot`: t open time, T close time, o h l c v as text. */
const candleSnapshot = z.array(
  z
    .object({ t: timeMs, T: timeMs, o: priceText, h: priceText, l: priceText, c: priceText, v: decimalText })
    .refine(({ o, h, l, c }) => isPossible(o, h, l, c)),
);

const side = z.array(z.object({ px: priceText, sz: decimalText })).min(1);

/** POST /info `l2Book`: bids and asks, best first, and the time of the book. */
const book = z.object({ coin: z.string(), time: timeMs, levels: z.tuple([side, side]) });

/** Requests in use, with Hyperliquid's published weights; candles cost one more per 60 returned. */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  candleSnapshot: { answer: candleSnapshot, cost: 26 },
  l2Book: { answer: book, cost: 2 },
};

const infoRequest = z.object({ type: z.string() });

export class HyperliquidPerp implements Exchange {
  readonly channel = 'hyperliquid_perp';
  private readonly ccxt: CcxtClient;

  constructor(
    client: ApiClient,
    private readonly clock: Clock,
  ) {
    this.ccxt = new CcxtClient(client, { exchange: 'hyperliquid', apiName: 'hyperliquid_api', marketOf, endpointOf });
  }

  /**
   * The mid price between best bid and best ask, exact. Read from the exchange's own answer, because ccxt would convert
   * order book levels to floats.
   */
  async price(symbol: string): Promise<ObservedPrice> {
    const answer = await this.ccxt.ask(symbol, (exchange, { id }) =>
      exchange['publicPostInfo']({ type: 'l2Book', coin: id }),
    );
    const { levels, time } = book.parse(answer.value);
    const [bid, ask] = levels.map((level) => new Money(level[0]!.px));
    return { value: toText(bid!.plus(ask!).div(2)), source: this.sourceOf(symbol), observed_at: knownAt(time, answer) };
  }

  sourceOf(symbol: string): string {
    return `hyperliquid_api ${marketOf(symbol).id}`;
  }

  async candles(symbol: string, interval: CandleInterval, count: number): Promise<readonly Candle[]> {
    const now = this.clock.now();
    const { since, limit } = newestCandles(interval, count, now);
    const answer = await this.ccxt.ask(symbol, (exchange, market) =>
      exchange.fetchOHLCV(market.symbol, interval, since, limit, { until: now.getTime() }),
    );
    const lengthMs = CANDLE_INTERVAL_MS[interval];
    return closedCandles(answer, lengthMs).map((candle) => toCandle(candle, lengthMs));
  }
}

function marketOf(symbol: string): CcxtMarket {
  const [base, quote] = [symbol, 'USDC'];
  return {
    id: base,
    symbol: `${base}/${quote}:${quote}`,
    base,
    baseName: base,
    quote,
    settle: quote,
    baseId: base,
    quoteId: quote,
    settleId: quote,
    type: 'swap',
    swap: true,
    spot: false,
    contract: true,
    linear: true,
    inverse: false,
    active: true,
    precision: {},
    limits: {},
  };
}

function endpointOf({ body }: CcxtRequest): Endpoint {
  const { type } = infoRequest.parse(JSON.parse(body ?? 'null'));
  const endpoint = ENDPOINTS[type];
  if (!endpoint) throw new Error(`Hyperliquid is not asked for ${type}.`);
  return endpoint;
}
