import type { Candle, ObservedPrice, ObservedValue } from '../../src/domain/market/market-snapshot.js';
import type {
  CandleInterval,
  MarketDataSource,
  SeriesName,
  SourceTraits,
} from '../../src/market-data/market-data-source.js';
import { Toolbox } from '../../src/market-data/toolbox.js';
import type { RunSwitches, SourceFailure } from '../../src/market-data/toolbox.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A market that answers exactly what a test puts into it, in whatever order and however wrong. */
export class FakeMarketSource implements MarketDataSource {
  readonly market = 'simulated';
  traits: SourceTraits = { priceFrom: 'ticker', monthlySeries: [] };
  /** Every call, for example `series dxy 140`. */
  readonly calls: string[] = [];
  /** Trade channels that prices were asked of. */
  readonly channels: string[] = [];
  priceAnswer: ObservedPrice | null = null;
  candlesAnswer: readonly Candle[] = [];
  readonly seriesAnswers = new Map<SeriesName, readonly ObservedValue[]>();
  /** Nothing is fetched here, unless a test says so. */
  prepare?: MarketDataSource['prepare'];
  /** When set, every call fails with it. */
  failure: Error | null = null;

  hasMarket(): boolean {
    return true;
  }

  async price(symbol: string, _at: Date, channel: string): Promise<ObservedPrice | null> {
    this.channels.push(channel);
    return this.answer(`price ${symbol}`, this.priceAnswer);
  }

  async candles(symbol: string, interval: CandleInterval, count: number): Promise<readonly Candle[]> {
    return this.answer(`candles ${symbol} ${interval} ${count}`, this.candlesAnswer);
  }

  candleSource(symbol: string, interval: CandleInterval, channel: string): string {
    return `test ${channel} ${symbol} ${interval}`;
  }

  async series(name: SeriesName, days: number): Promise<readonly ObservedValue[]> {
    return this.answer(`series ${name} ${days}`, this.seriesAnswers.get(name) ?? []);
  }

  async fundingRates(symbol: string, days: number): Promise<readonly ObservedValue[]> {
    return this.answer(`funding ${symbol} ${days}`, this.seriesAnswers.get('funding') ?? []);
  }

  private answer<T>(call: string, value: T): T {
    this.calls.push(call);
    if (this.failure) throw this.failure;
    return value;
  }
}

/** Every switch on, except those named. */
export function switches(off: Partial<Record<keyof RunSwitches, readonly string[]>> = {}): RunSwitches {
  return { agents: allOff(off.agents), tools: allOff(off.tools), apis: allOff(off.apis) };
}

function allOff(names: readonly string[] = []): Map<string, boolean> {
  return new Map(names.map((name) => [name, false]));
}

export function toolboxOn(
  source: MarketDataSource,
  at: Date,
  off: Parameters<typeof switches>[0] = {},
  failures: SourceFailure[] = [],
  channel = 'binance_spot',
): Toolbox {
  return new Toolbox(source, switches(off), at, channel, (failure) => failures.push(failure));
}

/** One value a day at 00:00 UTC, the last one on the day of `at`. */
export function dailyValues(at: Date, values: readonly number[], source = 'test'): ObservedValue[] {
  const lastDay = Math.floor(at.getTime() / DAY_MS);
  return values.map((value, index) => ({
    value,
    source,
    observed_at: new Date((lastDay - (values.length - 1 - index)) * DAY_MS).toISOString(),
  }));
}

/** 1-hour candles with these closes, the last one closed at the last full hour before or at `at`. */
export function hourlyCandles(at: Date, closes: readonly number[], spread = 0): Candle[] {
  const end = Math.floor(at.getTime() / HOUR_MS);
  return closes.map((close, index) => {
    const closeTime = (end - (closes.length - 1 - index)) * HOUR_MS;
    const open = closes[index - 1] ?? close;
    return {
      openTime: closeTime - HOUR_MS,
      closeTime,
      open,
      high: Math.max(open, close) + spread,
      low: Math.min(open, close) - spread,
      close,
      volume: 1_000_000,
    };
  });
}
