import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';
import { problemOf, unreachable, type ApiProblem } from './problem.js';

type Session = components['schemas']['ConsoleSessionView'];

/** Not a secret: that this browser has a cookie to ask with, so that a first visit asks for nothing. */
const HINT = 'conclave.signed-in';
/** A token that is about to run out is exchanged first: the request may take a while to arrive. */
const MARGIN_MS = 30_000;

/** Without the token of the session, which is what it gets. */
const http = createClient<paths>({ baseUrl: '' });
const listeners = new Set<() => void>();

/** In memory alone: nobody who reads the disk or the storage of the browser has it. */
let token: { readonly value: string; readonly until: number } | null = null;
let refreshing: Promise<string | null> | null = null;

// Whoever signs out in one tab has signed out in all: the others hear that the hint is gone.
addEventListener('storage', ({ key, newValue }) => {
  if (key === HINT && newValue === null) forget();
});

/** Told when the session begins or ends. @returns stops it. */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function isSignedIn(): boolean {
  return token !== null;
}

/** Whether there may be a session to continue after a reload. */
export function maySignIn(): boolean {
  return localStorage.getItem(HINT) !== null;
}

/** A token that counts; null when nobody is signed in any more. @throws ApiProblem when the server cannot be asked. */
export async function freshToken(): Promise<string | null> {
  if (token && token.until - MARGIN_MS > Date.now()) return token.value;
  return token || maySignIn() ? refresh() : null;
}

/** Exchanges the cookie for a token; many at once are one request. */
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

/** In all tabs. */
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
