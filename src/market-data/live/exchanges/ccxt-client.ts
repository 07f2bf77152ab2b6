import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exchange as CcxtExchange } from 'ccxt';
import type { z } from 'zod';
import type { Candle, ObservedPrice } from '../../../domain/market/market-snapshot.js';
import type { ApiAnswer } from '../../../registry/apis/calls/api-client.js';
import { ApiClient } from '../../../registry/apis/calls/api-client.js';
import type { CandleInterval } from '../../market-data-source.js';
import type { ApiName } from '../../tools/market-tool.js';

/** What the exchange is asked, as ccxt writes it. */
export interface CcxtRequest {
  /** Below the exchange's host, with the leading slash. */
  readonly path: string;
  /** The body, of exchanges that are asked by POST. */
  readonly body: string | null;
}

/** What our client must know of an endpoint that ccxt asks. */
export interface Endpoint {
  /** The answer as the exchange documents it. */
  readonly answer: z.ZodType<unknown>;
  /** In the unit of the exchange's limit. */
  readonly cost: number;
}

/** See ccxt's manual, "Market Structure". */
export interface CcxtMarket {
  /** The exchange's own name of it. */
  readonly id: string;
  /** ccxt's name of it, for example `BTC/USDT`. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly type: 'spot' | 'swap';
  readonly [more: string]: unknown;
}

export interface CcxtSettings {
  readonly exchange: 'binance' | 'hyperliquid';
  readonly apiName: ApiName;
  /** A symbol's market in ccxt's words, so that ccxt need not load the whole list of the exchange. */
  marketOf(symbol: string): CcxtMarket;
  /** The endpoint of a request. @throws Error for one that nobody should have made. */
  endpointOf(request: CcxtRequest): Endpoint;
}

/** An answer in the words of ccxt, with what our client noted when it came. */
export interface CcxtAnswer<T> extends Pick<ApiAnswer, 'sentAt' | 'serverTime'> {
  readonly value: T;
}

/**
 * ccxt for the words of an exchange (paths, intervals, shapes), our client for everything else: ccxt's own fetch is
 * replaced, so that address, limit, retries, size and time are those of the registry and the answer is checked before
 * ccxt reads it. ccxt's own throttle and retries are off. It is loaded with the first question: 0.8 s and 100 MB that no
 * other kind of market needs.
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
   * @param ask one question about the market of a symbol, by a method of ccxt that makes one request.
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
      // Our client's deadline is shorter.
      timeout: 60_000,
      // Decimals stay the text that the exchange sent.
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

/** An exchange whose public prices and candles the program can see: one for each trade channel. */
export interface Exchange {
  /** Name of the trade channel that trades there. */
  readonly channel: string;

  /** Whose prices and candles of a symbol they are, by API and the exchange's own name of the market. */
  sourceOf(symbol: string): string;

  /**
   * The newest price that was made there, in dollars. `observed_at` is by our clock: the exchange says how old the price
   * is, and nobody knows how far its clock is off.
   * @throws ApiFailure.
   */
  price(symbol: string): Promise<ObservedPrice>;

  /**
   * The newest candles that have closed, ascending, about `count`; missing ones are left out.
   * @throws ApiFailure.
   */
  candles(symbol: string, interval: CandleInterval, count: number): Promise<readonly Candle[]>;
}
