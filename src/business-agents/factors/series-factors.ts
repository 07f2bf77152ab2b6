import type { AbsentFactor, Analysis } from '../../domain/analysis/analysis.js';
import { analysisFrom } from '../../domain/analysis/score.js';
import type { MeasuredFactor, UnavailableAnalysis } from '../../domain/analysis/score.js';
import type { ObservedValue } from '../../domain/market/market-snapshot.js';
import type { Tools } from '../../market-data/toolbox.js';
import { SERIES_HISTORY_DAYS } from '../../market-data/tools/market-tool.js';
import type { SeriesToolName } from '../../market-data/tools/market-tool.js';
import { type FactorDefinition, normalise } from './factor-definition.js';

/** A factor from a daily series: its newest value, its change, or its level against its own history. */
export interface SeriesFactor extends FactorDefinition {
  readonly tool: SeriesToolName;
  readonly measure: 'newest' | ChangeMeasure | LevelMeasure;
}

/** Reads all factors through the tools concurrently, and combines them. */
export async function analyseSeries(
  factors: readonly SeriesFactor[],
  tools: Tools,
): Promise<Analysis | UnavailableAnalysis> {
  const readings = await Promise.all(factors.map((factor) => readFactor(factor, tools)));
  return analysisFrom(
    readings.filter((reading) => 'normalised' in reading),
    readings.filter((reading) => 'reason' in reading),
  );
}

async function readFactor(factor: SeriesFactor, tools: Tools): Promise<MeasuredFactor | AbsentFactor> {
  const { name, weight, tool, measure, normalisation } = factor;
  const reading = await tools.series(tool, SERIES_HISTORY_DAYS);
  if (reading.absent !== null) return { name, weight, reason: reading.absent };
  const newest = reading.value.at(-1)!;
  const value = measured(reading.value, measure);
  if (value === null) return { name, weight, reason: 'too_little_history' };
  const { source, observed_at } = newest;
  return { name, value, source, observed_at, normalised: normalise(value, normalisation), weight };
}

function measured(values: readonly ObservedValue[], measure: SeriesFactor['measure']): number | null {
  if (measure === 'newest') return values.at(-1)!.value;
  return 'days' in measure ? changeOf(values, measure) : levelOf(values, measure);
}

const DAY_MS = 24 * 60 * 60_000;

/** With fewer values the usual level is uncertain. */
const FEWEST_FOR_LEVEL = 60;

/** The level of a series relative to its own history, for series whose level drifts over the years. */
interface LevelMeasure {
  /** The newest value is a mean over this many days. */
  readonly levelOverDays: number;
}

/**
 * The standard score of the newest mean: its distance from the mean of the whole window, in standard deviations of the
 * values. Scaling all values does not change the score. 0 without variation, null with fewer than 60 values.
 *
 * @param values ascending; the whole window.
 */
export function levelOf(values: readonly ObservedValue[], { levelOverDays }: LevelMeasure): number | null {
  if (values.length < FEWEST_FOR_LEVEL) return null;
  const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / values.length;
  if (!(variance > 1e-18 * mean ** 2)) return 0;
  const times = values.map((value) => Date.parse(value.observed_at));
  return (meanUpTo(values, times, times.length - 1, levelOverDays) - mean) / Math.sqrt(variance);
}

/** Allowed distance of the earlier value from the intended day: a month has 28..31 days, and markets have holidays. */
const BASE_TOLERANCE_DAYS = 7;

interface ChangeMeasure {
  readonly days: number;
  /** `percent`: relative to the earlier value. `points`: the difference, in the unit of the series. */
  readonly as: 'percent' | 'points';
  /** Both ends are means over this many days; 1 uses single values. */
  readonly meanOverDays: number;
}

/**
 * The change from about `days` days before the newest value to the newest value. Null when there is no value within a
 * week of that day or, in percent, when the earlier value is not above 0.
 *
 * @param values ascending, at least one.
 */
export function changeOf(values: readonly ObservedValue[], { days, as, meanOverDays }: ChangeMeasure): number | null {
  const times = values.map((value) => Date.parse(value.observed_at));
  const newest = times.length - 1;
  const base = nearest(times, times[newest]! - days * DAY_MS);
  if (base === null || base === newest) return null;
  const now = meanUpTo(values, times, newest, meanOverDays);
  const before = meanUpTo(values, times, base, meanOverDays);
  if (as === 'points') return now - before;
  return before > 0 ? (now / before - 1) * 100 : null;
}

function nearest(times: readonly number[], wanted: number): number | null {
  let best: number | null = null;
  times.forEach((time, index) => {
    const distance = Math.abs(time - wanted);
    if (distance > BASE_TOLERANCE_DAYS * DAY_MS) return;
    if (best === null || distance < Math.abs(times[best]! - wanted)) best = index;
  });
  return best;
}

function meanUpTo(values: readonly ObservedValue[], times: readonly number[], last: number, days: number): number {
  const after = times[last]! - days * DAY_MS;
  let sum = 0;
  let count = 0;
  for (let index = last; index >= 0 && times[index]! > after; index--) {
    sum += values[index]!.value;
    count++;
  }
  return sum / count;
}
