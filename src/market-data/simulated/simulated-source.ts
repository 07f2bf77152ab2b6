import type { Candle, ObservedPrice, ObservedValue } from '../../domain/market/market-snapshot.js';
import { CANDLE_INTERVAL_MS } from '../market-data-source.js';
import type { CandleInterval, MarketDataSource, SeriesName, SourceTraits } from '../market-data-source.js';
import { DailySeries } from './daily-series.js';
import {
  DAY_MS,
  dayOf,
  END_MS,
  FIRST_DAY_MS,
  isSimulated,
  MINUTE_MS,
  PriceLevels,
  startOfDay,
} from './price-levels.js';
import { simulateTradingDay } from './trading-day.js';
import type { TradingDay } from './trading-day.js';

/** Caches results of a pure function; evicts the least recently used. */
export class BoundedCache<Key, Value> {
  private readonly entries = new Map<Key, Value>();

  constructor(private readonly capacity: number) {}

  getOrCompute(key: Key, compute: () => Value): Value {
    const known = this.entries.get(key);
    const value = known ?? compute();
    // A Map iterates in the order of insertion, so the most recently used entry is last.
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size > this.capacity) this.entries.delete(this.entries.keys().next().value!);
    return value;
  }

  get size(): number {
    return this.entries.size;
  }
}

const SOURCE = 'simulated';
/** Enough for the 300 hours that every run requests, per coin; about 25 kB per day. */
const CACHED_DAYS = 64;

/**
 * A simulated market without network access: a pure function of (seed, symbol, time). Windows can be requested in any
 * order, a restart changes nothing, and two servers with the same seed show the same market. Data exists from 2015 to
 * 2100. Every symbol exists, so that any symbol of any channel can be tried.
 *
 * The price changes every minute, on the minute; candles are built from these prices.
 */
export class SimulatedSource implements MarketDataSource {
  readonly market = 'simulated';
  readonly traits: SourceTraits = { priceFrom: 'ticker', monthlySeries: [] };

  private readonly levels: PriceLevels;
  private readonly daily: DailySeries;
  private readonly days = new BoundedCache<string, TradingDay>(CACHED_DAYS);

  constructor(private readonly seed: string) {
    this.levels = new PriceLevels(seed);
    this.daily = new DailySeries(seed, this.levels);
  }

  hasMarket(symbol: string): boolean {
    return isSimulated(symbol);
  }

  async price(symbol: string, at: Date): Promise<ObservedPrice | null> {
    const time = at.getTime();
    if (!isSimulated(symbol) || time < FIRST_DAY_MS || time >= END_MS) return null;
    const day = dayOf(time);
    const minute = Math.floor((time - startOfDay(day)) / MINUTE_MS);
    const price = this.day(symbol, day).minutePrices[minute]!;
    return {
      value: price.toFixed(2),
      source: SOURCE,
      observed_at: new Date(startOfDay(day) + minute * MINUTE_MS).toISOString(),
    };
  }

  async candles(symbol: string, interval: CandleInterval, count: number, at: Date): Promise<readonly Candle[]> {
    if (!isSimulated(symbol) || at.getTime() >= END_MS) return [];
    const length = CANDLE_INTERVAL_MS[interval];
    const end = Math.floor(at.getTime() / length) * length;
    const start = Math.max(end - count * length, FIRST_DAY_MS);
    const candles: Candle[] = [];
    for (let day = dayOf(start); startOfDay(day) < end; day++) {
      for (const candle of this.day(symbol, day).candles[interval]) {
        if (candle.openTime >= start && candle.closeTime <= end) candles.push(candle);
      }
    }
    return candles;
  }

  candleSource(): string {
    return SOURCE;
  }

  async series(name: SeriesName, days: number, at: Date): Promise<readonly ObservedValue[]> {
    return daily(days, at, (day) => this.daily.valueOn(name, day));
  }

  async fundingRates(symbol: string, days: number, at: Date): Promise<readonly ObservedValue[]> {
    if (!isSimulated(symbol)) return [];
    return daily(days, at, (day) => this.daily.fundingOn(symbol, day));
  }

  private day(symbol: string, day: number): TradingDay {
    return this.days.getOrCompute(`${symbol} ${day}`, () => simulateTradingDay(this.seed, this.levels, symbol, day));
  }
}

/** A value for each day, known from the start of that day. */
function daily(days: number, at: Date, valueOn: (day: number) => number): ObservedValue[] {
  if (at.getTime() >= END_MS) return [];
  const values: ObservedValue[] = [];
  const first = Math.max(dayOf(at.getTime() - days * DAY_MS) + 1, 0);
  for (let day = first; day <= dayOf(at.getTime()); day++) {
    values.push({ value: valueOn(day), source: SOURCE, observed_at: new Date(startOfDay(day)).toISOString() });
  }
  return values;
}
