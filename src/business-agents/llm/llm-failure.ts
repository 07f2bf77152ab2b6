import type { Money } from '../../domain/money/decimal.js';

/**
 * Reasons for using the rules' result instead of a language model's; stored and shown to everybody who sees the run.
 */
export const LLM_FAILURES = {
  llm_budget_spent: 'The language model was not asked: its daily budget is nearly used up.',
  llm_timed_out: 'The language model did not answer in time.',
  llm_unavailable: 'The language model could not be reached.',
  llm_no_credit: 'The account at the language model’s provider has no credit. Top it up.',
  llm_refused: 'The language model refused to answer.',
  llm_invalid_answer: 'The language model gave no usable answer.',
  llm_answer_withheld: 'The answer of the language model contained secrets and was discarded.',
  llm_question_large: 'The input is too large for the language model.',
} as const;

export type LlmFailureCode = keyof typeof LLM_FAILURES;

/** Token counts reported by the provider. */
export interface TokenUsage {
  readonly prompt: number;
  readonly completion: number;
}

/** The known cost of a failed question. */
export type FailureCost =
  /** No answer, so no charge. */
  | 'nothing'
  /** Possibly answered and charged. */
  | 'unknown'
  | TokenUsage;

/** A language model delivered no usable verdict. The message is for all users; `detail` is for administrators. */
export class LlmFailure extends Error {
  override readonly name = 'LlmFailure';

  /**
   * @param detail for administrators and the log; contains no key and no text from outside.
   * @param answer the model's text, if it may be stored.
   */
  constructor(
    readonly code: LlmFailureCode,
    readonly detail: string,
    readonly cost: FailureCost,
    readonly answer: string | null = null,
  ) {
    super(LLM_FAILURES[code]);
  }
}

/** An amount of USD, and whether the provider reported it or it is the reserved amount. */
export interface Cost {
  readonly amount: Money;
  readonly isKnown: boolean;
}
