import type { Money } from '../../domain/money/decimal.js';

/** Why the rules' result counts in place of a language model's; stored and shown, to everybody who sees the run. */
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

/** Tokens that the provider says it has read and written. */
export interface TokenUsage {
  readonly prompt: number;
  readonly completion: number;
}

/** What is known of the cost of a question that failed. */
export type FailureCost =
  /** Nothing was answered, so nothing is paid. */
  | 'nothing'
  /** It may have been answered and paid for. */
  | 'unknown'
  | TokenUsage;

/** A language model did not deliver. The message is for everybody; `cause` tells administrators more. */
export class LlmFailure extends Error {
  override readonly name = 'LlmFailure';

  /**
   * @param detail for administrators and the log: holds no key and nothing that came from outside.
   * @param answer what was answered, where that may be kept.
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

/** An amount of USD that was paid, and whether the provider told how much it was or it was set aside. */
export interface Cost {
  readonly amount: Money;
  readonly isKnown: boolean;
}
