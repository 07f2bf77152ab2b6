import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Role } from '../access.js';
import type { User } from '../users/user.entity.js';
import { RefreshToken } from './refresh-token.entity.js';

export type SessionOfToken = Pick<RefreshToken, 'user_id' | 'family_id'>;

export interface UsedToken extends SessionOfToken {
  /** False: it was used before, within the leeway. */
  readonly first: boolean;
}

export type SessionUser = Pick<User, 'id' | 'email' | 'full_name' | 'role' | 'is_active' | 'must_change_password'> & {
  session_open: boolean;
};

export interface OpenSession {
  readonly userId: string;
  readonly sessionId: string;
}

/** Sessions: families of refresh tokens. */
@Injectable()
export class SessionsStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The user of an access token and whether its session is open, in one statement; null for an unknown user. */
  async findSessionUser(
    userId: string,
    familyId: string,
    manager = this.dataSource.manager,
  ): Promise<SessionUser | null> {
    const [row] = await manager.query<SessionUser[]>(
      `SELECT u.id, u.email, u.full_name, u.role, u.is_active, u.must_change_password,
              EXISTS (SELECT 1 FROM refresh_tokens t
                      WHERE t.family_id = $2 AND t.user_id = u.id AND t.revoked_at IS NULL) AS session_open
       FROM users u WHERE u.id = $1`,
      [userId, familyId],
    );
    return row ?? null;
  }

  /**
   * Those of these sessions that are open, with the present role of their users, in one statement. Leaves out sessions
   * that are signed out or expired, and deactivated users.
   */
  async findOpen(sessions: readonly OpenSession[], at: Date): Promise<(OpenSession & { role: Role })[]> {
    return this.dataSource.query(
      `SELECT s.user_id AS "userId", s.session_id AS "sessionId", u.role
       FROM unnest($1::uuid[], $2::uuid[]) AS s (user_id, session_id) JOIN users u ON u.id = s.user_id
       WHERE u.is_active AND EXISTS (SELECT 1 FROM refresh_tokens t WHERE t.family_id = s.session_id
         AND t.user_id = u.id AND t.revoked_at IS NULL AND t.expires_at > $3)`,
      [sessions.map(({ userId }) => userId), sessions.map(({ sessionId }) => sessionId), at],
    );
  }

  /** Adds a token to a family and deletes the user's expired tokens. */
  async insert(
    token: Pick<RefreshToken, 'user_id' | 'family_id' | 'token_hash' | 'expires_at'>,
    at: Date,
    manager: EntityManager,
  ): Promise<void> {
    await manager.query(`DELETE FROM refresh_tokens WHERE user_id = $1 AND expires_at <= $2`, [token.user_id, at]);
    await manager.insert(RefreshToken, { ...token, used_at: null, revoked_at: null, created_at: at });
  }

  /**
   * Locks the user of a token until the transaction ends. The row of a user is the lock of their sessions: shared to
   * open or continue one, exclusive to end some. Without it a revoking statement misses the token that another
   * transaction is about to add.
   */
  async lockUserOfToken(tokenHash: string, lock: 'shared' | 'alone', manager: EntityManager): Promise<void> {
    await manager.query(
      `SELECT 1 FROM users u JOIN refresh_tokens t ON t.user_id = u.id WHERE t.token_hash = $1
       ${lock === 'shared' ? 'FOR SHARE OF u' : 'FOR NO KEY UPDATE OF u'}`,
      [tokenHash],
    );
  }

  /**
   * Marks a token as used and returns its session; null when it is unknown, revoked, expired, or was first used longer
   * ago than the leeway.
   * @param leewayMs 0: a used token is never accepted again.
   */
  async use(tokenHash: string, at: Date, leewayMs: number, manager: EntityManager): Promise<UsedToken | null> {
    // A plain UPDATE ... RETURNING returns [rows, count].
    const [rows] = await manager.query<[UsedToken[], number]>(
      `UPDATE refresh_tokens t SET used_at = COALESCE(t.used_at, $2)
       FROM (SELECT id, used_at FROM refresh_tokens WHERE token_hash = $1 FOR NO KEY UPDATE) before
       WHERE t.id = before.id AND (t.used_at IS NULL OR t.used_at > $3) AND t.revoked_at IS NULL AND t.expires_at > $2
       RETURNING t.user_id, t.family_id, before.used_at IS NULL AS first`,
      [tokenHash, at, leewayMs === 0 ? 'infinity' : new Date(at.getTime() - leewayMs)],
    );
    return rows[0] ?? null;
  }

  /** Hash of the one token of a session that was not used yet; null when there is none, or the session has ended. */
  async findUnused(familyId: string, manager: EntityManager): Promise<string | null> {
    const [row] = await manager.query<{ token_hash: string }[]>(
      `SELECT token_hash FROM refresh_tokens WHERE family_id = $1 AND used_at IS NULL AND revoked_at IS NULL`,
      [familyId],
    );
    return row?.token_hash ?? null;
  }

  /**
   * Ends the session of a token, used or not; call {@link lockUserOfToken} before.
   * @returns the session; null when the token is unknown or its session had ended.
   */
  async revokeOfToken(tokenHash: string, at: Date, manager: EntityManager): Promise<SessionOfToken | null> {
    const [rows] = await manager.query<[SessionOfToken[], number]>(
      `UPDATE refresh_tokens SET revoked_at = $2
       WHERE family_id = (SELECT family_id FROM refresh_tokens WHERE token_hash = $1) AND revoked_at IS NULL
       RETURNING user_id, family_id`,
      [tokenHash, at],
    );
    return rows[0] ?? null;
  }

  /** Ends all sessions of a user except `exceptFamily`. The row of the user must be locked. */
  async revokeOfUser(userId: string, at: Date, manager: EntityManager, exceptFamily?: string): Promise<void> {
    await manager.query(
      `UPDATE refresh_tokens SET revoked_at = $2
       WHERE user_id = $1 AND revoked_at IS NULL AND ($3::uuid IS NULL OR family_id <> $3)`,
      [userId, at, exceptFamily ?? null],
    );
  }
}
