import { createSecretKey, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-jwt';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import type { SignedInUser } from './access.js';
import { AccessTokensService, VERIFICATION } from './tokens/access-tokens.service.js';
import { SessionsStore } from './tokens/sessions.store.js';
import { toSignedInUser } from './users/user.view.js';

const BEARER = /^Bearer ([A-Za-z0-9_.-]+)$/i;

/** What passport puts beside the user, as `request.authInfo`. */
export interface AuthInfo {
  readonly sessionId: string;
}

/**
 * Turns the access token of a request into its user. User and session are read again for every request: a new role, a
 * switched-off user and a sign-out count at once.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  /** Passport knows its strategies by name in the whole process; two applications in one must not share theirs. */
  override readonly name = `jwt-${randomUUID()}`;

  constructor(
    @Inject(CONFIG) config: AppConfig,
    private readonly accessTokens: AccessTokensService,
    private readonly sessions: SessionsStore,
  ) {
    super({
      jwtFromRequest: (request: Request) => BEARER.exec(request.get('authorization') ?? '')?.[1] ?? null,
      // As a key object, which the library's types leave out: a text would be tried as a public key first, each time.
      secretOrKey: createSecretKey(config.jwtSecret, 'utf8') as unknown as Buffer,
      jsonWebTokenOptions: VERIFICATION,
      ...VERIFICATION,
    });
    passport.use(this);
  }

  /** @returns null, which is a 401, unless it is an open session of an active user. */
  async validate(payload: Readonly<Record<string, unknown>>): Promise<[SignedInUser, AuthInfo] | null> {
    const claims = this.accessTokens.claimsOf(payload);
    const user = claims && (await this.sessions.findSessionUser(claims.userId, claims.sessionId));
    if (!claims || !user?.is_active || !user.session_open) return null;
    return [toSignedInUser(user), { sessionId: claims.sessionId }];
  }
}
