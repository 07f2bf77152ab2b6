import { sendJson, type Answer, type SeenRequest } from '../local-api.js';
import type { ServerResponse } from 'node:http';

/** What the exchanges of a test say: where the price stands, and how far their clock is off. */
export interface ExchangeState {
  price: number;
  /** Their clock minus ours, ms. */
  skewMs: number;
}

const HOUR_MS = 3_600_000;
const LENGTH_MS: Readonly<Record<string, number>> = { '15m': HOUR_MS / 4, '1h': HOUR_MS };
const SYMBOLS = new Set(['BTC', 'ETH']);

function clockOf(state: ExchangeState): number {
  return Date.now() + state.skewMs;
}

function send(response: ServerResponse, state: ExchangeState, value: unknown): void {
  sendJson(response, value, { date: new Date(clockOf(state)).toUTCString() });
}

/** A quiet market around the price: every candle is possible and differs from its neighbours. */
export function candleAt(
  openTime: number,
  lengthMs: number,
  price: number,
): { o: string; h: string; l: string; c: string } {
  const wave = (time: number): number => price * (1 + 0.01 * Math.sin(time / 7 / 3_600_000));
  const [open, close] = [wave(openTime), wave(openTime + lengthMs)];
  const text = (value: number): string => value.toFixed(2);
  return { o: text(open), h: text(Math.max(open, close) + 5), l: text(Math.min(open, close) - 5), c: text(close) };
}

function openTimes(from: number, to: number, lengthMs: number, most: number): number[] {
  const times: number[] = [];
  for (let time = Math.ceil(from / lengthMs) * lengthMs; time <= to && times.length < most; time += lengthMs)
    times.push(time);
  return times;
}

/** Binance spot, https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints */
export function binanceAnswer(state: ExchangeState): Answer {
  return ({ url: { pathname, searchParams } }, response) => {
    const pair = searchParams.get('symbol') ?? '';
    if (!pair.endsWith('USDT') || !SYMBOLS.has(pair.slice(0, -4))) {
      return response
        .writeHead(400, { 'content-type': 'application/json' })
        .end('{"code":-1121,"msg":"Invalid symbol."}');
    }
    const now = clockOf(state);
    if (pathname === '/api/v3/aggTrades') {
      return send(response, state, [
        { a: 26129, p: state.price.toFixed(8), q: '4.70443515', f: 27781, l: 27781, T: now - 150, m: true, M: true },
      ]);
    }
    if (pathname === '/api/v3/klines') {
      const lengthMs = LENGTH_MS[searchParams.get('interval') ?? '']!;
      const limit = Math.min(Number(searchParams.get('limit') ?? 500), 1000);
      const start = Number(searchParams.get('startTime') ?? now - limit * lengthMs);
      const end = Math.min(now, Number(searchParams.get('endTime') ?? now));
      const rows = openTimes(start, end, lengthMs, limit).map((openTime) => {
        const { o, h, l, c } = candleAt(openTime, lengthMs, state.price);
        const closeTime = openTime + lengthMs - 1;
        return [
          openTime,
          o,
          h,
          l,
          c,
          '148.97611427',
          closeTime,
          '2434.19055334',
          308,
          '75.68740239',
          '28.46694368',
          '0',
        ];
      });
      return send(response, state, rows);
    }
    return response.writeHead(404).end();
  };
}

/** Hyperliquid, https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint */
export function hyperliquidAnswer(state: ExchangeState): Answer {
  return (request, response) => {
    const question = questionOf(request);
    const coin = question?.coin ?? question?.req?.coin ?? '';
    if (!question || !SYMBOLS.has(coin)) {
      return response
        .writeHead(422, { 'content-type': 'text/plain' })
        .end('Failed to deserialize the JSON body into the target type');
    }
    const now = clockOf(state);
    if (question.type === 'l2Book') {
      const level = (px: number): object => ({ px: px.toFixed(1), sz: '7.6699', n: 17 });
      const levels = [
        [state.price - 0.5, state.price - 1.5].map(level),
        [state.price + 0.5, state.price + 1.5].map(level),
      ];
      return send(response, state, { coin, time: now - 80, levels });
    }
    if (question.type === 'candleSnapshot' && question.req) {
      const { interval, startTime, endTime } = question.req;
      const lengthMs = LENGTH_MS[interval]!;
      const rows = openTimes(startTime, Math.min(now, endTime), lengthMs, 5000).map((t) => ({
        t,
        T: t + lengthMs - 1,
        s: coin,
        i: interval,
        ...candleAt(t, lengthMs, state.price),
        v: '0.98639',
        n: 189,
      }));
      return send(response, state, rows);
    }
    if (question.type === 'fundingHistory') {
      const rows = openTimes(question.startTime ?? 0, now, HOUR_MS, 500).map((time) => ({
        coin,
        fundingRate: coin === 'ETH' ? '0.0000250' : '0.0000125',
        premium: '0.00031774',
        time: time + 76,
      }));
      return send(response, state, rows);
    }
    return response.writeHead(422).end();
  };
}

interface InfoQuestion {
  readonly type: string;
  readonly coin?: string;
  readonly startTime?: number;
  readonly req?: {
    readonly coin: string;
    readonly interval: string;
    readonly startTime: number;
    readonly endTime: number;
  };
}

function questionOf({ method, url, body }: SeenRequest): InfoQuestion | null {
  return method === 'POST' && url.pathname === '/info' ? (JSON.parse(body) as InfoQuestion) : null;
}
