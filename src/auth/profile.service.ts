import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Clock, CLOCK } from '../domain/clock.js';
import { NotFound, type InvalidContent } from '../platform/http/problems/app-errors.js';
import { invalidBody } from '../platform/http/input/validation.js';
import type { SignedInUser } from './access.js';
import { AuditLogService, type RequestOrigin } from './audit-log/audit-log.service.js';
import type { ProfileBody } from './auth.dto.js';
import { AttemptLimits } from './attempt-limits.js';
import { PasswordsService } from './passwords.service.js';
import { passwordChangeRequired } from './roles.guard.js';
import { SessionsStore } from './tokens/sessions.store.js';
import type { User } from './users/user.entity.js';
import { UsersStore, type UserPatch } from './users/users.store.js';

export interface OwnRequest {
  readonly user: SignedInUser;
  readonly sessionId: string;
  readonly mustChangePassword: boolean;
  readonly by: RequestOrigin;
  readonly address: string;
}

@Injectable()
export class ProfileService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly users: UsersStore,
    private readonly passwords: PasswordsService,
    private readonly attempts: AttemptLimits,
    private readonly sessions: SessionsStore,
    private readonly auditLog: AuditLogService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  get(user: SignedInUser): Promise<User> {
    return this.users.getById(user.id);
  }

  /**
   * Changes the user's own name or password. A new password ends all other sessions; this one stays open.
   * @param checkVersion called with the present version; throws when the caller read another one.
   * @throws NotAllowed (403 `password_change_required`) for another change than that of a password that must be changed;
   *   InvalidContent (422) for a wrong `current_password`, and for a new password that is the current one; TooManyRequests (429 `too_many_attempts`) after too
   *   many failures, even for the right one.
   */
  async change(request: OwnRequest, body: ProfileBody, checkVersion: (version: number) => void): Promise<User> {
    const { user, sessionId, by } = request;
    if (request.mustChangePassword && body.password === undefined) throw passwordChangeRequired();
    // Hashing is slow, so it happens before a row is locked.
    const password = body.password === undefined ? null : await this.checkedPassword(request, body);
    return this.dataSource.transaction(async (manager) => {
      const present = await this.users.findForChange(user.id, manager);
      if (!present) throw new NotFound('user');
      checkVersion(present.version);
      // The password was changed since the check.
      if (password !== null && password.replaces !== present.password_hash) throw wrongPassword();
      const passwordHash = password?.hash ?? null;
      const named = body.full_name !== undefined && body.full_name !== present.full_name;
      if (!named && passwordHash === null) return present;
      const patch: UserPatch = {
        ...(named ? { full_name: body.full_name ?? null } : {}),
        ...(passwordHash === null ? {} : { password_hash: passwordHash, must_change_password: false }),
      };
      const changed = await this.users.update(present, patch, this.clock.now(), manager);
      if (passwordHash !== null) await this.sessions.revokeOfUser(user.id, this.clock.now(), manager, sessionId);
      const before = named ? { full_name: present.full_name } : {};
      const after = {
        ...(named ? { full_name: changed.full_name } : {}),
        ...(passwordHash ? { password: 'new' } : {}),
      };
      const record = { action: 'user.changed', target_type: 'user', target_id: user.id, before, after } as const;
      await this.auditLog.record({ ...by, ...record }, manager);
      return changed;
    });
  }

  private async checkedPassword(
    { user, sessionId, by, address }: OwnRequest,
    body: ProfileBody,
  ): Promise<{ hash: string; replaces: string }> {
    const caller = { lane: 'known', key: user.id } as const;
    // The session is what a known device is at a sign-in: failures from elsewhere are none of its own.
    const attempt = { email: user.email, address, device: sessionId, trace_id: by.trace_id };
    const present = await this.attempts.attempt(attempt, async () => {
      const { password_hash: passwordHash } = await this.users.getById(user.id);
      return (await this.passwords.matches(passwordHash, body.current_password ?? '', caller)) ? passwordHash : null;
    });
    if (present === null) {
      const record = {
        action: 'user.password_refused',
        target_type: 'user',
        target_id: user.id,
        after: { address },
      } as const;
      await this.auditLog.record({ ...by, ...record });
      throw wrongPassword();
    }
    if (body.password === body.current_password) throw samePassword();
    return { hash: await this.passwords.hash(body.password ?? '', caller), replaces: present };
  }
}

function samePassword(): InvalidContent {
  const message = 'This is your current password. Choose another one.';
  return invalidBody([{ pointer: '/password', code: 'same_password', message }]);
}

function wrongPassword(): InvalidContent {
  return invalidBody([
    { pointer: '/current_password', code: 'wrong_password', message: 'This is not your current password.' },
  ]);
}
