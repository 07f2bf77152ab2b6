import type { GuardedRequest } from '../guarded-fetch.js';
import { ApiFailure } from './api-failure.js';

/** A question to an outside API. */
export interface ApiCall {
  /** Row of `api_config`. */
  readonly apiName: string;
  readonly method?: 'GET' | 'POST';
  /** The base URL that the question was made for: where the registry has another by now, it is not asked. */
  readonly onlyAt?: string;
  /** Below the API's base URL, with the leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Where the API wants its key; it is sent nowhere else, and not at all unless this is given. */
  readonly keyIn?: { readonly query: string } | { readonly header: string; readonly scheme?: 'Bearer' };
  /** Whether a refusal with another status than 401 and 403 is one of the key. */
  readonly refusesKey?: (answer: { readonly status: number; readonly body: Buffer }) => boolean;
  /** In the unit of the API's limit; 1 unless given. */
  readonly cost?: number;
  /** Whether asking twice has the effect of once. True for every read, whatever its method. */
  readonly repeatable: boolean;
  /** For the whole call, waiting and retries included; 10 s unless given. */
  readonly deadlineMs?: number;
  /** For one attempt; 4 s unless given. */
  readonly attemptTimeoutMs?: number;
  /** Largest answer; 1 MiB unless given. */
  readonly maxBytes?: number;
}

/**
 * The request that a call makes at an address, with its key where one is wanted.
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
