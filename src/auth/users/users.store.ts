import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError, type EntityManager } from 'typeorm';
import { likePattern } from '../../platform/database/database-text.js';
import { Conflict } from '../../platform/http/problems/app-errors.js';
import type { Role } from '../access.js';
import { User } from './user.entity.js';

export type UserPatch = Partial<
  Pick<User, 'full_name' | 'role' | 'is_active' | 'password_hash' | 'must_change_password'>
>;

export interface UserFilter {
  role?: Role;
  isActive?: boolean;
  /** Part of the address or the name, ignoring case. */
  contains?: string;
}

@Injectable()
export class UsersStore {
  constructor(private readonly dataSource: DataSource) {}

  findById(id: string): Promise<User | null> {
    return this.dataSource.manager.findOneBy(User, { id });
  }

  findByEmail(email: string): Promise<User | null> {
    return this.dataSource.manager.findOneBy(User, { email });
  }

  getById(id: string): Promise<User> {
    return this.dataSource.manager.findOneByOrFail(User, { id });
  }

  /** @throws Conflict (409 `email_taken`), even for two inserts at once. */
  async insert(
    user: Pick<User, 'email' | 'password_hash' | 'full_name' | 'role' | 'must_change_password'>,
    at: Date,
    manager: EntityManager,
  ): Promise<User> {
    const row = manager.create(User, { ...user, is_active: true, version: 1, created_at: at, updated_at: at });
    try {
      const inserted = await manager.insert(User, row);
      return Object.assign(row, inserted.generatedMaps[0]);
    } catch (error) {
      if (!isEmailTaken(error)) throw error;
      throw new Conflict('email_taken', 'This e-mail address is already registered.', [
        { pointer: '/email', code: 'email_taken', message: 'Use another address, or sign in.' },
      ]);
    }
  }

  /** The user, locked against other changes until the transaction ends; rows that refer to it can still be added. */
  findForChange(id: string, manager: EntityManager): Promise<User | null> {
    return manager.findOne(User, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /**
   * The user, locked while a session is opened: until the transaction ends nothing can change password or access, or
   * end all sessions.
   */
  findForSignIn(id: string, manager: EntityManager): Promise<User | null> {
    return manager.findOne(User, { where: { id }, lock: { mode: 'pessimistic_read' } });
  }

  /**
   * Locks all active admins in a fixed order, so that two changes wait for each other instead of each seeing the
   * other's admin.
   * @returns their ids.
   */
  async lockActiveAdmins(manager: EntityManager): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT id FROM users WHERE role = 'admin' AND is_active ORDER BY id FOR NO KEY UPDATE`,
    );
    return rows.map((row) => row.id);
  }

  /** Writes the change and increments the version. The row must be locked: see {@link findForChange}. */
  async update(user: User, patch: UserPatch, at: Date, manager: EntityManager): Promise<User> {
    const change = { ...patch, version: user.version + 1, updated_at: at };
    await manager.update(User, { id: user.id }, change);
    return Object.assign(manager.create(User, user), change);
  }

  /** @param sort.column a column, never input of a caller. */
  async list(
    filter: UserFilter,
    sort: { column: string; direction: 'ASC' | 'DESC' },
    page: { limit: number; offset: number },
  ): Promise<{ users: User[]; total: number }> {
    const query = this.dataSource.manager.createQueryBuilder(User, 'users');
    if (filter.role !== undefined) query.andWhere('users.role = :role', { role: filter.role });
    if (filter.isActive !== undefined) query.andWhere('users.is_active = :isActive', { isActive: filter.isActive });
    if (filter.contains !== undefined) {
      query.andWhere('users.searched_text LIKE :pattern', { pattern: likePattern(filter.contains) });
    }
    const [users, total] = await query
      .orderBy(`users.${sort.column}`, sort.direction)
      .addOrderBy('users.id', sort.direction)
      .limit(page.limit)
      .offset(page.offset)
      .getManyAndCount();
    return { users, total };
  }
}

function isEmailTaken(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code, constraint } = error.driverError as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'uq_users_email';
}
