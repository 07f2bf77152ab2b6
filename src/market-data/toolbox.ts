import type { ObservedPrice, ObservedValue } from '../domain/market/market-snapshot.js';
import { ApiFailure, type ApiFailureCode } from '../registry/apis/calls/api-call.js';
import {
  maxCandleAgeMs,
  maxPriceAgeMs,
  maxSeriesAgeMs,
  absent,
  present,
  type AbsenceReason,
  type CandleReading,
  type Reading,
} from './freshness.js';
import { assertUsableCandles, assertUsablePrice, assertUsableSeries } from './market-data-errors.js';
import type { CandleInterval, MarketDataSource } from './market-data-source.js';
import type { MarketTool, SeriesTool, SeriesToolName } from './tools/market-tool.js';
import { getCandles, getPrice, venueApiOf } from './tools/price-tools.js';
import { MARKET_TOOLS, seriesTool } from './tools/market-tools.js';

/** The registries' switches at the start of a run; a name without a row is on. */
export interface RunSwitches {
  readonly agents: ReadonlyMap<string, boolean>;
  readonly tools: ReadonlyMap<string, boolean>;
  readonly apis: ReadonlyMap<string, boolean>;
}

/** A failed request to a source; the creator of the toolbox logs it. */
export interface SourceFailure {
  readonly tool: string;
  /** The code of the API's failure; null for other failures. */
  readonly code: ApiFailureCode | null;
  readonly message: string;
}

/** The part of a {@link Toolbox} that business agents may use. */
export type Tools = Pick<Toolbox, 'price' | 'candles' | 'series'>;

/**
 * The tools for one run. They show the market as of `at`, the switches are those at the start of the run, and each
 * value is fetched once per (tool, arguments), so that all agents reason about the same numbers.
 *
 * Every method returns a fresh value or the reason for its absence. It throws only `MarketDataDefect`, when a source
 * delivers impossible data (a value from the future, NaN).
 */
export class Toolbox {
  private readonly readings = new Map<string, Promise<Reading<unknown>>>();

  constructor(
    private readonly source: MarketDataSource,
    private readonly switches: RunSwitches,
    /** The time of the run: nothing that became known later is returned. */
    readonly at: Date,
    /** Trade channel of the run, whose prices and candles are shown. */
    private readonly channel: string,
    private readonly reportFailure: (failure: SourceFailure) => void,
  ) {}

  get market(): MarketDataSource['market'] {
    return this.source.market;
  }

  /** Whether the run may use the business agent. */
  isAgentActive(agentName: string): boolean {
    return this.switches.agents.get(agentName) !== false;
  }

  /** Tool `get_price`. */
  price(symbol: string): Promise<Reading<ObservedPrice>> {
    return this.once(`get_price ${symbol}`, async () => {
      const answer = await this.ask(MARKET_TOOLS.get('get_price'), () =>
        getPrice(this.source, symbol, this.at, this.channel),
      );
      if (answer.absent !== null) return answer;
      if (answer.value === null) return absent('no_data');
      assertUsablePrice(answer.value, this.at);
      const observedAt = Date.parse(answer.value.observed_at);
      return this.freshOr(observedAt, maxPriceAgeMs(this.source.traits), answer.value);
    });
  }

  /** Tool `get_candles`: closed candles, ascending, at least one; the last one fresh. Earlier ones can be missing. */
  candles(symbol: string, interval: CandleInterval, count: number): Promise<CandleReading> {
    return this.once(`get_candles ${symbol} ${interval} ${count}`, async (): Promise<CandleReading> => {
      const answer = await this.ask(MARKET_TOOLS.get('get_candles'), () =>
        getCandles(this.source, symbol, interval, count, this.at, this.channel),
      );
      if (answer.absent !== null) return answer;
      assertUsableCandles(answer.value, this.at);
      const newest = answer.value.at(-1);
      if (!newest) return absent('no_data');
      const reading = this.freshOr(newest.closeTime, maxCandleAgeMs(interval), answer.value);
      if (reading.absent !== null) return reading;
      return { ...reading, source: this.source.candleSource(symbol, interval, this.channel) };
    });
  }

  /**
   * A tool with one value per day: observations of the last `days` days, ascending, at least one; the last one fresh.
   */
  series(toolName: SeriesToolName, days: number): Promise<Reading<readonly ObservedValue[]>> {
    const tool = seriesTool(toolName);
    return this.daily(`${toolName} ${days}`, tool, () => tool.run(this.source, days, this.at));
  }

  /** Tool `get_funding` for a symbol's perpetual, like {@link series}; absent if the source does not have it. */
  fundingRates(symbol: string, days: number): Promise<Reading<readonly ObservedValue[]>> {
    return this.daily(`get_funding ${symbol} ${days}`, seriesTool('get_funding'), () =>
      this.source.fundingRates(symbol, days, this.at),
    );
  }

  private daily(
    key: string,
    tool: SeriesTool,
    run: () => Promise<readonly ObservedValue[]>,
  ): Promise<Reading<readonly ObservedValue[]>> {
    return this.once(key, async () => {
      const answer = await this.ask(tool, run);
      if (answer.absent !== null) return answer;
      assertUsableSeries(tool.name, answer.value, this.at);
      const newest = answer.value.at(-1);
      if (!newest) return absent('no_data');
      const observedAt = Date.parse(newest.observed_at);
      return this.freshOr(observedAt, maxSeriesAgeMs(tool.series, this.source.traits), answer.value);
    });
  }

  private async ask<T>(tool: MarketTool, run: () => Promise<T>): Promise<Reading<T>> {
    const off = this.switchedOff(tool);
    if (off) return absent(off);
    try {
      return present(await run());
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.reportFailure({ tool: tool.name, code: error instanceof ApiFailure ? error.code : null, message });
      return absent('source_failed');
    }
  }

  private switchedOff(tool: MarketTool): AbsenceReason | null {
    if (this.switches.tools.get(tool.name) === false) return 'tool_inactive';
    if (this.apisOf(tool).some((api) => this.switches.apis.get(api) === false)) return 'source_inactive';
    return null;
  }

  private apisOf(tool: MarketTool): readonly string[] {
    if (tool.kind === 'series') return tool.requiredApis;
    const api = venueApiOf(this.channel);
    return api === null ? [] : [api];
  }

  private freshOr<T>(observedAt: number, maxAgeMs: number, value: T): Reading<T> {
    return this.at.getTime() - observedAt > maxAgeMs ? absent('too_old') : present(value);
  }

  /** Caches the promise instead of the value, so that concurrent callers share one fetch. */
  private once<R extends Reading<unknown>>(key: string, read: () => Promise<R>): Promise<R> {
    const known = this.readings.get(key);
    if (known) return known as Promise<R>;
    const reading = read();
    this.readings.set(key, reading);
    return reading;
  }
}
