/** A measured input of an analysis and its contribution to the score. */
export interface Factor {
  readonly name: string;
  /** The raw value, in the unit of the factor's description. */
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

/** Named values for decision agents besides the score: `regime_score`, `atr`. */
export type AnalysisOutputs = Readonly<Record<string, number | string | null>>;

/** A business agent's opinion of the market; shared by all instances of a definition. */
export interface Analysis {
  /** -100..100. */
  readonly score: number;
  readonly signal: AnalysisSignal;
  /** 0..1: weight of the factors with data / weight of all factors. */
  readonly confidence: number;
  /** Sentences generated from the factors. */
  readonly reasoning: string;
  readonly factors: readonly Factor[];
  readonly absent: readonly AbsentFactor[];
  readonly outputs?: AnalysisOutputs;
}
