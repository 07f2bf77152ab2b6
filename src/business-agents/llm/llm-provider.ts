import { Injectable } from '@nestjs/common';
import { SecretUnreadable } from '../../platform/crypto/secret-box.js';
import { ApiFailure, type ApiFailureCode } from '../../registry/apis/calls/api-call.js';
import { LLM_API, type LlmSettings } from '../../registry/llm-settings.js';
import { ApiClient } from '../../registry/apis/calls/api-client.js';
import { completionSchema, textOf, usageOf, verdictOf } from './completion.js';
import { LlmFailure, type FailureCost, type LlmFailureCode } from './llm-failure.js';
import type { Question } from './question.js';
import type { Verdict } from '../../domain/analysis/score.js';

/** A verdict takes a few kilobytes, with all that providers put around it. */
const MOST_ANSWER_BYTES = 256 * 1024;

const CODES: Partial<Record<ApiFailureCode, LlmFailureCode>> = {
  timed_out: 'llm_timed_out',
  no_time: 'llm_timed_out',
  refused: 'llm_refused',
  not_json: 'llm_invalid_answer',
  unexpected_answer: 'llm_invalid_answer',
  answer_too_large: 'llm_invalid_answer',
};
/** Here the provider may have answered, and counted it, without our hearing of it: a 5xx is often a gateway's in between. */
const MAY_COST: ReadonlySet<ApiFailureCode> = new Set([
  'timed_out',
  'unreachable',
  'server_error',
  'not_json',
  'unexpected_answer',
  'answer_too_large',
]);
/** Refused is what the gateway gave up on (RFC 9110, 15.5.9; 499 is what nginx says of it): it had been handed on. */
const GIVEN_UP: ReadonlySet<unknown> = new Set([408, 499]);
/** There was no connection, so nothing was asked. */
const NOT_CONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** What a model made of a question. */
export interface ProviderAnswer {
  readonly verdict: Verdict;
  /** All that was written. */
  readonly text: string;
  readonly cost: FailureCost;
}

/** Asks the provider in `api_config`. */
@Injectable()
export class LlmProvider {
  constructor(private readonly client: ApiClient) {}

  /**
   * Asks once: a second attempt would be paid for twice. A provider whose address is another by now is not asked.
   * @param timeoutMs for all of it, waiting for the API's rate included.
   * @throws LlmFailure; the database's failures, before the question went out.
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

/** A failure of the API as one of the model; everything else stays what it is. */
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
/** OpenAI answers 429 with it, which no waiting mends. */
const NO_QUOTA = 'insufficient_quota';

function mayCost(failure: ApiFailure): boolean {
  if (failure.code === 'refused') return GIVEN_UP.has(failure.answer?.status);
  return MAY_COST.has(failure.code) && !neverConnected(failure);
}

function neverConnected(failure: ApiFailure): boolean {
  const reason = (failure.cause as Error | undefined)?.cause as NodeJS.ErrnoException | undefined;
  return failure.code === 'unreachable' && NOT_CONNECTED.has(reason?.code);
}

/** What an OpenAI-compatible provider says of a refused question; anything may stand there. */
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
    // An error page says nothing of that kind.
    return {};
  }
}

const takesNo = (parameter: string): string => `It takes no ${parameter}: change that in the registry of agents.`;
/** What a provider may refuse of a question -> what to do. */
const ADVICE = {
  temperature: takesNo('temperature'),
  max_tokens: takesNo('max_tokens'),
  max_completion_tokens: takesNo('max_completion_tokens'),
  enable_thinking: 'It wants {"enable_thinking": false} among the llm_extra_parameters of the agent.',
} as const;
const PARAMETERS = Object.keys(ADVICE) as (keyof typeof ADVICE)[];

/**
 * The parameter that a provider refuses, as far as its answer says so: in `error.param` as OpenAI does, else the first that
 * its message names. Null where it refuses something else; nothing of the answer itself is handed on.
 */
export function refusedParameter(body: Buffer | undefined): keyof typeof ADVICE | null {
  const { param, message } = providerError(body);
  const [named] =
    /(?<![\w-])(?:temperature|max_tokens|max_completion_tokens|enable_thinking)(?![\w-])/.exec(String(message)) ?? [];
  return PARAMETERS.find((one) => one === param) ?? PARAMETERS.find((one) => one === named) ?? null;
}
