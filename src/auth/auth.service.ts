import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { NotAllowed, NotSignedIn } from '../platform/http/problems/app-errors.js';
import type { IdempotencyScope } from '../platform/idempotency/idempotency-scope.js';
import { AuditLogService, type RequestOrigin } from './audit-log/audit-log.service.js';
import type { LoginBody, RegisterBody, TokensView } from './auth.dto.js';
import { AttemptLimits } from './attempt-limits.js';
import { PasswordsService } from './passwords.service.js';
import { SessionsService, type TokenClient } from './tokens/sessions.service.js';
import type { User } from './users/user.entity.js';
import { UsersService } from './users/users.service.js';
import { UsersStore } from './users/users.store.js';

@Injectable()
export class AuthService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly users: UsersStore,
    private readonly usersService: UsersService,
    private readonly passwords: PasswordsService,
    private readonly attempts: AttemptLimits,
    private readonly sessions: SessionsService,
    private readonly auditLog: AuditLogService,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Creates a user of role `user`; an admin can raise it.
   * @throws NotAllowed (403 `registration_closed`), Conflict (409 `email_taken`).
   */
  register(body: RegisterBody, by: RequestOrigin, once: IdempotencyScope): Promise<User> {
    if (this.config.registration === 'closed') {
      throw new NotAllowed('registration_closed', 'Registration is closed. Ask an administrator for an account.');
    }
    const user = {
      email: body.email,
      password: body.password,
      full_name: body.full_name ?? null,
      role: 'user' as const,
    };
    return this.usersService.create(user, by, 'user.registered', once);
  }

  /**
   * Opens a session. An unknown address, a wrong password and a deactivated user get the same answer, after the same
   * time.
   * @param address the caller's, for the limit of failures.
   * @throws NotSignedIn (401 `invalid_credentials`); TooManyRequests (429 `too_many_attempts`) after too many failures,
   *   whatever the password.
   */
  async login(
    body: LoginBody,
    by: RequestOrigin,
    address: string,
    client: TokenClient = 'program',
  ): Promise<TokensView> {
    const attempt = { email: body.email, address, trace_id: by.trace_id };
    const tokens = await this.attempts.attempt(attempt, () => this.signIn(body, by, address, client));
    if (!tokens) throw new NotSignedIn('invalid_credentials', 'Wrong e-mail address or password.');
    return tokens;
  }

  /** Null, and an entry in the audit log, when the password is wrong or the user may not sign in. */
  private async signIn(
    body: LoginBody,
    by: RequestOrigin,
    address: string,
    client: TokenClient,
  ): Promise<TokensView | null> {
    const user = await this.users.findByEmail(body.email);
    const right = await this.passwords.matches(user?.password_hash ?? null, body.password);
    const tokens = user && right ? await this.open(user, by, client) : null;
    if (tokens) return tokens;
    await this.auditLog.record({
      actor: null,
      trace_id: by.trace_id,
      action: 'session.refused',
      target_type: 'user',
      target_id: user?.id ?? 'unknown',
      after: { email: body.email, address },
    });
    return null;
  }

  /** Null when the user may not sign in, or the password was changed during the check. */
  private open(user: User, by: RequestOrigin, client: TokenClient): Promise<TokensView | null> {
    return this.dataSource.transaction(async (manager) => {
      const present = await this.users.findForSignIn(user.id, manager);
      if (!present?.is_active || present.password_hash !== user.password_hash) return null;
      const tokens = await this.sessions.open(user.id, manager, client);
      const record = {
        trace_id: by.trace_id,
        action: 'session.opened',
        target_type: 'user',
        target_id: user.id,
      } as const;
      await this.auditLog.record({ ...record, actor: user }, manager);
      return tokens;
    });
  }
}
