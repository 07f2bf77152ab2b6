import type { Request, Response } from 'express';
import { REFRESH_TOKEN_DAYS } from '../tokens/sessions.service.js';

const NAME = 'conclave_session';
/** No other route is sent it. */
const PATH = '/api/v1/auth/session';
/** What a token of ours looks like: 32 bytes in base64url. */
const COOKIE = new RegExp(`(?:^|;\\s*)${NAME}=([A-Za-z0-9_-]{43})(?:;|$)`);

/** The refresh token of the console's cookie; null when there is none that could be ours. */
export function sessionCookieOf(req: Request): string | null {
  return COOKIE.exec(req.get('cookie') ?? '')?.[1] ?? null;
}

/**
 * Hands the refresh token to the browser alone: no script can read it, and no page of another site can have it sent.
 * Where the console came over https, it never travels without.
 */
export function setSessionCookie(req: Request, res: Response, token: string): void {
  res.cookie(NAME, token, { ...attributesFor(req), maxAge: REFRESH_TOKEN_DAYS * 86_400_000 });
}

export function clearSessionCookie(req: Request, res: Response): void {
  res.clearCookie(NAME, attributesFor(req));
}

function attributesFor(req: Request) {
  return { path: PATH, httpOnly: true, sameSite: 'strict', secure: req.secure } as const;
}
