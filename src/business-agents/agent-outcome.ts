import type { AbsentFactor, AnalysisOutputs, AnalysisSignal, Factor } from '../domain/analysis/analysis.js';

/** The result of one agent in one run; stored as a row of `agent_executions`. */
export interface AgentOutcome {
  readonly agent_name: string;
  /**
   * `unavailable`: the agent works, but is switched off or has too little data. `failed`: it threw, its output was out
   * of bounds, or its process crashed. `timeout`: it did not answer in time and was cut off.
   */
  readonly status: 'success' | 'unavailable' | 'failed' | 'timeout';
  /** -100..100; null unless the status is `success`. */
  readonly score: number | null;
  readonly signal: AnalysisSignal | null;
  /** 0..1; null without an analysis. */
  readonly confidence: number | null;
  readonly reasoning: string | null;
  readonly details: {
    readonly factors: readonly Factor[];
    readonly absent: readonly AbsentFactor[];
    /** Named values that decisions read besides the score. */
    readonly outputs?: AnalysisOutputs;
    /**
     * The language model's answer and the limits applied to it; together with the factors the analysis can be
     * recomputed.
     */
    readonly llm?: RefinementDetails;
  };
  /** `llm`: a language model has reviewed the result of the rules. */
  readonly mode: 'rules' | 'llm';
  /** The language model was enabled but failed, so this is the result of the rules alone. */
  readonly degraded: boolean;
  /** Cost of the language model, for administrators; absent when it was not used. */
  readonly llm?: LlmUse;
  /** Reason for a status other than `success`, or for `degraded`; the code is stable. */
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Measured with a monotonic clock. */
  readonly duration_ms: number;
}

export interface RefinementDetails {
  readonly rules_score: number;
  readonly rules_confidence: number;
  readonly rules_reasoning: string;
  readonly answered_score: number;
  readonly answered_confidence: number;
  /** The limits that the answer exceeded, see `refined`. */
  readonly limits: readonly string[];
}

/** Use of a language model by an analysis. */
export interface LlmUse {
  /** Row of `llm_calls`; null when there was no call. */
  readonly callId: string | null;
  /** Base URL of the provider. */
  readonly provider: string;
  readonly model: string;
  /** Prompt and completion tokens of this analysis, so 0 for a cached answer; null: unknown. */
  readonly tokens: number | null;
  /** USD; 0 for a cached answer. */
  readonly cost: string;
}
