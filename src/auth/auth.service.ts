import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { NotAllowed, NotSignedIn } from '../platform/http/app-errors.js';
import { AuditLogService } from './audit-log/audit-log.service.js';
import type { RequestOrigin } from './audit-log/requested-by.js';
import type { LoginBody, RegisterBody } from './auth.dto.js';
import { PasswordsService } from './passwords/passwords.service.js';
import { SessionsService } from './tokens/sessions.service.js';
import type { TokensView } from './tokens/tokens.view.js';
import type { User } from './users/user.entity.js';
import { UsersService } from './users/users.service.js';
import { UsersStore } from './users/users.store.js';

/** Registering and signing in. */
@Injectable()
export class AuthService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly users: UsersStore,
    private readonly usersService: UsersService,
    private readonly passwords: PasswordsService,
    private readonly sessions: SessionsService,
    private readonly auditLog: AuditLogService,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Makes a user of role `user`; an admin raises it.
   * @throws NotAllowed (403 `registration_closed`), Conflict (409 `email_taken`).
   */
  register(body: RegisterBody, by: RequestOrigin): Promise<User> {
    if (this.config.registration === 'closed') {
      throw new NotAllowed('registration_closed', 'Registration is closed here. Ask an admin for an account.');
    }
    const user = {
      email: body.email,
      password: body.password,
      full_name: body.full_name ?? null,
      role: 'user' as const,
    };
    return this.usersService.create(user, by, 'user.registered');
  }

  /**
   * Opens a session. Whether the address is unknown, the password wrong or the user switched off is not said, and
   * takes the same time.
   * @throws NotSignedIn (401 `invalid_credentials`).
   */
  async login(body: LoginBody, by: RequestOrigin): Promise<TokensView> {
    const user = await this.users.findByEmail(body.email);
    const right = await this.passwords.matches(user?.passwordHash ?? null, body.password);
    const record = { trace_id: by.trace_id, target_type: 'user', target_id: user?.id ?? 'unknown' };
    if (!user || !right || !user.isActive) {
      const after = { email: body.email };
      await this.auditLog.record({ ...record, actor: null, action: 'session.refused', after });
      throw new NotSignedIn('invalid_credentials', 'E-mail address or password is wrong.');
    }
    return this.dataSource.transaction(async (manager) => {
      const tokens = await this.sessions.open(user.id, manager);
      await this.auditLog.record({ ...record, actor: user, action: 'session.opened' }, manager);
      return tokens;
    });
  }
}
