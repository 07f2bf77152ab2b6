import { Money, toText } from '../../domain/money/decimal.js';
import type { Candle, ObservedPrice, ObservedValue } from '../../domain/market/market-snapshot.js';
import {
  SERIES_SYMBOL,
  type CandleInterval,
  type MarketDataSource,
  type SeriesName,
  type SourceTraits,
} from '../market-data-source.js';
import type { CandleHistory } from './candle-files.js';
import { MONTHLY_SERIES } from './daily-files.js';
import { Timeline } from './timeline.js';

const DAY_MS = 24 * 60 * 60_000;

/** What a folder holds of a symbol. */
export interface CsvSpan {
  readonly symbol: string;
  readonly interval: CandleInterval;
  /** The first candle is known from here on ... */
  readonly from: Date;
  /** ... and the last one from here on. */
  readonly to: Date;
  readonly candles: number;
}

/**
 * Real history, already read and checked. Answers what was known at the time asked for: a candle from its
 * close on, a daily value from when its file says. The price is the close of the last closed candle.
 * Everything is in memory; each answer is a binary search.
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

  /** What there is, one entry per symbol and interval. */
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

  /** The files have those of one perpetual. */
  async fundingRates(symbol: string, days: number, at: Date): Promise<readonly ObservedValue[]> {
    return symbol === SERIES_SYMBOL ? this.series('funding', days, at) : [];
  }
}
