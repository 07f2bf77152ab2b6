import { z } from 'zod';
import type { Candle } from '../../../domain/market/market-snapshot.js';
import { CANDLE_INTERVAL_MS, type CandleInterval } from '../../market-data-source.js';
import { decimalText, priceText, timeMs } from '../answer-fields.js';
import type { CcxtAnswer } from './ccxt-client.js';

/** A candle as ccxt returns it: open time in ms, then open, high, low, close and volume as the exchange's text. */
const ccxtCandle = z.tuple([timeMs, priceText, priceText, priceText, priceText, decimalText]);

/** Whether four prices can form a candle; for the schemas of exchange answers. */
export function isPossible(open: string, high: string, low: string, close: string): boolean {
  const [opened, highest, lowest, closed] = [Number(open), Number(high), Number(low), Number(close)];
  return lowest <= Math.min(opened!, closed!) && highest! >= Math.max(opened!, closed!);
}

/** Request parameters for the newest `count` closed candles: one more, because the last candle is still open. */
export function newestCandles(interval: CandleInterval, count: number, now: Date): { since: number; limit: number } {
  const lengthMs = CANDLE_INTERVAL_MS[interval];
  const running = Math.floor(now.getTime() / lengthMs) * lengthMs;
  return { since: running - count * lengthMs, limit: count + 1 };
}

/** A candle with numbers in the exchange's text format. */
export interface TextCandle {
  /** ms since the epoch, UTC. */
  readonly openTime: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
}

/**
 * The candles that were closed when the exchange answered, ascending, by the exchange's own clock (by ours if it sends
 * no time). An open candle still changes, even when our clock says it is closed.
 */
export function closedCandles(answer: CcxtAnswer<unknown>, lengthMs: number): TextCandle[] {
  const now = (answer.serverTime ?? answer.sentAt).getTime();
  return z
    .array(ccxtCandle)
    .parse(answer.value)
    .map(([openTime, open, high, low, close, volume]) => ({ openTime, open, high, low, close, volume }))
    .filter(({ openTime }) => openTime + lengthMs <= now);
}

/** The candle with numbers, for agents. */
export function toCandle(text: TextCandle, lengthMs: number): Candle {
  return {
    openTime: text.openTime,
    closeTime: text.openTime + lengthMs,
    open: Number(text.open),
    high: Number(text.high),
    low: Number(text.low),
    close: Number(text.close),
    volume: Number(text.volume),
  };
}

/** When a price became known, by our clock: its age at the exchange, subtracted from the time of our request. */
export function knownAt(priceTime: number, { sentAt, serverTime }: CcxtAnswer<unknown>): string {
  const ageMs = Math.max(0, (serverTime ?? sentAt).getTime() - priceTime);
  return new Date(sentAt.getTime() - ageMs).toISOString();
}
