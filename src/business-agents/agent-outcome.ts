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
  };
  readonly mode: 'rules';
  readonly degraded: false;
  /** Why the status is not `success`; the code is stable. */
  readonly error: { readonly code: string; readonly message: string } | null;
  /** By a monotonic clock. */
  readonly duration_ms: number;
}
