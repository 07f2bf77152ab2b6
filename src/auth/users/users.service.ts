import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { Conflict, NotFound } from '../../platform/http/problems/app-errors.js';
import type { IdempotencyScope } from '../../platform/idempotency/idempotency-scope.js';
import type { Role } from '../access.js';
import { AuditLogService, type RequestOrigin } from '../audit-log/audit-log.service.js';
import { normaliseEmail } from '../credential-rules.js';
import type { PasswordCaller } from '../password-queue.js';
import { PasswordsService } from '../passwords.service.js';
import { SessionsStore } from '../tokens/sessions.store.js';
import type { User } from './user.entity.js';
import { UsersStore, type UserPatch } from './users.store.js';

/** A user to create. The password has passed the rules for new ones. */
export interface NewUser {
  readonly email: string;
  readonly password: string;
  readonly full_name: string | null;
  readonly role: Role;
}

export interface UserChange {
  readonly full_name?: string | null;
  readonly role?: Role;
  readonly is_active?: boolean;
}

/** Creates and changes users; the audit log records every change. */
@Injectable()
export class UsersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly users: UsersStore,
    private readonly passwords: PasswordsService,
    private readonly sessions: SessionsStore,
    private readonly auditLog: AuditLogService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param caller for whom the password is hashed.
   * @param once for a repeated request the user of the first one is returned.
   * @throws Conflict (409 `email_taken`).
   */
  async create(
    given: NewUser,
    by: RequestOrigin,
    action: 'user.created' | 'user.registered',
    caller: PasswordCaller,
    once: IdempotencyScope,
  ): Promise<User> {
    const passwordHash = await this.passwords.hash(given.password, caller);
    const row = {
      email: normaliseEmail(given.email),
      password_hash: passwordHash,
      full_name: given.full_name,
      role: given.role,
      // An administrator knows it.
      must_change_password: action === 'user.created',
    };
    const id = await this.dataSource.transaction((manager) =>
      once.make(manager, async () => {
        const user = await this.users.insert(row, this.clock.now(), manager);
        const after = { email: user.email, full_name: user.full_name, role: user.role };
        await this.auditLog.record({ ...by, action, target_type: 'user', target_id: user.id, after }, manager);
        return user.id;
      }),
    );
    return this.users.getById(id);
  }

  /**
   * Changes role, access or name as an admin. Role and access take effect with the user's next request; a deactivated
   * user is signed out everywhere. Without a difference nothing is written.
   *
   * @param checkVersion called with the present version; throws when the caller read another one.
   * @param onLostTrading called in the transaction when the user may trade no longer: deactivated, or made a plain user.
   * @throws NotFound, Conflict (409 `last_admin`) when no active admin would be left.
   */
  async change(
    id: string,
    change: UserChange,
    by: RequestOrigin,
    checkVersion: (version: number) => void,
    onLostTrading: (manager: EntityManager) => Promise<void>,
  ): Promise<User> {
    return this.dataSource.transaction(async (manager) => {
      const mayLoseAdmin = change.is_active === false || (change.role !== undefined && change.role !== 'admin');
      // Before the user's own row, so that all such changes take their locks in the same order.
      const admins = mayLoseAdmin ? await this.users.lockActiveAdmins(manager) : [];
      const user = await this.users.findForChange(id, manager);
      if (!user) throw new NotFound('user');
      checkVersion(user.version);
      if (admins.length === 1 && admins[0] === id) {
        throw new Conflict('last_admin', 'This is the last active administrator. Appoint another one first.');
      }
      const patch = toPatch(user, change);
      const changed = await this.write(user, patch, by, manager);
      if (patch.is_active === false || patch.role === 'user') await onLostTrading(manager);
      return changed;
    });
  }

  private async write(user: User, patch: UserPatch, by: RequestOrigin, manager: EntityManager): Promise<User> {
    if (Object.keys(patch).length === 0) return user;
    const changed = await this.users.update(user, patch, this.clock.now(), manager);
    if (patch.is_active === false) await this.sessions.revokeOfUser(user.id, this.clock.now(), manager);
    const record = { action: 'user.changed', target_type: 'user', target_id: user.id } as const;
    await this.auditLog.record(
      { ...by, ...record, before: fields(user, patch), after: fields(changed, patch) },
      manager,
    );
    return changed;
  }
}

function toPatch(user: User, change: UserChange): UserPatch {
  const patch: UserPatch = {};
  if (change.full_name !== undefined && change.full_name !== user.full_name) patch.full_name = change.full_name;
  if (change.role !== undefined && change.role !== user.role) patch.role = change.role;
  if (change.is_active !== undefined && change.is_active !== user.is_active) patch.is_active = change.is_active;
  return patch;
}

function fields(user: User, patch: UserPatch): Record<string, unknown> {
  return {
    ...('full_name' in patch ? { full_name: user.full_name } : {}),
    ...('role' in patch ? { role: user.role } : {}),
    ...('is_active' in patch ? { is_active: user.is_active } : {}),
  };
}
