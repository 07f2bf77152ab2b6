import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { StartError } from '../src/platform/config/start-error.js';
import { PasswordsService } from '../src/auth/passwords.service.js';

/** A password that was generated; it is shown once and stored nowhere. */
export interface GeneratedPassword {
  readonly who: string;
  readonly email: string;
  readonly password: string;
}

/** 128 bits, readable aloud. */
export function generatePassword(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * Makes the first administrator when there is none. A second call changes nothing, whatever the settings are by then.
 * @param password null: one is generated and returned.
 * @throws StartError when somebody registered under the address: promoted, that person would be the administrator.
 */
export async function seedFirstAdmin(
  manager: EntityManager,
  email: string,
  password: string | null,
): Promise<GeneratedPassword | null> {
  const admins = await manager.query<unknown[]>(`SELECT 1 FROM users WHERE role = 'admin' LIMIT 1`);
  if (admins.length > 0) return null;
  const chosen = password ?? generatePassword();
  const hash = await new PasswordsService().hash(chosen);
  const made = await manager.query<unknown[]>(
    `INSERT INTO users (email, password_hash, must_change_password, full_name, role)
     VALUES ($1, $2, $3, 'Administrator', 'admin')
     ON CONFLICT (email) DO NOTHING RETURNING id`,
    [email, hash, password === null],
  );
  if (made.length === 0) {
    throw new StartError(
      `There is no administrator, and somebody registered as ${email} (ADMIN_EMAIL). Set ADMIN_EMAIL to an address of yours ` +
        'that has no account yet; the new administrator can change the roles of the others.',
    );
  }
  return password === null ? { who: 'Administrator', email, password: chosen } : null;
}
