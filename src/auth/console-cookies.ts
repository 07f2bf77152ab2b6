import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { NotSignedIn } from '../platform/http/problems/app-errors.js';
import type { SignInView, TokensView } from './auth.dto.js';
import { DEVICE_TOKEN_DAYS } from './tokens/device-tokens.service.js';
import { REFRESH_TOKEN_DAYS } from './tokens/sessions.service.js';

const SESSION = 'conclave_session';
const DEVICE = 'conclave_device';
/** Where nothing is encrypted, no other route is sent them. */
const PATH = '/api/v1/auth/session';
/** Every path that a cookie can have which is sent to all of `PATH`. */
const PATHS = ['/', '/api', '/api/v1', '/api/v1/auth', PATH, `${PATH}/refresh`];
const DAY_MS = 86_400_000;
/** What a refresh token of ours looks like: 32 bytes in base64url. */
const REFRESH_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * The cookies of the console: no script can read them, and no page of another site can have them sent. Over https they
 * never travel without, and their names begin with `__Host-`: a browser then takes them from this host alone, with the path
 * `/`, so that neither a subdomain nor plain http can plant one beside ours.
 */
@Injectable()
export class ConsoleCookies {
  private readonly alwaysSecure: boolean;

  constructor(@Inject(CONFIG) config: AppConfig) {
    this.alwaysSecure = config.publicUrl?.startsWith('https:') ?? false;
  }

  /**
   * The refresh token of the console's cookie; null when there is none that could be ours.
   * @throws NotSignedIn (401 `no_console_session`) when there are several of the name: a page of another port, path or
   *   subdomain has planted one, perhaps with the token of its own account. All of them are removed.
   */
  session(req: Request, res: Response): string | null {
    const tokens = this.valuesOf(req, SESSION);
    if (tokens.length > 1) {
      this.clearSession(req, res);
      const message =
        'This browser has two session cookies, so one is from elsewhere. They were removed. Sign in again.';
      throw new NotSignedIn('no_console_session', message);
    }
    return tokens.find(couldBeOurs) ?? null;
  }

  /** All that could be ours. */
  sessions(req: Request): string[] {
    return this.valuesOf(req, SESSION).filter(couldBeOurs);
  }

  /** The device token of this browser's last sign-in. */
  device(req: Request): string | undefined {
    return this.valuesOf(req, DEVICE)[0];
  }

  setSession(req: Request, res: Response, { refresh_token }: Pick<TokensView, 'refresh_token'>): void {
    const maxAge = REFRESH_TOKEN_DAYS * DAY_MS;
    res.cookie(this.nameOf(req, SESSION), refresh_token, { ...this.attributes(req), maxAge });
  }

  /** It stays after a sign-out: the browser is known at its next sign-in. */
  setDevice(req: Request, res: Response, { device_token }: Pick<SignInView, 'device_token'>): void {
    const maxAge = DEVICE_TOKEN_DAYS * DAY_MS;
    res.cookie(this.nameOf(req, DEVICE), device_token, { ...this.attributes(req), maxAge });
  }

  /** Also one that was planted with another path. */
  clearSession(req: Request, res: Response): void {
    const several = this.valuesOf(req, SESSION).length > 1 && !this.isSecure(req);
    const own = this.attributes(req);
    for (const path of several ? PATHS : [own.path]) res.clearCookie(this.nameOf(req, SESSION), { ...own, path });
  }

  private isSecure(req: Request): boolean {
    return this.alwaysSecure || req.secure;
  }

  private nameOf(req: Request, name: string): string {
    return this.isSecure(req) ? `__Host-${name}` : name;
  }

  private attributes(req: Request) {
    const secure = this.isSecure(req);
    return { path: secure ? '/' : PATH, httpOnly: true, sameSite: 'strict', secure } as const;
  }

  private valuesOf(req: Request, name: string): string[] {
    const start = `${this.nameOf(req, name)}=`;
    const pairs = (req.get('cookie') ?? '').split(';').map((pair) => pair.trim());
    return pairs.filter((pair) => pair.startsWith(start)).map((pair) => pair.slice(start.length));
  }
}

function couldBeOurs(token: string): boolean {
  return REFRESH_TOKEN.test(token);
}
