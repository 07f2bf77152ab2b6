import type { Candle } from '../../domain/market/market-snapshot.js';
import { CANDLE_INTERVAL_MS } from '../market-data-source.js';
import type { CandleInterval } from '../market-data-source.js';
import { coinOf, type PriceLevels, MINUTE_MS, startOfDay } from './price-levels.js';
import { randomStream } from './random-stream.js';
import type { RandomStream } from './random-stream.js';

// Looked up once, as in random-stream.ts: these functions run 1,440 times per simulated day.
const { exp, max, min, round, sqrt } = Math;

const MINUTES_PER_DAY = 24 * 60;
const MINUTES_PER_QUARTER = 15;
const QUARTERS_PER_HOUR = 4;
/** Variation of the volatility from hour to hour. */
const HOUR_VOLATILITY_SPREAD = 0.45;
const VOLUME_SPREAD = 0.5;

/** One simulated day of a coin. */
export interface TradingDay {
  /** Prices per minute of the day, 1,441 values: the last one is the first of the next day. */
  readonly minutePrices: Float64Array;
  readonly candles: Readonly<Record<CandleInterval, readonly Candle[]>>;
}

/** A pure function of (seed, symbol, day): the path from the day's first price to the next day's. */
export function simulateTradingDay(seed: string, levels: PriceLevels, symbol: string, day: number): TradingDay {
  const random = randomStream(`${seed} ${symbol} day ${day}`);
  const minutePrices = pathOfPrices(random, levels, symbol, day);
  const quarters = quarterCandles(random, minutePrices, coinOf(symbol).volumePerHour, startOfDay(day));
  return { minutePrices, candles: { '15m': quarters, '1h': hourCandles(quarters) } };
}

/** A Brownian bridge between two known prices, with a volatility that varies from hour to hour. */
function pathOfPrices(random: RandomStream, levels: PriceLevels, symbol: string, day: number): Float64Array {
  const from = levels.at(symbol, day).level;
  const { level: to, volatilityBefore: volatility } = levels.at(symbol, day + 1);
  const path = new Float64Array(MINUTES_PER_DAY + 1);
  let hourVolatility = 0;
  for (let minute = 0; minute < MINUTES_PER_DAY; minute++) {
    if (minute % 60 === 0) {
      const factor = exp(HOUR_VOLATILITY_SPREAD * random.normal() - HOUR_VOLATILITY_SPREAD ** 2);
      hourVolatility = (volatility * factor) / sqrt(MINUTES_PER_DAY);
    }
    path[minute + 1] = path[minute]! + hourVolatility * random.normal();
  }
  const excessPerMinute = (path[MINUTES_PER_DAY]! - (to - from)) / MINUTES_PER_DAY;
  for (let minute = 0; minute <= MINUTES_PER_DAY; minute++) {
    path[minute] = roundToCent(exp(from + path[minute]! - excessPerMinute * minute));
  }
  // Assigned directly: rounding errors of the sums above could leave a gap of a cent between two days.
  path[0] = roundToCent(exp(from));
  path[MINUTES_PER_DAY] = roundToCent(exp(to));
  return path;
}

function quarterCandles(random: RandomStream, prices: Float64Array, volumePerHour: number, dayStart: number): Candle[] {
  const candles: Candle[] = [];
  for (let first = 0; first < MINUTES_PER_DAY; first += MINUTES_PER_QUARTER) {
    const last = first + MINUTES_PER_QUARTER;
    let high = prices[first]!;
    let low = high;
    for (let minute = first + 1; minute <= last; minute++) {
      high = max(high, prices[minute]!);
      low = min(low, prices[minute]!);
    }
    const openTime = dayStart + first * MINUTE_MS;
    const volume = (volumePerHour / QUARTERS_PER_HOUR) * exp(VOLUME_SPREAD * random.normal());
    candles.push({
      openTime,
      closeTime: openTime + CANDLE_INTERVAL_MS['15m'],
      open: prices[first]!,
      high,
      low,
      close: prices[last]!,
      volume: round(volume * 1e5) / 1e5,
    });
  }
  return candles;
}

function hourCandles(quarters: readonly Candle[]): Candle[] {
  const candles: Candle[] = [];
  for (let first = 0; first < quarters.length; first += QUARTERS_PER_HOUR) {
    const parts = quarters.slice(first, first + QUARTERS_PER_HOUR);
    candles.push({
      openTime: parts[0]!.openTime,
      closeTime: parts.at(-1)!.closeTime,
      open: parts[0]!.open,
      high: max(...parts.map((part) => part.high)),
      low: min(...parts.map((part) => part.low)),
      close: parts.at(-1)!.close,
      volume: parts.reduce((sum, part) => sum + part.volume, 0),
    });
  }
  return candles;
}

function roundToCent(price: number): number {
  return round(price * 100) / 100;
}
