import { Inject, Injectable, Logger } from '@nestjs/common';
import type { z } from 'zod';
import { type Clock, CLOCK } from '../../../domain/clock.js';
import { CONFIG, type AppConfig } from '../../../platform/config/app-config.js';
import { ApiKeyService } from '../api-key.service.js';
import { guardedFetch, OutgoingCallFailed, type GuardedAnswer } from '../guarded-fetch.js';
import { type ApiCall, requestOf, ApiFailure } from './api-call.js';
import { ApiGate } from './api-gate.js';
import { ApiStateStore } from './api-state.store.js';
import { CallPolicies } from './call-policies.js';
import { retryAfter, waitOf } from './retry-after.js';
import { holdsSecret } from './secret-forms.js';

/** For a whole call, waiting and retries included. Two of them fit into an agent's time. */
const DEADLINE_MS = 10_000;
const ATTEMPT_TIMEOUT_MS = 4000;
/** A `Date` header is whole seconds: smaller differences say nothing. */
const SMALLEST_SKEW_SECONDS = 2;

/** An answer with a status below 300. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** When the question went out, by our clock: what is answered was known at the API at that time or shortly after it. */
  readonly sentAt: Date;
  /** The API's own time when it answered, to the second below; null where it does not say. */
  readonly serverTime: Date | null;
  /** Whether a text of the answer holds the key that was sent, in some form: such a text must not be kept or shown. */
  readonly holdsKey: (text: string) => boolean;
}

/**
 * The only way to outside APIs. Address, key, rate and switch are read from the registry for each request, so a change
 * takes effect with the next one. Every request passes the gate that all processes share, goes out by guardedFetch, and
 * leaves behind how the API does. Reads are retried; what may act is sent once.
 */
@Injectable()
export class ApiClient {
  private readonly logger = new Logger('apis');
  private readonly policies = new CallPolicies();

