import { readdir } from 'node:fs/promises';
import { Money, toText } from '../../domain/money/decimal.js';
import type { Candle, ObservedPrice, ObservedValue } from '../../domain/market/market-snapshot.js';
import {
  SERIES_SYMBOL,
  type CandleInterval,
  type MarketDataSource,
  type SeriesName,
  type SourceTraits,
} from '../market-data-source.js';
import { type CandleHistory, readCandleFiles } from './candle-files.js';
import { CsvDataError } from './csv-table.js';
import { MONTHLY_SERIES, readDailyFiles } from './daily-files.js';

/** Entries ordered by the time they became known, for binary search. */
export class Timeline<T> {
  private readonly times: Float64Array;

  /** @param entries ascending by `timeOf` (ms). */
  constructor(
    private readonly entries: readonly T[],
    timeOf: (entry: T) => number,
  ) {
    this.times = Float64Array.from(entries, timeOf);
  }

  /** Index after the last entry whose time is <= `time`. */
  private end(time: number): number {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.times[middle]! <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  newest(time: number): T | null {
    return this.entries[this.end(time) - 1] ?? null;
  }

  /** The newest `count` entries known at `time`, ascending. */
  last(count: number, time: number): T[] {
    const end = this.end(time);
    return this.entries.slice(Math.max(0, end - count), end);
  }

  /** Entries with `after` < time <= `until`, ascending. */
  between(after: number, until: number): T[] {
    return this.entries.slice(this.end(after), this.end(until));
  }
}

const DAY_MS = 24 * 60 * 60_000;

/** The candles of a symbol and interval in a folder. */
export interface CsvSpan {
  readonly symbol: string;
  readonly interval: CandleInterval;
  /** When the first candle becomes known ... */
  readonly from: Date;
  /** ... and the last one. */
  readonly to: Date;
  readonly candles: number;
}

/**
 * Real history, read and validated in advance. Answers with the values known at the requested time: a candle from its
 * close, a daily value from the time its file defines. The price is the close of the last closed candle. All data is in
 * memory; each answer is a binary search.
 */
export class CsvSource implements MarketDataSource {
  readonly market = 'replay';
  readonly traits: SourceTraits = { priceFrom: 'candle_close', monthlySeries: MONTHLY_SERIES };

  private readonly histories = new Map<string, { readonly source: string; readonly candles: Timeline<Candle> }>();
  private readonly daily = new Map<SeriesName, Timeline<ObservedValue>>();
  private readonly spanList: readonly CsvSpan[];

  constructor(histories: readonly CandleHistory[], daily: ReadonlyMap<SeriesName, readonly ObservedValue[]>) {
    for (const { symbol, interval, source, candles } of histories) {
      this.histories.set(`${symbol} ${interval}`, {
        source,
        candles: new Timeline(candles, (candle) => candle.closeTime),
      });
    }
    for (const [name, values] of daily) {
      this.daily.set(name, new Timeline(values, ({ observed_at }) => Date.parse(observed_at)));
    }
    this.spanList = histories.map(({ symbol, interval, candles }) => ({
      symbol,
      interval,
      from: new Date(candles[0]!.closeTime),
      to: new Date(candles.at(-1)!.closeTime),
      candles: candles.length,
    }));
  }

  /** One entry per symbol and interval. */
  spans(): readonly CsvSpan[] {
    return this.spanList;
  }

  hasMarket(symbol: string): boolean {
    return this.spanList.some((span) => span.symbol === symbol);
  }

  async price(symbol: string, at: Date): Promise<ObservedPrice | null> {
    const prices = (['15m', '1h'] as const).flatMap((interval) => {
      const history = this.histories.get(`${symbol} ${interval}`);
      const candle = history?.candles.newest(at.getTime());
      return history && candle ? [{ candle, source: history.source }] : [];
    });
    const newest = prices.reduce<(typeof prices)[number] | null>(
      (best, price) => (best && best.candle.closeTime >= price.candle.closeTime ? best : price),
      null,
    );
    if (!newest) return null;
    return {
      value: toText(new Money(newest.candle.close)),
      source: newest.source,
      observed_at: new Date(newest.candle.closeTime).toISOString(),
    };
  }

  async candles(symbol: string, interval: CandleInterval, count: number, at: Date): Promise<readonly Candle[]> {
    return this.histories.get(`${symbol} ${interval}`)?.candles.last(count, at.getTime()) ?? [];
  }

  candleSource(symbol: string, interval: CandleInterval): string {
    return this.histories.get(`${symbol} ${interval}`)!.source;
  }

  async series(name: SeriesName, days: number, at: Date): Promise<readonly ObservedValue[]> {
    return this.daily.get(name)?.between(at.getTime() - days * DAY_MS, at.getTime()) ?? [];
  }

  /** The files contain the funding rates of one perpetual only. */
  async fundingRates(symbol: string, days: number, at: Date): Promise<readonly ObservedValue[]> {
    return symbol === SERIES_SYMBOL ? this.series('funding', days, at) : [];
  }
}

/**
 * Reads and validates a whole folder of CSV history before any of it is used. Other files are ignored. At least one
 * candle file is required; a series without a file is absent.
 *
 * @throws CsvDataError with one line that names file and row: no such folder, no candles, an invalid row.
 */
export async function loadCsvSource(directory: string): Promise<CsvSource> {
  const files = await listFiles(directory);
  const candles = await readCandleFiles(directory, files);
  if (candles.length === 0) {
    throw new CsvDataError(
      `The folder ${directory} has no candle file (<base><quote>_1h*.csv, <base><quote>_15m*.csv).`,
    );
  }
  return new CsvSource(candles, await readDailyFiles(directory, files));
}

/** @throws CsvDataError when the folder is unreadable. */
export async function listFiles(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new CsvDataError(`The folder ${directory} cannot be read (${code}).`);
  }
}
