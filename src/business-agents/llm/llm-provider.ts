import { Injectable } from '@nestjs/common';
import { SecretUnreadable } from '../../platform/crypto/secret-box.js';
import { ApiFailure, type ApiFailureCode } from '../../registry/apis/calls/api-call.js';
import { LLM_API, type LlmSettings } from '../../registry/llm-settings.js';
import { ApiClient } from '../../registry/apis/calls/api-client.js';
import { completionSchema, textOf, usageOf, verdictOf } from './completion.js';
import { LlmFailure, type FailureCost, type LlmFailureCode } from './llm-failure.js';
import type { Question } from './question.js';
import type { Verdict } from '../../domain/analysis/score.js';

/** A verdict takes a few kilobytes, including the provider's envelope. */
const MOST_ANSWER_BYTES = 256 * 1024;

const CODES: Partial<Record<ApiFailureCode, LlmFailureCode>> = {
  timed_out: 'llm_timed_out',
  no_time: 'llm_timed_out',
  refused: 'llm_refused',
  not_json: 'llm_invalid_answer',
  unexpected_answer: 'llm_invalid_answer',
  answer_too_large: 'llm_invalid_answer',
};
/**
 * Failures after which the provider may have answered and charged without our receiving it: a 5xx often comes from a
 * gateway in between.
 */
const MAY_COST: ReadonlySet<ApiFailureCode> = new Set([
  'timed_out',
  'unreachable',
  'server_error',
  'not_json',
  'unexpected_answer',
  'answer_too_large',
]);
/** Refusals of a gateway that gave up after forwarding the request (RFC 9110, 15.5.9; 499 is nginx's code). */
const GIVEN_UP: ReadonlySet<unknown> = new Set([408, 499]);
/** Without a connection, no request was sent. */
const NOT_CONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** A provider's answer to a question. */
export interface ProviderAnswer {
  readonly verdict: Verdict;
  /** The model's whole text. */
  readonly text: string;
  readonly cost: FailureCost;
}

@Injectable()
export class LlmProvider {
  constructor(private readonly client: ApiClient) {}

  /**
   * Makes one attempt only, because a second one would be charged again. Does nothing if the provider's address has
   * changed in the meantime.
   *
   * @param timeoutMs total limit, including the wait for the API's rate limit.
   * @throws LlmFailure, or a database error before the request was sent.
   */
  async ask(
    { messages }: Question,
    {
      provider,
      model,
      answerTokens,
      limitParameter,
      sendsTemperature,
      extraParameters,
    }: Omit<LlmSettings, 'dailyBudget'>,
    timeoutMs: number,
  ): Promise<ProviderAnswer> {
    const temperature = sendsTemperature ? { temperature: 0 } : {};
    const body = { ...extraParameters, model, messages, ...temperature, [limitParameter]: answerTokens, stream: false };
    const { value, holdsKey } = await this.client
      .json(
        {
          apiName: LLM_API,
          onlyAt: provider,
          method: 'POST',
          path: '/chat/completions',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
          keyIn: { header: 'authorization', scheme: 'Bearer' },
          repeatable: false,
          deadlineMs: timeoutMs,
          attemptTimeoutMs: timeoutMs,
          maxBytes: MOST_ANSWER_BYTES,
        },
        completionSchema,
      )
      .catch((error: unknown) => {
        throw failureOf(error);
      });
    const text = textOf(value);
    const cost = usageOf(value);
    if (holdsKey(text)) throw new LlmFailure('llm_answer_withheld', 'The answer holds the API key.', cost);
    return { verdict: verdictOf(value), text, cost };
  }
}

/** Converts a failure of the API to one of the model; returns other errors unchanged. */
function failureOf(error: unknown): unknown {
  if (error instanceof SecretUnreadable) return new LlmFailure('llm_unavailable', error.message, 'nothing');
  if (!(error instanceof ApiFailure)) return error;
  const body = error.answer?.body;
  const told = providerError(body);
  const detail = `${error.code}: ${error.message}`;
  if (error.answer?.status === PAYMENT_REQUIRED || told.code === NO_QUOTA || told.type === NO_QUOTA)
    return new LlmFailure('llm_no_credit', `${detail} Its account has no credit: top it up.`, 'nothing');
  const parameter = refusedParameter(body);
  const why = parameter === null ? '' : ` ${ADVICE[parameter]}`;
  const cost = mayCost(error) ? 'unknown' : 'nothing';
  return new LlmFailure(CODES[error.code] ?? 'llm_unavailable', `${detail}${why}`, cost);
}

const PAYMENT_REQUIRED = 402;
/** OpenAI sends this with 429; retries do not help. */
const NO_QUOTA = 'insufficient_quota';

function mayCost(failure: ApiFailure): boolean {
  if (failure.code === 'refused') return GIVEN_UP.has(failure.answer?.status);
  return MAY_COST.has(failure.code) && !neverConnected(failure);
}

function neverConnected(failure: ApiFailure): boolean {
  const reason = (failure.cause as Error | undefined)?.cause as NodeJS.ErrnoException | undefined;
  return failure.code === 'unreachable' && NOT_CONNECTED.has(reason?.code);
}

/** The error object of an OpenAI-compatible provider; its fields can hold anything. */
interface ProviderError {
  readonly param?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly type?: unknown;
}

function providerError(body: Buffer | undefined): ProviderError {
  if (body === undefined) return {};
  try {
    return (JSON.parse(body.toString('utf8')) as { error?: ProviderError | null } | null)?.error ?? {};
  } catch {
    // An error page contains no such object.
    return {};
  }
}

const takesNo = (parameter: string): string => `It takes no ${parameter}: change that in the registry of agents.`;
/** Parameters that a provider can refuse -> what to do. */
const ADVICE = {
  temperature: takesNo('temperature'),
  max_tokens: takesNo('max_tokens'),
  max_completion_tokens: takesNo('max_completion_tokens'),
  enable_thinking: 'It wants {"enable_thinking": false} among the llm_extra_parameters of the agent.',
} as const;
const PARAMETERS = Object.keys(ADVICE) as (keyof typeof ADVICE)[];

/**
 * The parameter that a provider refuses, according to its answer: `error.param` as OpenAI sends it, otherwise the first
 * parameter in its message. Null if it refuses something else. No text of the answer is passed on.
 */
export function refusedParameter(body: Buffer | undefined): keyof typeof ADVICE | null {
  const { param, message } = providerError(body);
  const [named] =
    /(?<![\w-])(?:temperature|max_tokens|max_completion_tokens|enable_thinking)(?![\w-])/.exec(String(message)) ?? [];
  return PARAMETERS.find((one) => one === param) ?? PARAMETERS.find((one) => one === named) ?? null;
}