  constructor(
    private readonly gate: ApiGate,
    private readonly states: ApiStateStore,
    private readonly keys: ApiKeyService,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ApiFailure; NotFound for an API without a row; the database's failures. */
  send(call: ApiCall): Promise<ApiAnswer> {
    return this.call(call, (answer) => answer);
  }

  /**
   * The same, with a JSON body that matches the schema. An answer that does not is a failure of the API like any other.
   * @throws as {@link send} does.
   */
  json<T>(call: ApiCall, schema: z.ZodType<T>): Promise<ApiAnswer & { readonly value: T }> {
    return this.call(call, (answer) => ({ ...answer, value: parsedJson(call.apiName, answer.body, schema) }));
  }

  private async call<T>(call: ApiCall, read: (answer: ApiAnswer) => T): Promise<T> {
    const { apiName, repeatable } = call;
    const deadline = performance.now() + (call.deadlineMs ?? DEADLINE_MS);
    let skew: number | null = null;
    // What the API did last: the call may end with something else, such as that no time was left to ask again.
    let failed: ApiFailure | null = null;
    try {
      const result = await this.policies.run(apiName, { repeatable, deadline }, async () => {
        try {
          const answer = await this.attempt(call, deadline);
          skew = skewSeconds(answer, this.clock.now());
          return read(answer);
        } catch (error) {
          if (error instanceof ApiFailure && error.isTheApis) failed = error;
          // Noted where it was read.
          if (error instanceof ApiFailure && error.code === 'paused' && error.answer) failed = null;
          throw error;
        }
      });
      await this.note(apiName, this.states.succeeded(apiName, skew));
      return result;
    } catch (error) {
      const own = error instanceof ApiFailure && error.isTheApis ? error : failed;
      if (own) await this.note(apiName, this.states.failed(apiName, own));
      throw error;
    }
  }

  /** How an API does is worth less than what it answered, which may have been paid for: that is handed on all the same. */
  private async note(apiName: string, written: Promise<void>): Promise<void> {
    await written.catch((error: unknown) => {
      this.logger.error(`How ${apiName} does was not noted`, error instanceof Error ? error.stack : String(error));
    });
  }

  private async attempt(call: ApiCall, deadline: number): Promise<ApiAnswer> {
    const access = await this.gate.enter(call.apiName, call.cost ?? 1, deadline);
    const { apiKey } = this.keys.open(access);
    const request = requestOf(call, access.base_url, apiKey);
    // Whole milliseconds: timers refuse others.
    const left = Math.floor(deadline - performance.now());
    if (left <= 0) throw new ApiFailure(call.apiName, 'no_time', 'no time was left to ask it.');
    const timeoutMs = Math.min(call.attemptTimeoutMs ?? ATTEMPT_TIMEOUT_MS, left);
    const sentAt = this.clock.now();
    const answer = await guardedFetch({
      ...request,
      timeoutMs,
      allowPrivate: this.config.allowPrivateApiHosts,
    }).catch((error: unknown) => {
      if (!(error instanceof OutgoingCallFailed)) throw error;
      throw new ApiFailure(call.apiName, error.fault, error.message, null, { cause: error });
    });
    await this.refuseFailures(call, answer);
    const serverTime = Date.parse(answer.headers.date ?? '');
    return {
      status: answer.status,
      body: answer.body,
      sentAt,
      serverTime: Number.isNaN(serverTime) ? null : new Date(serverTime),
      holdsKey: (text) => call.keyIn !== undefined && apiKey !== null && holdsSecret(text, apiKey),
    };
  }

  private async refuseFailures(call: ApiCall, answer: GuardedAnswer): Promise<void> {
    const { apiName } = call;
    const { status, headers, body } = answer;
    if (status >= 200 && status < 300) return;
    if (status === 429 || status === 418) {
      const { seconds, text } = waitOf(status, headers, this.clock.now());
      await this.states.pause(apiName, seconds);
      const failure = new ApiFailure(apiName, 'paused', `it asks for ${text} (${status}).`, { status, body });
      await this.note(apiName, this.states.failed(apiName, failure));
      throw failure;
    }
    const failure =
      status >= 500
        ? new ApiFailure(apiName, 'server_error', `it answers with status ${status}.`)
        : refusalOf(call, answer);
    const wait = failure.isConnectionError ? retryAfter(headers, this.clock.now()) : null;
    if (wait === null) throw failure;
    await this.states.pause(apiName, wait.seconds);
    throw new ApiFailure(apiName, failure.code, `${failure.reason} It asks for ${wait.text}.`, failure.answer);
  }
}

function skewSeconds({ serverTime }: ApiAnswer, now: Date): number | null {
  if (serverTime === null) return null;
  const seconds = Math.round((serverTime.getTime() - now.getTime()) / 1000);
  return Math.abs(seconds) < SMALLEST_SKEW_SECONDS ? 0 : seconds;
}

/**
 * The body as JSON of the documented shape. Nothing of the body reaches the message: it can be anything.
 * @throws ApiFailure `not_json` (an error page, a body that was cut off) or `unexpected_answer`.
 */
function parsedJson<T>(apiName: string, body: Buffer, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new ApiFailure(apiName, 'not_json', `its answer is not JSON (${body.length} bytes).`, null, { cause });
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const place = issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  throw new ApiFailure(apiName, 'unexpected_answer', `its answer is not as documented: ${place} (${issue.code}).`);
}

/** Unavailable for legal reasons (RFC 7725): Binance's answer to places that it does not serve. */
const ELSEWHERE = 451;

/**
 * What an API means that refuses a question (4xx), and what to do about it. A 401 or 403 is one of the key only where a key
 * was sent: to a public question it is said by a firewall in between (Binance's answers 403), and so is a 403 with an
 * error page, whoever asks.
 */
function refusalOf(call: ApiCall, answer: Pick<GuardedAnswer, 'status' | 'body'>): ApiFailure {
  const { apiName, keyIn } = call;
  const { status, body } = answer;
  const told = { status, body };
  const isForbidden = status === 401 || status === 403;
  if (status === ELSEWHERE || (isForbidden && !keyIn) || (status === 403 && isPage(body))) {
    return new ApiFailure(apiName, 'blocked', `${blockedText(status)} ${BLOCKED_ADVICE}`, told);
  }
  if (isForbidden || call.refusesKey?.(told) === true) {
    return new ApiFailure(
      apiName,
      'key_refused',
      `it refuses the key (${status}). Store one that it knows and that may ask this.`,
      told,
    );
  }
  return new ApiFailure(apiName, 'refused', `it refuses the request (${status}).`, told);
}

const BLOCKED_ADVICE = 'Ask from another network, or give it another of its addresses.';

function blockedText(status: number): string {
  return status === ELSEWHERE
    ? `it does not serve the place that this machine asks from (${status}).`
    : `a firewall there does not let this machine ask (${status}).`;
}

/** HTML or XML, where the APIs answer in JSON or in a line of text. */
function isPage(body: Buffer): boolean {
  return body.subarray(0, 100).toString('utf8').trimStart().startsWith('<');
}
