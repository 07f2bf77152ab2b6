import type { MarketDataSource } from '../../src/market-data/market-data-source.js';
import type { CsvSpan } from '../../src/market-data/csv/csv-source.js';
import { StartError } from '../../src/platform/config/start-error.js';
import { BUSINESS_AGENTS, sampleAt, priceAt, type Sample } from './sample.js';
import type { StudyArguments } from './study-arguments.js';

const DAY_MS = 86_400_000;

type Period = Pick<StudyArguments, 'from' | 'until' | 'everyMinutes'>;

/** The returns that scores are held against. */
export const HORIZON_DAYS = [1, 7, 30] as const;

/** The default conviction's name among the series of a study. */
export const CONVICTION = 'conviction';

/** What one agent, or the conviction, said at each look; null where it had no opinion. */
export interface SaidSeries {
  readonly name: string;
  readonly scores: readonly (number | null)[];
  readonly signals: readonly (string | null)[];
  /** 0..1 of each opinion; the conviction has none. */
  readonly confidences: readonly (number | null)[];
}

/** Everything that was said and what the price did, sample by sample. */
export interface SampledHistory {
  readonly times: readonly Date[];
  readonly prices: readonly (number | null)[];
  readonly series: readonly SaidSeries[];
  /** Horizon in days -> return in percent from each sample on; null where one of the two prices is missing. */
  readonly returns: ReadonlyMap<number, readonly (number | null)[]>;
}

export interface SamplingProgress {
  start(samples: number): void;
  sample(): void;
}

/** Looks at every moment of the study, oldest first. */
export async function sampleHistory(
  source: MarketDataSource,
  symbol: string,
  args: Period,
  progress: SamplingProgress,
): Promise<SampledHistory> {
  const times = timesOf(args);
  progress.start(times.length);
  const samples: (Sample | null)[] = [];
  for (const at of times) {
    samples.push(await sampleAt(source, symbol, at));
    progress.sample();
  }
  const prices = samples.map((sample) => (sample ? Number(sample.snapshot.price.value) : null));
  const returns = new Map<number, (number | null)[]>();
  for (const days of HORIZON_DAYS) returns.set(days, await returnsOver(days, source, symbol, times, prices));
  return {
    times,
    prices,
    series: [...BUSINESS_AGENTS.map(({ name }) => said(name, samples)), convictions(samples)],
    returns,
  };
}

/** @throws StartError (exit code 2) where the first sample would find no price of the symbol. */
export function refuseOutsideHistory(spans: readonly CsvSpan[], symbol: string, { from, until }: Period): void {
  const span = spans.find((each) => each.symbol === symbol && each.interval === '1h');
  if (!span) throw new StartError(`The folder has no 1-hour candles of ${symbol}.`, 2);
  if (from >= span.from && until.getTime() - DAY_MS <= span.to.getTime()) return;
  const [first, last] = [span.from, span.to].map((time) => time.toISOString());
  throw new StartError(`The folder's candles of ${symbol} reach from ${first} to ${last}.`, 2);
}

/** Every `everyMinutes`, counted from midnight UTC. */
export function timesOf({ from, until, everyMinutes }: Period): Date[] {
  const step = everyMinutes * 60_000;
  const first = Math.ceil(from.getTime() / step) * step;
  const count = Math.max(0, Math.ceil((until.getTime() - first) / step));
  return Array.from({ length: count }, (_, index) => new Date(first + index * step));
}

async function returnsOver(
  days: number,
  source: MarketDataSource,
  symbol: string,
  times: readonly Date[],
  prices: readonly (number | null)[],
): Promise<(number | null)[]> {
  const later = await Promise.all(times.map((at) => priceAt(source, symbol, new Date(at.getTime() + days * DAY_MS))));
  return prices.map((price, index) => {
    const then = later[index] ?? null;
    return price === null || then === null ? null : (then / price - 1) * 100;
  });
}

function said(name: string, samples: readonly (Sample | null)[]): SaidSeries {
  const opinions = samples.map((sample) => {
    const analysis = sample?.analyses[name];
    return analysis && 'score' in analysis ? analysis : null;
  });
  return {
    name,
    scores: opinions.map((opinion) => opinion?.score ?? null),
    signals: opinions.map((opinion) => opinion?.signal ?? null),
    confidences: opinions.map((opinion) => opinion?.confidence ?? null),
  };
}

function convictions(samples: readonly (Sample | null)[]): SaidSeries {
  const decisions = samples.map((sample) =>
    sample?.decision.conviction_score === null ? null : (sample?.decision ?? null),
  );
  return {
    name: CONVICTION,
    scores: decisions.map((decision) => decision?.conviction_score ?? null),
    signals: decisions.map((decision) => decision?.signal ?? null),
    confidences: decisions.map(() => null),
  };
}
