import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Clock } from '../../domain/clock.js';
import { CLOCK } from '../../platform/clock/clock.token.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { StartError } from '../../platform/config/start-error.js';
import type { TokenReader } from '../../platform/rate-limit/request-limits.js';

export const ACCESS_TOKEN_SECONDS = 15 * 60;
const ISSUER = 'conclave';
const AUDIENCE = 'conclave-api';
const ALGORITHM = 'HS256';

/**
 * What the JWT library checks of a token, beside its signature. The times are checked by
 * {@link AccessTokensService.claimsOf}: the library would take those of this machine's clock, not of the database's.
 */
export const VERIFICATION = {
  algorithms: [ALGORITHM as 'HS256'],
  issuer: ISSUER,
  audience: AUDIENCE,
  ignoreExpiration: true,
  ignoreNotBefore: true,
};

const TYPE = 'access';
const SHORTEST_SECRET_BYTES = 32;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whom an access token speaks for, and in which session. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/**
 * Access tokens: JWTs for 15 minutes. They carry no role, because the role of the moment counts: `JwtStrategy`
 * reads it with the user.
 */
@Injectable()
export class AccessTokensService implements TokenReader {
  /** @throws StartError when the secret is shorter than 32 bytes. */
  constructor(
    private readonly jwt: JwtService,
    @Inject(CONFIG) config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    if (Buffer.byteLength(config.jwtSecret) < SHORTEST_SECRET_BYTES) {
      throw new StartError(`JWT_SECRET must be at least ${SHORTEST_SECRET_BYTES} bytes long.`);
    }
  }

  issue(claims: AccessClaims): string {
    const payload = { sub: claims.userId, sid: claims.sessionId, typ: TYPE, iat: this.nowSeconds() };
    return this.jwt.sign(payload, {
      algorithm: ALGORITHM,
      issuer: ISSUER,
      audience: AUDIENCE,
      // Counted from iat, so from our clock.
      expiresIn: ACCESS_TOKEN_SECONDS,
    });
  }

  /**
   * The claims of a payload whose signature, issuer and audience are right; null when its time is over or has not come,
   * or it is no access token.
   */
  claimsOf({ sub, sid, typ, exp, nbf }: Readonly<Record<string, unknown>>): AccessClaims | null {
    const now = this.nowSeconds();
    if (typeof exp !== 'number' || exp <= now) return null;
    if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= now)) return null;
    if (typ !== TYPE || !isUuid(sub) || !isUuid(sid)) return null;
    return { userId: sub, sessionId: sid };
  }

  /** Whose token it is, by its signature; whether its session is still open is not asked. */
  async userIdOf(token: string): Promise<string | null> {
    let payload: Record<string, unknown>;
    try {
      payload = await this.jwt.verifyAsync(token, VERIFICATION);
    } catch {
      // Every way in which a token can be wrong has the same answer.
      return null;
    }
    return this.claimsOf(payload)?.userId ?? null;
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}
