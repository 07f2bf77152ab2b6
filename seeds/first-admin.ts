import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { StartError } from '../src/platform/config/start-error.js';
import { PasswordsService } from '../src/auth/passwords.service.js';

/** A generated password; it is shown once and stored only as a hash. */
export interface GeneratedPassword {
  readonly who: string;
  readonly email: string;
  readonly password: string;
}

/** 128 bits, in characters without line breaks or spaces. */
export function generatePassword(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * Creates the first administrator if there is none. Later calls change nothing, even with other settings.
 *
 * @param password null: a password is generated and returned.
 * @throws StartError when the address is already registered: promoting that account would make its owner the
 *   administrator.
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
