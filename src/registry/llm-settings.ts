import { Money } from '../domain/money/decimal.js';

/** The API of the provider in `api_config`. */
export const LLM_API = 'llm_api';

/** How models are told how many tokens an answer may take: the older ones by the first, those that reason by the second. */
export const LIMIT_PARAMETERS = ['max_tokens', 'max_completion_tokens'] as const;
export type LimitParameter = (typeof LIMIT_PARAMETERS)[number];

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
  /** Tokens that an answer may take, those of a model's reasoning included. */
  readonly answerTokens: number;
  readonly limitParameter: LimitParameter;
  /** Whether temperature 0 is asked for. */
  readonly sendsTemperature: boolean;
  /** Sent with each question, beside what the program sends itself; empty: nothing. */
  readonly extraParameters: Readonly<Record<string, unknown>>;
}

/** What the program sends itself; {@link LlmSettings.extraParameters} may name none of it. */
export const OWN_PARAMETERS = [
  'model',
  'messages',
  'stream',
  'temperature',
  'tools',
  'functions',
  'n',
  ...LIMIT_PARAMETERS,
] as const;
/** As JSON text. */
export const MOST_EXTRA_CHARACTERS = 1000;

export interface LlmSettingsRow {
  readonly agent_name: string;
  readonly provider: string;
  readonly model: string;
  readonly input_price: string;
  readonly output_price: string;
  readonly daily_budget: string;
  readonly answer_tokens: number;
  readonly limit_parameter: LimitParameter;
  readonly sends_temperature: boolean;
  readonly extra_parameters: Readonly<Record<string, unknown>>;
}

export function toLlmSettings(row: LlmSettingsRow): LlmSettings {
  return {
    provider: row.provider,
    model: row.model,
    inputPrice: new Money(row.input_price),
    outputPrice: new Money(row.output_price),
    dailyBudget: new Money(row.daily_budget),
    answerTokens: row.answer_tokens,
    limitParameter: row.limit_parameter,
    sendsTemperature: row.sends_temperature,
    extraParameters: row.extra_parameters,
  };
}
