import type { AbsentFactor, Analysis } from '../../domain/analysis/analysis.js';
import { analysisFrom } from '../../domain/analysis/score.js';
import type { MeasuredFactor, UnavailableAnalysis } from '../../domain/analysis/score.js';
import type { Tools } from '../../market-data/toolbox.js';
import { SERIES_HISTORY_DAYS } from '../../market-data/tools/market-tool.js';
import type { SeriesToolName } from '../../market-data/tools/market-tool.js';
import type { FactorDefinition } from './factor-definition.js';
import { normalise } from './piecewise.js';
import { changeOf } from './series-change.js';
import type { ChangeMeasure } from './series-change.js';

/** A factor that is read from a daily series: its newest value, or how that value has changed. */
export interface SeriesFactor extends FactorDefinition {
  readonly tool: SeriesToolName;
  readonly measure: 'newest' | ChangeMeasure;
}

/** Reads every factor through the tools, all at the same time, and adds them up. */
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
  const value = measure === 'newest' ? newest.value : changeOf(reading.value, measure);
  if (value === null) return { name, weight, reason: 'too_little_history' };
  const { source, observed_at } = newest;
  return { name, value, source, observed_at, normalised: normalise(value, normalisation), weight };
}
