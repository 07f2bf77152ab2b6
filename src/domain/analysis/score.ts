import type { AbsentFactor, Analysis, AnalysisSignal, Factor } from './analysis.js';

/** A factor as a business agent measured it; the contribution is computed here. */
export type MeasuredFactor = Omit<Factor, 'contribution'>;

/** Too little was known to have an opinion: neither a neutral nor a failed analysis. */
export interface UnavailableAnalysis {
  /** `no_factors` or `too_few_factors`. */
  readonly unavailable: 'no_factors' | 'too_few_factors';
  /** 0..1: weights present / all weights. */
  readonly confidence: number;
  readonly reasoning: string;
  readonly factors: readonly Factor[];
  readonly absent: readonly AbsentFactor[];
}

/** A score above it is BULLISH, one below its negative BEARISH. */
const SIGNAL_LIMIT = 20;

/** Below this confidence there is no analysis. */
export const MINIMUM_CONFIDENCE = 0.2;

/** Sums of weights such as .1 + .1 + .1 miss their value by less than this. */
const FLOAT_NOISE = 1e-9;

/**
 * The score of a rules-based analysis: 100 * sum(normalised * weight) / sum(weights present), -100..100;
 * its confidence is the share of the weights that had data. Pure.
 *
 * @param measured normalised within -1..1, weights above 0.
 * @param absent the factors without data; their weights above 0.
 * @throws RangeError when a factor breaks those bounds: the agent that built it is wrong.
 */
export function analysisFrom(
  measured: readonly MeasuredFactor[],
  absent: readonly AbsentFactor[],
): Analysis | UnavailableAnalysis {
  for (const { name, weight } of [...measured, ...absent]) {
    if (!(weight > 0 && Number.isFinite(weight))) throw new RangeError(`The weight of factor ${name} is ${weight}.`);
  }
  const factors = measured.map(withContribution);
  const weightPresent = sum(factors.map((factor) => factor.weight));
  const weightOfAll = weightPresent + sum(absent.map((factor) => factor.weight));
  const confidence = factors.length > 0 ? weightPresent / weightOfAll : 0;

  if (confidence < MINIMUM_CONFIDENCE - FLOAT_NOISE) {
    const unavailable = factors.length === 0 ? 'no_factors' : 'too_few_factors';
    return { unavailable, confidence, reasoning: absentSentence(absent), factors, absent };
  }
  const score = clamp((100 * sum(factors.map((factor) => factor.contribution))) / weightPresent, -100, 100);
  const reasoning = [scoreSentence(score, factors, weightPresent), absentSentence(absent)].filter(Boolean).join(' ');
  return { score, signal: signalOf(score), confidence, reasoning, factors, absent };
}

/** BULLISH above 20, BEARISH below -20, else NEUTRAL. */
export function signalOf(score: number): AnalysisSignal {
  if (score > SIGNAL_LIMIT) return 'BULLISH';
  return score < -SIGNAL_LIMIT ? 'BEARISH' : 'NEUTRAL';
}

function withContribution(factor: MeasuredFactor): Factor {
  const { name, normalised, value, weight } = factor;
  if (!Number.isFinite(value)) throw new RangeError(`The value of factor ${name} is ${value}.`);
  if (!(normalised >= -1 && normalised <= 1)) {
    throw new RangeError(`The normalised value of factor ${name} is ${normalised}.`);
  }
  return { ...factor, contribution: normalised * weight };
}

/** The factors with the largest effect first, each with the points it adds to the score. */
function scoreSentence(score: number, factors: readonly Factor[], weightPresent: number): string {
  const points = factors
    .map(({ name, value, contribution }) => ({ name, value, points: (100 * contribution) / weightPresent }))
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .map(({ name, value, points: added }) => `${name} ${Number(value.toPrecision(6))} (${signed(added)})`);
  return `${signalOf(score)} with a score of ${signed(score)}: ${points.join(', ')}.`;
}

function absentSentence(absent: readonly AbsentFactor[]): string {
  if (absent.length === 0) return '';
  return `Without data: ${absent.map(({ name, reason }) => `${name} (${reason})`).join(', ')}.`;
}

function signed(value: number): string {
  const text = value.toFixed(1);
  return value >= 0.05 ? `+${text}` : text.replace('-0.0', '0.0');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** What a language model makes of an analysis, before any limit. */
export interface Verdict {
  /** -100..100. */
  readonly score: number;
  /** 0..1. */
  readonly confidence: number;
  readonly reasoning: string;
}

/** An analysis as it counts after a verdict. */
interface Refined {
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
