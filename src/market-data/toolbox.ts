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

/** The switches of the registries as they stood when the run began; a name without a row is on. */
export interface RunSwitches {
  readonly agents: ReadonlyMap<string, boolean>;
  readonly tools: ReadonlyMap<string, boolean>;
  readonly apis: ReadonlyMap<string, boolean>;
}

/** A source that could not be asked; the opener of the toolbox writes it to the log. */
export interface SourceFailure {
  readonly tool: string;
  /** That of the API's failure; null for a failure of another kind. */
  readonly code: ApiFailureCode | null;
  readonly message: string;
}

/** What business agents may use of a {@link Toolbox}: the tools themselves. */
export type Tools = Pick<Toolbox, 'price' | 'candles' | 'series'>;

/**
 * The tools as one run may use them: everything is seen as it was at `at`, the switches are those of the
 * run's beginning, and each value is fetched once per (tool, arguments) however many agents ask, so that
 * all of them reason about the same numbers.
 *
 * Every method answers a value that is fresh enough or the reason why there is none. It throws only
 * `MarketDataDefect`: a source delivered something that cannot be (a value from the future, NaN).
 */
export class Toolbox {
  private readonly readings = new Map<string, Promise<Reading<unknown>>>();

  constructor(
    private readonly source: MarketDataSource,
    private readonly switches: RunSwitches,
    /** The time of the run: nothing that became known later is ever answered. */
    readonly at: Date,
    /** Trade channel of the run: whose prices and candles are shown. */
    private readonly channel: string,
    private readonly reportFailure: (failure: SourceFailure) => void,
  ) {}

  /** Where the values come from. */
  get market(): MarketDataSource['market'] {
    return this.source.market;
  }

  /** Whether the business agent may be used in this run. */
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

  /** Tool `get_candles`: closed candles, ascending, at least one; the last one fresh. Earlier ones may be missing. */
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

  /** A tool with one value a day: observations of the last `days` days, ascending, at least one; the last one fresh. */
  series(toolName: SeriesToolName, days: number): Promise<Reading<readonly ObservedValue[]>> {
    const tool = seriesTool(toolName);
    return this.daily(`${toolName} ${days}`, tool, () => tool.run(this.source, days, this.at));
  }

  /** Tool `get_funding` for the perpetual of a symbol: as {@link series}; nothing where the source has none of it. */
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

  /** The promise is kept, not the value: agents that ask at the same time share one fetch. */
  private once<R extends Reading<unknown>>(key: string, read: () => Promise<R>): Promise<R> {
    const known = this.readings.get(key);
    if (known) return known as Promise<R>;
    const reading = read();
    this.readings.set(key, reading);
    return reading;
  }
}
