import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { NotSignedIn } from '../../platform/http/problems/app-errors.js';
import { AuditLogService, type RequestOrigin } from '../audit-log/audit-log.service.js';
import type { TokensView } from '../auth.dto.js';
import { AttemptLimits } from '../attempt-limits.js';
import { ACCESS_TOKEN_SECONDS, AccessTokensService } from './access-tokens.service.js';
import { SessionsStore, type UsedToken } from './sessions.store.js';

export const REFRESH_TOKEN_DAYS = 30;
const REFRESH_TOKEN_BYTES = 32;

/** Holder of a refresh token: a program that received it, or a browser with the console's cookie. */
export type TokenClient = 'program' | 'console';

/**
 * How long a used token is accepted again. A program sends one request at a time and stores the answer. A browser has
 * tabs that share a cookie, and it loses an answer when its page is reloaded meanwhile.
 */
const LEEWAY_MS: Readonly<Record<TokenClient, number>> = { program: 0, console: 60_000 };

/** Sessions from sign-in to sign-out: each is a family of refresh tokens, of which only the newest is valid. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: SessionsStore,
    private readonly accessTokens: AccessTokensService,
    private readonly auditLog: AuditLogService,
    private readonly attempts: AttemptLimits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Opens a session. The row of the user must be locked: see `UsersStore.findForSignIn`. */
  open(userId: string, manager: EntityManager, client: TokenClient = 'program'): Promise<TokensView> {
    return this.issue({ user_id: userId, family_id: randomUUID() }, client, manager);
  }

  /**
   * Exchanges a refresh token for the next pair. A token that was used before means that two parties hold it: the whole
   * session ends, and the user signs in again. That includes a caller who retries because the answer was lost; the
   * console has a minute for that.
   * @param address the caller's, for the limit of failures.
   * @throws NotSignedIn (401 `invalid_refresh_token`), or TooManyRequests (429 `too_many_attempts`) after too many
   *   failures.
   */
  async refresh(
    token: string,
    by: RequestOrigin,
    address: string,
    client: TokenClient = 'program',
  ): Promise<TokensView> {
    const hash = hashOf(token, client);
    const tokens = await this.dataSource.transaction(async (manager) => {
      await this.store.lockUserOfToken(hash, 'shared', manager);
      const used = await this.store.use(hash, this.clock.now(), LEEWAY_MS[client], manager);
      if (!used) return null;
      const user = await this.store.findSessionUser(used.user_id, used.family_id, manager);
      return user?.is_active ? this.issue(used, client, manager) : null;
    });
    if (tokens) return tokens;
    const closed = await this.close(token, by, 'session.revoked', client);
    await this.attempts.refreshFailed({ address, trace_id: by.trace_id });
    if (!closed) {
      const record = {
        action: 'session.refused',
        target_type: 'user',
        target_id: 'unknown',
        after: { address },
      } as const;
      await this.auditLog.record({ ...by, ...record });
    }
    throw new NotSignedIn('invalid_refresh_token', 'This refresh token is no longer valid. Sign in again.');
  }

  /** Ends the session of a refresh token. @returns false for an unknown or ended one, which stays unchanged. */
  async close(
    token: string,
    by: RequestOrigin,
    action: 'session.closed' | 'session.revoked',
    client: TokenClient = 'program',
  ): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const hash = hashOf(token, client);
      await this.store.lockUserOfToken(hash, 'alone', manager);
      const session = await this.store.revokeOfToken(hash, this.clock.now(), manager);
      if (!session) return false;
      await this.auditLog.record({ ...by, action, target_type: 'user', target_id: session.user_id }, manager);
      return true;
    });
  }

  private async issue(session: UsedToken, client: TokenClient, manager: EntityManager): Promise<TokensView> {
    const refreshToken = randomBytes(REFRESH_TOKEN_BYTES).toString('base64url');
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + REFRESH_TOKEN_DAYS * 86_400_000);
    await this.store.insert(
      { ...session, token_hash: hashOf(refreshToken, client), expires_at: expiresAt },
      now,
      manager,
    );
    return {
      access_token: this.accessTokens.issue({ userId: session.user_id, sessionId: session.family_id }),
      token_type: 'Bearer',
      expires_in: ACCESS_TOKEN_SECONDS,
      refresh_token: refreshToken,
    };
  }
}

/**
 * A random token needs no slow hash, because it cannot be guessed. The client is part of the hash, so that a program's
 * token does not get the leeway of the console's.
 */
function hashOf(token: string, client: TokenClient): string {
  return createHash('sha256')
    .update(client === 'program' ? token : `${client}:${token}`)
    .digest('hex');
}
