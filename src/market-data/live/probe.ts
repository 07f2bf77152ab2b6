import type { Clock } from '../../domain/clock.js';
import { ApiClient } from '../../registry/apis/calls/api-client.js';
import type { Reading } from '../freshness.js';
import { Toolbox, type SourceFailure } from '../toolbox.js';
import { CANDLE_HISTORY_COUNT, SERIES_HISTORY_DAYS } from '../tools/market-tool.js';
import { MARKET_TOOLS } from '../tools/market-tools.js';
import { venueApiOf, VENUE_CHANNELS } from '../tools/price-tools.js';
import { LiveSource, LIVE_SERIES } from './live-source.js';

const SYMBOL = 'BTC';
const DIGITS = 10;

/** A tool's answer, through the same toolbox that runs use. */
export interface ProbeRow {
  readonly tool: string;
  readonly api: string;
  readonly value: string | null;
  readonly observedAt: string | null;
  readonly milliseconds: number;
  /** Null when there is a value. */
  readonly problem: ProbeProblem | null;
}

export interface ProbeProblem {
  /** The code of the API's failure, otherwise the reason for the absence. */
  readonly code: string;
  /** The message of the failure; null when the code is sufficient. */
  readonly message: string | null;
}

/**
 * Requests every source of the live market once: price and candles of each exchange, and every series with a source.
 * API failures become rows and are never thrown. Agents and tools count as switched on; the switches of the APIs apply.
 */
export async function probeLive(client: ApiClient, clock: Clock): Promise<ProbeRow[]> {
  const source = new LiveSource(client, clock, null);
  const switches = { agents: new Map(), tools: new Map(), apis: new Map() };
  const probes: Promise<ProbeRow>[] = [];
  for (const channel of VENUE_CHANNELS) {
    const api = venueApiOf(channel) ?? channel;
    const failures = new Map<string, SourceFailure>();
    const openToolbox = (): Toolbox =>
      new Toolbox(source, switches, clock.now(), channel, (failure) => failures.set(failure.tool, failure));
    probes.push(
      probe('get_price', api, failures, async () => {
        await source.prepare(SYMBOL, channel);
        const reading = await openToolbox().price(SYMBOL);
        return newestOf(reading, (price) => [price.value, price.observed_at]);
      }),
      probe('get_candles', api, failures, async () => {
        const reading = await openToolbox().candles(SYMBOL, '1h', CANDLE_HISTORY_COUNT);
        return newestOf(reading, (candles) => {
          const { close, closeTime } = candles.at(-1)!;
          return [`${candles.length} closed, last ${close}`, new Date(closeTime).toISOString()];
        });
      }),
    );
  }
  const failures = new Map<string, SourceFailure>();
  const toolbox = new Toolbox(source, switches, clock.now(), VENUE_CHANNELS[0]!, (failure) =>
    failures.set(failure.tool, failure),
  );
  for (const tool of MARKET_TOOLS.all()) {
    if (tool.kind !== 'series' || !LIVE_SERIES[tool.series]) continue;
    probes.push(
      probe(tool.name, tool.requiredApis.join(', '), failures, async () =>
        newestOf(await toolbox.series(tool.name, SERIES_HISTORY_DAYS), (values) => {
          const { value, observed_at } = values.at(-1)!;
          return [shortened(value), observed_at];
        }),
      ),
    );
  }
  return Promise.all(probes);
}

interface Newest {
  readonly value: string | null;
  readonly observedAt: string | null;
  readonly absent: string | null;
}

function newestOf<T>(reading: Reading<T>, read: (value: T) => readonly [string, string]): Newest {
  if (reading.absent !== null) return { value: null, observedAt: null, absent: reading.absent };
  const [value, observedAt] = read(reading.value);
  return { value, observedAt, absent: null };
}

async function probe(
  tool: string,
  api: string,
  failures: ReadonlyMap<string, SourceFailure>,
  ask: () => Promise<Newest>,
): Promise<ProbeRow> {
  const began = performance.now();
  const { value, observedAt, absent } = await ask();
  const milliseconds = Math.round(performance.now() - began);
  return { tool, api, value, observedAt, milliseconds, problem: problemOf(absent, failures.get(tool)) };
}

function problemOf(absent: string | null, failure: SourceFailure | undefined): ProbeProblem | null {
  if (absent === null) return null;
  return failure ? { code: failure.code ?? absent, message: failure.message } : { code: absent, message: null };
}

/** Rounds away float error. */
function shortened(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}
