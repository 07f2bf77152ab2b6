import type { AbsentFactor, AnalysisOutputs, AnalysisSignal, Factor } from '../domain/analysis/analysis.js';

/** What came of one agent in one run; stored as a row of `agent_executions`. */
export interface AgentOutcome {
  readonly agent_name: string;
  /**
   * `unavailable`: the agent works, but is switched off or knows too little. `failed`: it threw, its
   * output was out of bounds, or its process broke. `timeout`: it did not answer in time and was cut off.
   */
  readonly status: 'success' | 'unavailable' | 'failed' | 'timeout';
  /** -100..100; null unless the status is `success`. */
  readonly score: number | null;
  readonly signal: AnalysisSignal | null;
  /** 0..1; null when the agent said nothing. */
  readonly confidence: number | null;
  readonly reasoning: string | null;
  readonly details: {
    readonly factors: readonly Factor[];
    readonly absent: readonly AbsentFactor[];
    /** What decisions read besides the score. */
    readonly outputs?: AnalysisOutputs;
    /** What the language model said and what of it counts; with the factors the analysis can be computed again. */
    readonly llm?: RefinementDetails;
  };
  /** `llm`: a language model has looked over what the rules say. */
  readonly mode: 'rules' | 'llm';
  /** It was to, and did not deliver: this is the result of the rules. */
  readonly degraded: boolean;
  /** What it cost; absent when it was not to be asked. For administrators. */
  readonly llm?: LlmUse;
  /** Why the status is not `success`, or why it is degraded; the code is stable. */
  readonly error: { readonly code: string; readonly message: string } | null;
  /** By a monotonic clock. */
  readonly duration_ms: number;
}

export interface RefinementDetails {
  readonly rules_score: number;
  readonly rules_confidence: number;
  readonly rules_reasoning: string;
  readonly answered_score: number;
  readonly answered_confidence: number;
  /** What was cut back of the answer: see `refined`. */
  readonly limits: readonly string[];
}

/** What an analysis took of a language model. */
export interface LlmUse {
  /** Row of `llm_calls`; null when none was made. */
  readonly callId: string | null;
  /** Base URL. */
  readonly provider: string;
  readonly model: string;
  /** Read and written for this analysis, so 0 for an answer from the store; null: not told. */
  readonly tokens: number | null;
  /** USD; 0 for an answer from the store. */
  readonly cost: string;
}
