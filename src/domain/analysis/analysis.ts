/** One measured input of an analysis and what it contributed. */
export interface Factor {
  readonly name: string;
  /** The raw value, in the unit that the factor's description names. */
  readonly value: number;
  readonly source: string;
  /** RFC 3339 UTC. */
  readonly observed_at: string;
  /** -1 (bearish) .. 1 (bullish). */
  readonly normalised: number;
  readonly weight: number;
  /** normalised * weight. */
  readonly contribution: number;
}

/** A factor without data: it lowers the confidence and never counts as neutral. */
export interface AbsentFactor {
  readonly name: string;
  readonly weight: number;
  /** `no_data`, `too_old`, `too_little_history`, `source_inactive`, `source_failed`, ... */
  readonly reason: string;
}

export type AnalysisSignal = 'BULLISH' | 'BEARISH' | 'NEUTRAL';

/** What a decision agent reads besides the score, by name: `regime_score`, `atr`. */
export type AnalysisOutputs = Readonly<Record<string, number | string | null>>;

/** What a business agent says about the market; shared by all instances of a definition. */
export interface Analysis {
  /** -100..100. */
  readonly score: number;
  readonly signal: AnalysisSignal;
  /** 0..1: weights present / all weights. */
  readonly confidence: number;
  /** Sentences built from the factors. */
  readonly reasoning: string;
  readonly factors: readonly Factor[];
  readonly absent: readonly AbsentFactor[];
  readonly outputs?: AnalysisOutputs;
}
