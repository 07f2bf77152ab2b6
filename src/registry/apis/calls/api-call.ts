import type { GuardedRequest, OutgoingCallFault } from '../guarded-fetch.js';

export interface ApiCall {
  /** Row of `api_config`. */
  readonly apiName: string;
  readonly method?: 'GET' | 'POST';
  /** Base URL that the request was prepared for. It is not sent when the registry has another one by now. */
  readonly onlyAt?: string;
  /** Below the API's base URL, with the leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Where the API expects its key. The key is sent nowhere else, and not at all without this. */
  readonly keyIn?: { readonly query: string } | { readonly header: string; readonly scheme?: 'Bearer' };
  /** Whether a refusal with another status than 401 and 403 concerns the key. */
  readonly refusesKey?: (answer: { readonly status: number; readonly body: Buffer }) => boolean;
  /** In the unit of the API's limit. Default: 1. */
  readonly cost?: number;
  /** Whether the request is idempotent. True for every read, whatever its method. */
  readonly repeatable: boolean;
  /** For the whole call, waiting and retries included. Default: 10 s. */
  readonly deadlineMs?: number;
  /** For one attempt. Default: 4 s. */
  readonly attemptTimeoutMs?: number;
  /** Largest answer in bytes. Default: 1 MiB. */
  readonly maxBytes?: number;
}

/**
 * The request of a call at a base URL, with its key where one is required.
 * @throws ApiFailure `key_missing`, `address_changed`.
 */
export function requestOf(
  call: ApiCall,
  baseUrl: string,
  apiKey: string | null,
): Omit<GuardedRequest, 'timeoutMs' | 'allowPrivate'> {
  const { apiName, method = 'GET', body, maxBytes, keyIn } = call;
  if (call.onlyAt !== undefined && call.onlyAt !== baseUrl) {
    throw new ApiFailure(apiName, 'address_changed', 'its address is another by now.');
  }
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'conclave', ...call.headers };
  if (keyIn) {
    if (apiKey === null)
      throw new ApiFailure(apiName, 'key_missing', 'it needs a key, and none is stored. Store one as its api_key.');
    if ('query' in keyIn) url.searchParams.set(keyIn.query, apiKey);
    else headers[keyIn.header] = keyIn.scheme === undefined ? apiKey : `${keyIn.scheme} ${apiKey}`;
  }
  return {
    apiName,
    url,
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
  };
}

/** Codes of failed calls of external APIs, with what happened. They are shown to administrators and translated. */
export const API_FAILURE_CODES = {
  host_not_allowed: 'The address is not one of this API.',
  address_not_public: 'The host name points to an internal address.',
  redirected: 'The API redirects to another address; redirects are not followed.',
  answer_too_large: 'The answer is too large.',
  timed_out: 'The API did not answer in time.',
  unreachable: 'The API cannot be reached. Check DNS, network and firewall.',
  switched_off: 'An administrator has switched the API off.',
  address_changed: 'The address was changed while the call was waiting.',
  key_missing: 'The API needs a key and none is stored. Add one below APIs.',
  // 401, 403, or another answer by which the API refuses a key.
  key_refused: 'The API refuses the key. Check it below APIs.',
  // By a firewall (403) or for this location (451), whatever the request.
  blocked: 'The API blocks requests from this network or country. Ask from another network.',
  // Another 4xx: a retry would not help.
  refused: 'The API refuses the request.',
  // 429, 418.
  paused: 'The API asked for a pause that is not over yet.',
  rate_limited: 'The limit of requests per minute set for this API is used up.',
  no_time: 'There was no time left for the call.',
  server_error: 'The API reports an error of its own.',
  not_json: 'The answer is not JSON.',
  unexpected_answer: 'The answer does not have the documented form.',
  circuit_open: 'The API failed several times in a row and is not asked for a moment.',
} as const satisfies Record<OutgoingCallFault, string> & Readonly<Record<string, string>>;

export type ApiFailureCode = keyof typeof API_FAILURE_CODES;

/** A retry may succeed: nothing refused the request. */
const TRANSIENT: ReadonlySet<ApiFailureCode> = new Set(['timed_out', 'unreachable', 'server_error', 'not_json']);

/** The API does not work as it should; its last values may still be the newest there are. */
const OUTAGES: ReadonlySet<ApiFailureCode> = new Set([
  ...TRANSIENT,
  'blocked',
  'redirected',
  'answer_too_large',
  'unexpected_answer',
  'paused',
  'rate_limited',
  'no_time',
  'circuit_open',
]);

/** Not the API's fault, or known from the failures before. */
const NOT_ITS_FAULT: ReadonlySet<ApiFailureCode> = new Set([
  'switched_off',
  'address_changed',
  'rate_limited',
  'no_time',
  'paused',
  'circuit_open',
]);

/**
 * An outside API gave no usable answer. The message is fit for the log and for administrators: it holds no key, no
 * query and no text of the API.
 */
export class ApiFailure extends Error {
  constructor(
    readonly apiName: string,
    readonly code: ApiFailureCode,
    /** The message without the name. */
    readonly reason: string,
    /** The answer to a refused request, for the client that can interpret it; never logged or shown. */
    readonly answer: { readonly status: number; readonly body: Buffer } | null = null,
    options?: ErrorOptions,
  ) {
    super(`${apiName}: ${reason}`, options);
    this.name = 'ApiFailure';
  }

  get isTransient(): boolean {
    return TRANSIENT.has(this.code);
  }

  get isConnectionError(): boolean {
    return OUTAGES.has(this.code);
  }

  /** Whether the failure says something about the API and should be stored. */
  get isTheApis(): boolean {
    return !NOT_ITS_FAULT.has(this.code);
  }
}
