import type { Analysis, AnalysisSignal } from './analysis.js';
import { MINIMUM_CONFIDENCE, signalOf } from './score.js';

/** What a language model makes of an analysis, before any limit. */
export interface Verdict {
  /** -100..100. */
  readonly score: number;
  /** 0..1. */
  readonly confidence: number;
  readonly reasoning: string;
}

/** An analysis as it counts after a verdict. */
export interface Refined {
  readonly score: number;
  readonly signal: AnalysisSignal;
  readonly confidence: number;
  /** What was cut back. */
  readonly limits: readonly ('score' | 'confidence')[];
}

/** Points by which a verdict may move the score of the rules, up or down. */
export const LARGEST_MOVE = 15;

/**
 * The rules' result as a verdict may change it: the score moves by at most {@link LARGEST_MOVE} points and stays within
 * -100..100, the signal follows it; the confidence may fall, not rise, and not below the least that an analysis has: an
 * answer from outside must not be able to make an agent unavailable, because then nothing is traded, not even sold. Pure.
 */
export function refined(rules: Pick<Analysis, 'score' | 'confidence'>, verdict: Verdict): Refined {
  const lowest = Math.max(rules.score - LARGEST_MOVE, -100);
  const highest = Math.min(rules.score + LARGEST_MOVE, 100);
  const score = Math.min(Math.max(verdict.score, lowest), highest);
  const confidence = Math.min(Math.max(verdict.confidence, MINIMUM_CONFIDENCE), rules.confidence);
  const kept = { score, confidence };
  const limits = (['score', 'confidence'] as const).filter((field) => kept[field] !== verdict[field]);
  return { ...kept, signal: signalOf(score), limits };
}
