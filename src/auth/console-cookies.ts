import type { Request, Response } from 'express';
import type { SignInView, TokensView } from './auth.dto.js';
import { DEVICE_TOKEN_DAYS } from './tokens/device-tokens.service.js';
import { REFRESH_TOKEN_DAYS } from './tokens/sessions.service.js';

const SESSION = 'conclave_session';
const DEVICE = 'conclave_device';
/** No other route is sent them. */
const PATH = '/api/v1/auth/session';
const DAY_MS = 86_400_000;
/** What a refresh token of ours looks like: 32 bytes in base64url. */
const REFRESH_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The refresh token of the console's cookie; null when there is none that could be ours. */
export function sessionCookieOf(req: Request): string | null {
  const [token] = valuesOf(req, SESSION);
  return token !== undefined && REFRESH_TOKEN.test(token) ? token : null;
}

/** The device token of this browser's last sign-in. */
export function deviceCookieOf(req: Request): string | undefined {
  return valuesOf(req, DEVICE)[0];
}

/**
 * Hands the refresh token to the browser alone: no script can read it, and no page of another site can have it sent.
 * Where the console came over https, it never travels without.
 */
export function setSessionCookie(req: Request, res: Response, { refresh_token }: Pick<TokensView, 'refresh_token'>) {
  res.cookie(SESSION, refresh_token, { ...attributesFor(req), maxAge: REFRESH_TOKEN_DAYS * DAY_MS });
}

/** Stays after a sign-out: the browser is known for its next sign-in. */
export function setDeviceCookie(req: Request, res: Response, { device_token }: Pick<SignInView, 'device_token'>) {
  res.cookie(DEVICE, device_token, { ...attributesFor(req), maxAge: DEVICE_TOKEN_DAYS * DAY_MS });
}

export function clearSessionCookie(req: Request, res: Response): void {
  res.clearCookie(SESSION, attributesFor(req));
}

function attributesFor(req: Request) {
  return { path: PATH, httpOnly: true, sameSite: 'strict', secure: req.secure } as const;
}

/** All cookies of that name, as the browser sends them. */
function valuesOf(req: Request, name: string): string[] {
  const pairs = (req.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}
