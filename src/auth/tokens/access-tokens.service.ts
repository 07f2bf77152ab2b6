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
const TYPE = 'access';
const SHORTEST_SECRET_BYTES = 32;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whom an access token speaks for, and in which session. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/**
 * Access tokens: JWTs for 15 minutes. They carry no role, because the role of the moment counts: the guard reads
 * it with the user.
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

  /** The claims of a token of ours that has not run out; null for anything else, without a reason. */
  async verify(token: string): Promise<AccessClaims | null> {
    let payload: Record<string, unknown>;
    try {
      payload = await this.jwt.verifyAsync(token, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        clockTimestamp: this.nowSeconds(),
      });
    } catch {
      // Every way in which a token can be wrong has the same answer.
      return null;
    }
    const { sub, sid, typ, exp } = payload;
    // jsonwebtoken lets a token without exp pass.
    if (typ !== TYPE || typeof exp !== 'number' || !isUuid(sub) || !isUuid(sid)) return null;
    return { userId: sub, sessionId: sid };
  }

  /** Whose token it is, by its signature; whether its session is still open is not asked. */
  async userIdOf(token: string): Promise<string | null> {
    return (await this.verify(token))?.userId ?? null;
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}
