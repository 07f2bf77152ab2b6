import { LARGEST_OUTPUT, type DecisionAnalysis, type Reason } from '../decision.js';
import { reason } from '../reason-codes.js';

export type MomentumSignal = 'LONG' | 'SHORT' | 'NEUTRAL';

/** The checked outputs of the two business agents. */
export interface MomentumInputs {
  /** 0..100. */
  readonly regimeScore: number;
  readonly signal: MomentumSignal;
  /** 0..1. */
  readonly strength: number;
  /** 0..1. */
  readonly confidence: number;
  /** Average true range, in quote currency, above 0. */
  readonly atr: number;
  /** The agent's own stop distance, in average true ranges; null: the params decide. */
  readonly stopDistanceAtr: number | null;
}

/** The outputs read, by agent. */
export const MOMENTUM_OUTPUTS = {
  regime_filter: ['regime_score'],
  ta_momentum: ['signal', 'strength', 'confidence', 'atr', 'stop_distance_atr'],
} as const;

const SIGNALS: ReadonlySet<unknown> = new Set(['LONG', 'SHORT', 'NEUTRAL']);

/** Reads the outputs of both agents. @returns a reason for each output that is missing or out of bounds. */
export function momentumInputsOf(
  regime: DecisionAnalysis,
  momentum: DecisionAnalysis,
): MomentumInputs | { readonly missing: Reason[] } {
  const { signal, strength, confidence, atr, stop_distance_atr: distance = null } = momentum;
  const regimeScore = regime['regime_score'];
  const tests = [
    ['regime_filter', 'regime_score', isWithin(regimeScore, 0, 100)],
    ['ta_momentum', 'signal', SIGNALS.has(signal)],
    ['ta_momentum', 'strength', isWithin(strength, 0, 1)],
    ['ta_momentum', 'confidence', isWithin(confidence, 0, 1)],
    ['ta_momentum', 'atr', isWithin(atr, Number.MIN_VALUE, LARGEST_OUTPUT)],
    ['ta_momentum', 'stop_distance_atr', distance === null || isWithin(distance, 0.01, 100)],
  ] as const;
  const missing = tests
    .filter(([, , isUsable]) => !isUsable)
    .map(([agent, output]) => reason('agent_output_incomplete', { agent, output }));
  if (missing.length > 0) return { missing };
  return {
    regimeScore: regimeScore as number,
    signal: signal as MomentumSignal,
    strength: strength as number,
    confidence: confidence as number,
    atr: atr as number,
    stopDistanceAtr: distance as number | null,
  };
}

function isWithin(value: unknown, low: number, high: number): boolean {
  return typeof value === 'number' && value >= low && value <= high;
}
