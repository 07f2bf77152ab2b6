import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { type Clock, CLOCK } from '../../domain/clock.js';

export const DEVICE_TOKEN_DAYS = 30;
const SHARED = { issuer: 'conclave', audience: 'conclave-device' } as const;
const ALGORITHM = 'HS256';

/**
 * Tells a device that signed in to an account lately from one that only knows its e-mail address. The token gives its
 * holder a count of failures of their own (see `AttemptLimits`) and nothing else: it signs nobody in. Another audience
 * keeps it from passing for an access token.
 */
@Injectable()
export class DeviceTokensService {
  constructor(
    private readonly jwt: JwtService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param email normalised. */
  issue(email: string): string {
    const payload = { sub: accountOf(email), jti: randomUUID(), iat: this.nowSeconds() };
    // expiresIn counts from iat, so from our clock.
    return this.jwt.sign(payload, { ...SHARED, algorithm: ALGORITHM, expiresIn: `${DEVICE_TOKEN_DAYS}d` });
  }

  /** The device's id; null for a token that is not ours, belongs to another account, or has run out. */
  deviceOf(token: string, email: string): string | null {
    let claims: Record<string, unknown>;
    try {
      claims = this.jwt.verify(token, { ...SHARED, algorithms: [ALGORITHM], ignoreExpiration: true });
    } catch {
      // Every way in which a token can be wrong has the same answer.
      return null;
    }
    const { sub, jti, exp } = claims;
    if (sub !== accountOf(email) || typeof jti !== 'string') return null;
    return typeof exp === 'number' && exp > this.nowSeconds() ? jti : null;
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

/** Anybody can read a token; it must not name the address. */
function accountOf(email: string): string {
  return createHash('sha256').update(email).digest('hex');
}
