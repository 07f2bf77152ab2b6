import { Money } from '../domain/money/decimal.js';

/** Name of the provider's API in `api_config`. */
export const LLM_API = 'llm_api';

/** Parameter that limits the tokens of an answer: older models take the first, reasoning models the second. */
export const LIMIT_PARAMETERS = ['max_tokens', 'max_completion_tokens'] as const;
export type LimitParameter = (typeof LIMIT_PARAMETERS)[number];

export interface LlmSettings {
  /** Base URL of the provider. */
  readonly provider: string;
  readonly model: string;
  /** USD per million input tokens. */
  readonly inputPrice: Money;
  /** USD per million output tokens. */
  readonly outputPrice: Money;
  /** USD per day (UTC), for all processes together. */
  readonly dailyBudget: Money;
  /** Most tokens of an answer, those of the model's reasoning included. */
  readonly answerTokens: number;
  readonly limitParameter: LimitParameter;
  /** Whether temperature 0 is sent. */
  readonly sendsTemperature: boolean;
  /** Sent with each request in addition to {@link OWN_PARAMETERS}; may be empty. */
  readonly extraParameters: Readonly<Record<string, unknown>>;
}

/** Parameters that the program sets itself; {@link LlmSettings.extraParameters} must not name them. */
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
/** Length of the extra parameters as JSON text. */
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
