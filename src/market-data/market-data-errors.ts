import type { Candle, ObservedPrice, ObservedValue } from '../domain/market/market-snapshot.js';
import { Unavailable } from '../platform/http/problems/app-errors.js';
import type { AbsenceReason } from './freshness.js';

/**
 * A source delivered impossible data: a value from the future, NaN, or values out of order. This is a defect of the
 * source, so it fails the analysis instead of becoming an absent value: a decision on data from the future would look
 * brilliant and be worthless.
 */
export class MarketDataDefect extends Error {
  constructor(what: string, problem: string) {
    super(`${what}: ${problem}`);
    this.name = 'MarketDataDefect';
  }
}

const PLAIN_DECIMAL = /^\d+(\.\d+)?$/;

/** @throws MarketDataDefect */
export function assertUsablePrice(price: ObservedPrice, at: Date): void {
  if (!PLAIN_DECIMAL.test(price.value) || !(Number(price.value) > 0)) {
    throw new MarketDataDefect('price', `"${price.value}" is not a positive decimal`);
  }
  assertObservedBy('price', Date.parse(price.observed_at), at);
}

/** @throws MarketDataDefect */
export function assertUsableCandles(candles: readonly Candle[], at: Date): void {
  let previousClose = -Infinity;
  for (const candle of candles) {
    const { openTime, closeTime, open, high, low, close, volume } = candle;
    if (
      !(
        volume >= 0 &&
        volume < Infinity &&
        low > 0 &&
        low <= Math.min(open, close) &&
        high >= Math.max(open, close) &&
        high < Infinity
      )
    ) {
      throw new MarketDataDefect('candles', `the candle of ${openTime} is impossible`);
    }
    if (!(openTime >= previousClose))
      throw new MarketDataDefect('candles', `the candle of ${openTime} is out of order`);
    assertObservedBy('candles', closeTime, at);
    previousClose = closeTime;
  }
}

/** @throws MarketDataDefect */
export function assertUsableSeries(tool: string, values: readonly ObservedValue[], at: Date): void {
  let previous = -Infinity;
  for (const { value, observed_at } of values) {
    if (!Number.isFinite(value)) throw new MarketDataDefect(tool, `the value of ${observed_at} is not a number`);
    const observedAt = Date.parse(observed_at);
    assertObservedBy(tool, observedAt, at);
    if (observedAt <= previous) throw new MarketDataDefect(tool, `the value of ${observed_at} is out of order`);
    previous = observedAt;
  }
}

function assertObservedBy(what: string, observedAt: number, at: Date): void {
  // Negated, so that an invalid time (NaN) fails too.
  if (!(observedAt <= at.getTime())) {
    throw new MarketDataDefect(what, `a value known at ${observedAt} ms was used at ${at.toISOString()}`);
  }
}

/** Without a price the run fails, no decision is taken, and the next run tries again. */
export class MarketDataUnavailable extends Unavailable {
  constructor(
    readonly symbol: string,
    readonly reason: AbsenceReason,
  ) {
    super('market_data_unavailable', `There is no price of ${symbol} at the moment (${reason}).`);
  }
}
