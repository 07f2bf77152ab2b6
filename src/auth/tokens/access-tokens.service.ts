import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { StartError } from '../../platform/config/start-error.js';
import type { TokenReader } from '../../platform/rate-limit/request-limits.js';

export const ACCESS_TOKEN_SECONDS = 15 * 60;
const ISSUER = 'conclave';
const AUDIENCE = 'conclave-api';
const ALGORITHM = 'HS256';

/**
 * What the JWT library checks besides the signature. {@link AccessTokensService.claimsOf} checks the times: the library
 * would compare them with this machine's clock, not with the database's.
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

export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/**
 * Access tokens: JWTs that expire after 15 minutes. They carry no role, because the present role counts: `JwtStrategy`
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
      // Counted from iat, so by the database's clock.
      expiresIn: ACCESS_TOKEN_SECONDS,
    });
  }

  /**
   * The claims of a payload whose signature, issuer and audience are valid; null when it is expired, not yet valid, or
   * not an access token.
   */
  claimsOf({ sub, sid, typ, exp, nbf }: Readonly<Record<string, unknown>>): AccessClaims | null {
    const now = this.nowSeconds();
    if (typeof exp !== 'number' || exp <= now) return null;
    if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= now)) return null;
    if (typ !== TYPE || !isUuid(sub) || !isUuid(sid)) return null;
    return { userId: sub, sessionId: sid };
  }

  /** The user of a token, by its signature alone: its session may have ended. */
  async userIdOf(token: string): Promise<string | null> {
    let payload: Record<string, unknown>;
    try {
      payload = await this.jwt.verifyAsync(token, VERIFICATION);
    } catch {
      // All invalid tokens have the same answer.
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
