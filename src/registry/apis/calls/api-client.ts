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

/** For a whole call, waiting and retries included. Two calls fit into an agent's deadline. */
const DEADLINE_MS = 10_000;
const ATTEMPT_TIMEOUT_MS = 4000;
/** A `Date` header has whole seconds, so smaller differences mean nothing. */
const SMALLEST_SKEW_SECONDS = 2;

/** An answer with a status below 300. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** When the request was sent, by our clock. The answer holds what the API knew then or shortly after. */
  readonly sentAt: Date;
  /** The API's own time of the answer, rounded down to seconds; null when it sends none. */
  readonly serverTime: Date | null;
  /** Whether a text of the answer contains the key in some form. Such a text must not be stored or shown. */
  readonly holdsKey: (text: string) => boolean;
}

/**
 * The only client of outside APIs. Address, key, rate and switch are read from the registry for each request, so a
 * change takes effect with the next one. Every request passes the gate that all processes share, goes out by
 * guardedFetch, and updates the stored state of the API. Reads are retried; a request that may act is sent once.
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
   * The same, with a JSON body that matches the schema. Any other body is a failure of the API.
   * @throws as {@link send} does.
   */
  json<T>(call: ApiCall, schema: z.ZodType<T>): Promise<ApiAnswer & { readonly value: T }> {
    return this.call(call, (answer) => ({ ...answer, value: parsedJson(call.apiName, answer.body, schema) }));
  }

  private async call<T>(call: ApiCall, read: (answer: ApiAnswer) => T): Promise<T> {
    const { apiName, repeatable } = call;
    const deadline = performance.now() + (call.deadlineMs ?? DEADLINE_MS);
    let skew: number | null = null;
    // The last failure of the API. The call may end with another error, such as no time left for a retry.
    let failed: ApiFailure | null = null;
    try {
      const result = await this.policies.run(apiName, { repeatable, deadline }, async () => {
        try {
          const answer = await this.attempt(call, deadline);
          skew = skewSeconds(answer, this.clock.now());
          return read(answer);
        } catch (error) {
          if (error instanceof ApiFailure && error.isTheApis) failed = error;
          // Already stored by refuseFailures.
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

  /** Stores the state of the API. An error here is only logged: the answer may have been paid for, and is returned. */
  private async note(apiName: string, written: Promise<void>): Promise<void> {
    await written.catch((error: unknown) => {
      this.logger.error(`The state of ${apiName} was not stored`, error instanceof Error ? error.stack : String(error));
    });
  }

  private async attempt(call: ApiCall, deadline: number): Promise<ApiAnswer> {
    const access = await this.gate.enter(call.apiName, call.cost ?? 1, deadline);
    const { apiKey } = this.keys.open(access);
    const request = requestOf(call, access.base_url, apiKey);
    // Timers accept whole milliseconds only.
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
 * The body as JSON of the documented shape. The message holds nothing of the body, which can be anything.
 * @throws ApiFailure `not_json` (an error page, a truncated body) or `unexpected_answer`.
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

/** Unavailable for legal reasons (RFC 7725): Binance's answer to locations that it does not serve. */
const ELSEWHERE = 451;

/**
 * The failure that a 4xx stands for, and its remedy. A 401 or 403 concerns the key only when one was sent. A public
 * request gets it from a firewall in between (Binance's answers 403), and so does any request that gets a 403 with an
 * error page.
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

/** HTML or XML; the APIs answer in JSON or in a line of text. */
function isPage(body: Buffer): boolean {
  return body.subarray(0, 100).toString('utf8').trimStart().startsWith('<');
}
