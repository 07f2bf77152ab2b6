import createClient, { type Middleware } from 'openapi-fetch';
import { problemOf, unreachable } from './problem.js';
import type { components, paths } from './schema.js';
import { freshToken, refresh } from './session.js';

export type Schemas = components['schemas'];

/** Adds the access token, and refreshes it once after a 401. */
const signed: Middleware = {
  async onRequest({ request }) {
    const token = await freshToken();
    if (token) request.headers.set('authorization', `Bearer ${token}`);
    return request;
  },
};

/** A Request can be sent only once. Sends a copy, so that it can be retried with the next token. */
async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetch(request);
  if (response.status !== 401 || !request.headers.has('authorization')) return response;
  const token = await refresh();
  if (!token) return response;
  again.headers.set('authorization', `Bearer ${token}`);
  return fetch(again);
}

/** The API, typed by openapi.json. */
export const api = createClient<paths>({ baseUrl: '', fetch: send });
api.use(signed);

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of a successful answer. @throws ApiProblem */
export async function answered<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer.catch((reason: unknown) => {
    // fetch throws TypeError without an answer; anything else is a defect or already a problem.
    if (reason instanceof TypeError) throw unreachable();
    throw reason;
  });
  if (!response.ok) throw problemOf(response.status, error, response.headers.get('x-request-id'));
  return data as T;
}

/** The If-Match header of a change. */
export function ifMatch(version: number): { readonly 'If-Match': string } {
  return { 'If-Match': `"v${version}"` };
}

/** A new Idempotency-Key: a request that is sent twice creates one resource. */
export function newKey(): { readonly 'Idempotency-Key': string } {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { 'Idempotency-Key': Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') };
}
