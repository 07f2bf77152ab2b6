import { quantile } from './quantile.js';

export interface Bin {
  readonly from: number;
  /** Not included, except in the last bin. */
  readonly to: number;
  readonly count: number;
}

export interface Distribution {
  readonly mean: number;
  /** Of the population. */
  readonly standard_deviation: number;
  readonly minimum: number;
  readonly quantile_5: number;
  readonly quantile_25: number;
  readonly median: number;
  readonly quantile_75: number;
  readonly quantile_95: number;
  readonly maximum: number;
  readonly histogram: readonly Bin[];
}

/** @param values at least one, all within `low`..`high`. */
export function distributionOf(values: readonly number[], low: number, high: number, bins: number): Distribution {
  const sorted = [...values].sort((a, b) => a - b);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const width = (high - low) / bins;
  const counts = Array<number>(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor((value - low) / width))]! += 1;
  return {
    mean,
    standard_deviation: Math.sqrt(variance),
    minimum: sorted[0]!,
    quantile_5: quantile(sorted, 0.05),
    quantile_25: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    quantile_75: quantile(sorted, 0.75),
    quantile_95: quantile(sorted, 0.95),
    maximum: sorted.at(-1)!,
    histogram: counts.map((count, bin) => ({ from: low + bin * width, to: low + (bin + 1) * width, count })),
  };
}
