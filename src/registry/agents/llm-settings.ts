import { Money } from '../../domain/money/decimal.js';

/** The API of the provider in `api_config`. */
export const LLM_API = 'llm_api';

/** How an agent that has LLM mode on uses a language model. */
export interface LlmSettings {
  /** Base URL of the provider. */
  readonly provider: string;
  readonly model: string;
  /** USD for a million tokens that are read. */
  readonly inputPrice: Money;
  /** USD for a million tokens that are written. */
  readonly outputPrice: Money;
  /** USD a day (UTC), for all processes together. */
  readonly dailyBudget: Money;
}

export interface LlmSettingsRow {
  readonly agent_name: string;
  readonly provider: string;
  readonly model: string;
  readonly input_price: string;
  readonly output_price: string;
  readonly daily_budget: string;
}

export function toLlmSettings(row: LlmSettingsRow): LlmSettings {
  return {
    provider: row.provider,
    model: row.model,
    inputPrice: new Money(row.input_price),
    outputPrice: new Money(row.output_price),
    dailyBudget: new Money(row.daily_budget),
  };
}
