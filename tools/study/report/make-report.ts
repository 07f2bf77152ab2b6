import { autocorrelation } from '../statistics/autocorrelation.js';
import { RESAMPLES } from '../statistics/block-bootstrap.js';
import { distributionOf } from '../statistics/distribution.js';
import { hitRate } from '../statistics/hit-rate.js';
import { informationCoefficient } from '../statistics/information-coefficient.js';
import type { StudyArguments } from '../study-arguments.js';
import { CONVICTION, HORIZON_DAYS, type SaidSeries, type SampledHistory } from '../sample-history.js';
import type { HorizonReport, LookAheadReport, SeriesReport, StudyReport } from './study-report.js';

const DAY_MINUTES = 1440;
const LAG_DAYS = [1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90];
const BINS = 40;
/** Scores change over weeks, so that a block is never shorter. */
const SHORTEST_BLOCK_DAYS = 30;

/** The range of a score and the value in it that means neither. */
function scaleOf(name: string): { low: number; high: number; neutral: number } {
  return name === CONVICTION ? { low: 0, high: 100, neutral: 50 } : { low: -100, high: 100, neutral: 0 };
}

/** Everything that a study found, as plain data. The same samples give the same report. */
export function makeReport(
  args: StudyArguments,
  symbol: string,
  seen: SampledHistory,
  lookAhead: LookAheadReport,
): StudyReport {
  return {
    symbol,
    from: args.from.toISOString(),
    until: args.until.toISOString(),
    every_minutes: args.everyMinutes,
    looks: seen.times.length,
    looks_without_price: seen.prices.filter((price) => price === null).length,
    resamples: RESAMPLES,
    series: seen.series.map((series) => seriesReport(series, seen, DAY_MINUTES / args.everyMinutes)),
    look_ahead: lookAhead,
  };
}

function seriesReport(series: SaidSeries, seen: SampledHistory, looksADay: number): SeriesReport {
  const { low, high, neutral } = scaleOf(series.name);
  const scores = series.scores.filter((score) => score !== null);
  const signals = series.signals.filter((signal) => signal !== null);
  return {
    name: series.name,
    neutral,
    opinions: scores.length,
    without_opinion: series.scores.length - scores.length,
    mean_confidence: meanOf(series.confidences.filter((confidence) => confidence !== null)),
    distribution: scores.length > 0 ? distributionOf(scores, low, high, BINS) : null,
    signals: Object.fromEntries(
      [...new Set(signals)]
        .sort()
        .map((signal) => [signal, signals.filter((s) => s === signal).length / scores.length]),
    ),
    autocorrelation: LAG_DAYS.map((lag) => ({ lag_days: lag, value: autocorrelation(series.scores, lag * looksADay) })),
    horizons: HORIZON_DAYS.map((days) => horizonReport(series, neutral, seen.returns.get(days)!, days, looksADay)),
  };
}

function horizonReport(
  series: SaidSeries,
  neutral: number,
  returns: readonly (number | null)[],
  days: number,
  looksADay: number,
): HorizonReport {
  const pairs = series.scores.flatMap((score, index) => {
    const change = returns[index]!;
    return score === null || change === null ? [] : [{ score, change, signal: series.signals[index]! }];
  });
  const scores = pairs.map(({ score }) => score);
  const changes = pairs.map(({ change }) => change);
  const blockDays = Math.max(SHORTEST_BLOCK_DAYS, 2 * days);
  const coefficient = informationCoefficient(scores, changes, blockDays * looksADay);
  const hits = hitRate(
    scores.map((score) => score - neutral),
    changes,
    blockDays * looksADay,
  );
  const after = [...new Set(pairs.map(({ signal }) => signal))].sort().map((signal) => {
    const following = pairs.filter((pair) => pair.signal === signal).map(({ change }) => change);
    return [signal, { looks: following.length, mean_return_percent: meanOf(following)! }] as const;
  });
  return {
    days,
    pairs: pairs.length,
    information_coefficient: coefficient.value,
    information_coefficient_95: coefficient.interval,
    hit_rate: hits.value,
    hit_rate_95: hits.interval,
    hit_rate_by_chance: hits.byChance,
    block_days: blockDays,
    mean_return_percent: meanOf(changes),
    after_signal: Object.fromEntries(after),
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
