import { createSecretKey, randomUUID } from 'node:crypto';
import { Inject, Injectable, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-jwt';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { type SignedInUser, notSignedIn } from './access.js';
import { AccessTokensService, VERIFICATION } from './tokens/access-tokens.service.js';
import { SessionsStore } from './tokens/sessions.store.js';
import { toSignedInUser } from './users/user.view.js';

const BEARER = /^Bearer ([A-Za-z0-9_.-]+)$/i;

/** Stored by passport as `request.authInfo`. */
export interface AuthInfo {
  readonly sessionId: string;
  /** Nothing else may be done before: see `WithInitialPassword`. */
  readonly mustChangePassword: boolean;
}

/**
 * Resolves the access token of a request to its user. User and session are read again for every request, so that a new
 * role, a deactivation and a sign-out take effect at once.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  /**
   * Passport registers strategies by name in the whole process; two applications in one process must not share theirs.
   */
  override readonly name = `jwt-${randomUUID()}`;

  constructor(
    @Inject(CONFIG) private readonly config: AppConfig,
    private readonly accessTokens: AccessTokensService,
    private readonly sessions: SessionsStore,
  ) {
    super({
      jwtFromRequest: (request: Request) => BEARER.exec(request.get('authorization') ?? '')?.[1] ?? null,
      // A key object, which the library's types leave out: for a string it would try a public key first, each time.
      secretOrKey: createSecretKey(config.jwtSecret, 'utf8') as unknown as Buffer,
      jsonWebTokenOptions: VERIFICATION,
      ...VERIFICATION,
    });
    passport.use(this);
  }

  /** @returns null, which becomes a 401, unless the session is open and its user active. */
  async validate(payload: Readonly<Record<string, unknown>>): Promise<[SignedInUser, AuthInfo] | null> {
    const claims = this.accessTokens.claimsOf(payload);
    const user = claims && (await this.sessions.findSessionUser(claims.userId, claims.sessionId));
    if (!claims || !user?.is_active || !user.session_open) return null;
    // The embedded database is for trying things out on one machine: there the console only suggests it.
    const mustChangePassword = user.must_change_password && !this.config.embeddedDatabase;
    return [toSignedInUser(user), { sessionId: claims.sessionId, mustChangePassword }];
  }
}

/** Id of the session whose access token made the request; 401 on a public route. */
export const CurrentSession = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  return authInfoOf(context).sessionId;
});

export const MustChangePassword = createParamDecorator((_data: unknown, context: ExecutionContext): boolean => {
  return authInfoOf(context).mustChangePassword;
});

function authInfoOf(context: ExecutionContext): AuthInfo {
  const { authInfo } = context.switchToHttp().getRequest<{ authInfo?: AuthInfo }>();
  if (authInfo === undefined) throw notSignedIn();
  return authInfo;
}
