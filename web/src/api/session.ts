import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';
import { problemOf, unreachable, type ApiProblem } from './problem.js';

type Session = components['schemas']['ConsoleSessionView'];

/** Marks that this browser has a session cookie, so that a first visit sends no request. Not a secret. */
const HINT = 'conclave.signed-in';
/** Refresh tokens this long before they expire, because a request takes time to arrive. */
const MARGIN_MS = 30_000;

/** A client without an access token, for the session endpoints. */
const http = createClient<paths>({ baseUrl: '' });
const listeners = new Set<() => void>();

/** In memory only, never in browser storage. */
let token: { readonly value: string; readonly until: number } | null = null;
let refreshing: Promise<string | null> | null = null;

// A sign-out in one tab signs out all tabs: they see that the mark is removed.
addEventListener('storage', ({ key, newValue }) => {
  if (key === HINT && newValue === null) forget();
});

/** Subscribes to the start and end of the session. @returns unsubscribe. */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function isSignedIn(): boolean {
  return token !== null;
}

/** Whether a session may exist after a reload. */
export function maySignIn(): boolean {
  return localStorage.getItem(HINT) !== null;
}

/** A valid access token; null when the session has ended. @throws ApiProblem when the server cannot be reached. */
export async function freshToken(): Promise<string | null> {
  if (token && token.until - MARGIN_MS > Date.now()) return token.value;
  return token || maySignIn() ? refresh() : null;
}

/** Exchanges the cookie for a token; concurrent calls share one request. */
export function refresh(): Promise<string | null> {
  refreshing ??= exchange().finally(() => (refreshing = null));
  return refreshing;
}

async function exchange(): Promise<string | null> {
  const { data, error, response } = await http.POST('/api/v1/auth/session/refresh').catch(failAsUnreachable);
  if (data) return keep(data);
  if (response.status !== 401) throw problemOf(response.status, error, response.headers.get('x-request-id'));
  forget();
  return null;
}

export async function signIn(email: string, password: string): Promise<void> {
  const { data, error, response } = await http
    .POST('/api/v1/auth/session', { body: { email, password } })
    .catch(failAsUnreachable);
  if (!data) throw problemOf(response.status, error, response.headers.get('x-request-id'));
  keep(data);
}

/** Signs out in all tabs. */
export async function signOut(): Promise<void> {
  const { error, response } = await http.DELETE('/api/v1/auth/session').catch(failAsUnreachable);
  if (!response.ok) throw problemOf(response.status, error, response.headers.get('x-request-id'));
  forget();
}

function keep({ access_token: value, expires_in }: Session): string {
  const began = token === null;
  token = { value, until: Date.now() + expires_in * 1000 };
  localStorage.setItem(HINT, '1');
  if (began) for (const listener of listeners) listener();
  return value;
}

function forget(): void {
  localStorage.removeItem(HINT);
  if (token === null) return;
  token = null;
  for (const listener of listeners) listener();
}

function failAsUnreachable(): never {
  throw unreachable() satisfies ApiProblem;
}
