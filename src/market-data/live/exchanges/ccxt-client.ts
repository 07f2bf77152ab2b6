import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exchange as CcxtExchange } from 'ccxt';
import type { z } from 'zod';
import type { Candle, ObservedPrice } from '../../../domain/market/market-snapshot.js';
import type { ApiAnswer } from '../../../registry/apis/calls/api-client.js';
import { ApiClient } from '../../../registry/apis/calls/api-client.js';
import type { CandleInterval } from '../../market-data-source.js';
import type { ApiName } from '../../tools/market-tool.js';

/** A request to the exchange, as ccxt writes it. */
export interface CcxtRequest {
  /** Path on the exchange's host, with the leading slash. */
  readonly path: string;
  /** The body of a POST request; null for GET. */
  readonly body: string | null;
}

/** What the API client needs to know about an endpoint that ccxt calls. */
export interface Endpoint {
  /** Schema of the documented answer. */
  readonly answer: z.ZodType<unknown>;
  /** Request weight, in the unit of the exchange's limit. */
  readonly cost: number;
}

/** See ccxt's manual, "Market Structure". */
export interface CcxtMarket {
  /** The exchange's own name of the market. */
  readonly id: string;
  /** ccxt's name of the market, for example `BTC/USDT`. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly type: 'spot' | 'swap';
  readonly [more: string]: unknown;
}

export interface CcxtSettings {
  readonly exchange: 'binance' | 'hyperliquid';
  readonly apiName: ApiName;
  /** A symbol's market in ccxt's format, so that ccxt need not load the exchange's whole list. */
  marketOf(symbol: string): CcxtMarket;
  /** The endpoint of a request. @throws Error for an unexpected request. */
  endpointOf(request: CcxtRequest): Endpoint;
}

/** An answer in ccxt's format, with the times that our client recorded. */
export interface CcxtAnswer<T> extends Pick<ApiAnswer, 'sentAt' | 'serverTime'> {
  readonly value: T;
}

/**
 * ccxt for an exchange's vocabulary (paths, intervals, shapes), our API client for everything else. ccxt's own fetch is
 * replaced, so that address, rate limit, retries, size and deadline are those of the registry, and the answer is
 * validated before ccxt reads it. ccxt's own throttle and retries are off. ccxt is loaded on the first request, because
 * it costs 0.8 s and 100 MB that other kinds of market do not need.
 */
export class CcxtClient {
  private readonly answers = new AsyncLocalStorage<{ last: ApiAnswer | null }>();
  private readonly markets = new Map<string, CcxtMarket>();
  private loaded: Promise<CcxtExchange> | null = null;

  constructor(
    private readonly client: ApiClient,
    private readonly settings: CcxtSettings,
  ) {}

  /**
   * @param ask a ccxt call about the symbol's market that makes exactly one request.
   * @throws ApiFailure.
   */
  async ask<T>(
    symbol: string,
    ask: (exchange: CcxtExchange, market: CcxtMarket) => Promise<T>,
  ): Promise<CcxtAnswer<T>> {
    this.loaded ??= this.load();
    const exchange = await this.loaded;
    const market = this.marketIn(exchange, symbol);
    const asked: { last: ApiAnswer | null } = { last: null };
    const value = await this.answers.run(asked, () => ask(exchange, market));
    if (!asked.last) throw new Error(`ccxt answered for ${this.settings.exchange} without asking it.`);
    return { value, sentAt: asked.last.sentAt, serverTime: asked.last.serverTime };
  }

  private marketIn(exchange: CcxtExchange, symbol: string): CcxtMarket {
    const known = this.markets.get(symbol);
    if (known) return known;
    const market = this.settings.marketOf(symbol);
    this.markets.set(symbol, market);
    exchange.setMarkets([...this.markets.values()].map((one) => exchange.safeMarketStructure(one)));
    return market;
  }

  private async load(): Promise<CcxtExchange> {
    const { default: ccxt } = await import('ccxt');
    return new ccxt[this.settings.exchange]({
      enableRateLimit: false,
      maxRetriesOnFailure: 0,
      // Longer than our client's deadline, which applies first.
      timeout: 60_000,
      // Decimals remain the exchange's text.
      number: String,
      fetchImplementation: (url: string, request: { method: string; body?: string }) => this.fetch(url, request),
    });
  }

  private async fetch(url: string, request: { method: string; body?: string }): Promise<Response> {
    const { pathname: path, searchParams } = new URL(url);
    const body = request.body ?? null;
    const { answer: schema, cost } = this.settings.endpointOf({ path, body });
    const answer = await this.client.json(
      {
        apiName: this.settings.apiName,
        method: body === null ? 'GET' : 'POST',
        path,
        query: Object.fromEntries(searchParams),
        ...(body === null ? {} : { body, headers: { 'content-type': 'application/json' } }),
        cost,
        repeatable: true,
      },
      schema,
    );
    const asked = this.answers.getStore();
    if (asked) asked.last = answer;
    return new Response(new Uint8Array(answer.body), { status: answer.status });
  }
}

/** An exchange with public prices and candles, one for each trade channel. */
export interface Exchange {
  /** Name of the trade channel for this exchange. */
  readonly channel: string;

  /** The source of a symbol's prices and candles: the API and the exchange's own name of the market. */
  sourceOf(symbol: string): string;

  /**
   * The exchange's newest price, in dollars. `observed_at` is by our clock: the exchange tells only the age of the
   * price, and the offset of its clock is unknown.
   *
   * @throws ApiFailure.
   */
  price(symbol: string): Promise<ObservedPrice>;

  /**
   * The newest closed candles, ascending, about `count`; missing ones are skipped.
   *
   * @throws ApiFailure.
   */
  candles(symbol: string, interval: CandleInterval, count: number): Promise<readonly Candle[]>;
}
