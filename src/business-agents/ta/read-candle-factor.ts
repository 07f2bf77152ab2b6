import type { AbsentFactor } from '../../domain/analysis/analysis.js';
import type { MeasuredFactor } from '../../domain/analysis/score.js';
import type { CandleReading } from '../../market-data/reading.js';
import { normalise } from '../factors/piecewise.js';
import type { Indicators } from './indicators.js';
import type { TaFactor } from './ta-factors.js';

/** A factor's reading of candles and their indicators; absent where there are too few. */
export function readCandleFactor(
  factor: TaFactor,
  { value: candles, source }: Extract<CandleReading, { absent: null }>,
  indicators: Indicators,
): MeasuredFactor | AbsentFactor {
  const { name, weight, candlesNeeded, normalisation } = factor;
  const value = candles.length < candlesNeeded ? null : factor.read(indicators);
  if (value === null) return { name, weight, reason: 'too_little_history' };
  const observed_at = new Date(candles.at(-1)!.closeTime).toISOString();
  return { name, value, source, observed_at, normalised: normalise(value, normalisation), weight };
}
