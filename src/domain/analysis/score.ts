import type { AbsentFactor, Analysis, AnalysisSignal, Factor } from './analysis.js';

/** A factor as measured by a business agent, before its contribution is computed. */
export type MeasuredFactor = Omit<Factor, 'contribution'>;

/** An analysis with too little data for an opinion: neither neutral nor failed. */
export interface UnavailableAnalysis {
  readonly unavailable: 'no_factors' | 'too_few_factors';
  /** 0..1: weight of the factors with data / weight of all factors. */
  readonly confidence: number;
  readonly reasoning: string;
  readonly factors: readonly Factor[];
  readonly absent: readonly AbsentFactor[];
}

/** Scores above this are BULLISH, scores below its negative BEARISH. */
const SIGNAL_LIMIT = 20;

/** Below this confidence an analysis is unavailable. */
export const MINIMUM_CONFIDENCE = 0.2;

/** Float error of sums of weights such as .1 + .1 + .1. */
const FLOAT_NOISE = 1e-9;

/**
 * The score of a rules-based analysis: 100 * sum(normalised * weight) / sum(weights present), -100..100. Its confidence
 * is the share of the weights that had data. Pure.
 *
 * @param measured normalised within -1..1, weights above 0.
 * @param absent the factors without data; their weights above 0.
 * @throws RangeError when a factor is outside those bounds, which is a defect of its agent.
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

/** Factors in descending order of effect, each with the points it adds to the score. */
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

/** A language model's opinion of an analysis, before limits. */
export interface Verdict {
  /** -100..100. */
  readonly score: number;
  /** 0..1. */
  readonly confidence: number;
  readonly reasoning: string;
}

/** An analysis after a verdict, within its limits. */
interface Refined {
  readonly score: number;
  readonly signal: AnalysisSignal;
  readonly confidence: number;
  /** The fields of the verdict that exceeded their limits. */
  readonly limits: readonly ('score' | 'confidence')[];
}

/** Maximum points by which a verdict moves the rules' score, up or down. */
export const LARGEST_MOVE = 15;

/**
 * Applies a verdict to the rules' result, within limits. The score moves by at most {@link LARGEST_MOVE} points and
 * stays within -100..100; the signal follows it. The confidence may only fall, and not below {@link
 * MINIMUM_CONFIDENCE}: an unavailable agent stops all trades, including sells, and a model must not be able to cause
 * that. Pure.
 */
export function refined(rules: Pick<Analysis, 'score' | 'confidence'>, verdict: Verdict): Refined {
  const lowest = Math.max(rules.score - LARGEST_MOVE, -100);
  const highest = Math.min(rules.score + LARGEST_MOVE, 100);
  const score = Math.min(Math.max(verdict.score, lowest), highest);
  const confidence = Math.min(Math.max(verdict.confidence, MINIMUM_CONFIDENCE), rules.confidence);
  const limited = { score, confidence };
  const limits = (['score', 'confidence'] as const).filter((field) => limited[field] !== verdict[field]);
  return { ...limited, signal: signalOf(score), limits };
}
