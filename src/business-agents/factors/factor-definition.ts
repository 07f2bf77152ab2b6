import { ABSENCE_REASONS } from '../../market-data/freshness.js';
import type { ToolName } from '../../market-data/tools/market-tool.js';

/** Units of raw values. The console formats a value by its unit: `web/src/parts/reading.ts` has a format for each. */
export type FactorUnit =
  | '0..100'
  | '%'
  | '% a year'
  | 'ATR'
  | 'fraction of the band'
  | 'fraction per 8 hours'
  | 'percentage points'
  | 'points'
  | 'ratio'
  | 'standard deviations';

/** Reasons for a factor without a value. */
export const ABSENT_FACTOR_REASONS = { ...ABSENCE_REASONS, too_little_history: 'too little history' } as const;

/**
 * One input of a business agent, as data: agents compute with it, specs check it, and the documentation is generated
 * from it.
 */
export interface FactorDefinition {
  readonly name: string;
  readonly description: string;
  /** Unit of the raw value. */
  readonly unit: FactorUnit;
  /** Above 0; the weights of an agent add up to 1. */
  readonly weight: number;
  /** The tool that provides its data. */
  readonly tool: ToolName;
  /** `turning`: good up to a point and bad beyond it; description and anchors say where. */
  readonly direction: 'higher_is_bullish' | 'lower_is_bullish' | 'turning';
  /** Maps the raw value to -1 (bearish) .. 1 (bullish). */
  readonly normalisation: Anchors;
}

/** Points of a piecewise linear function, ascending by value: [raw value, normalised -1..1]. */
export type Anchors = readonly (readonly [value: number, normalised: number])[];

/** Linear between the anchors, constant beyond the first and the last. */
export function normalise(value: number, anchors: Anchors): number {
  const above = anchors.findIndex(([anchor]) => value < anchor);
  if (above === 0) return anchors[0]![1];
  if (above === -1) return anchors.at(-1)![1];
  const [lowValue, low] = anchors[above - 1]!;
  const [highValue, high] = anchors[above]!;
  return low + ((high - low) * (value - lowValue)) / (highValue - lowValue);
}
