import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
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
 * Makes the first administrator when there is none. Twice is the same as once: the settings are not looked at again.
 * @param password null: one is generated and returned.
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
  // An account that registered under this address before is promoted, and its password is set.
  await manager.query(
    `INSERT INTO users (email, password_hash, full_name, role) VALUES ($1, $2, 'Administrator', 'admin')
     ON CONFLICT (email) DO UPDATE SET role = 'admin', is_active = true, password_hash = excluded.password_hash,
       version = users.version + 1, updated_at = now()`,
    [email, hash],
  );
  return password === null ? { who: 'Administrator', email, password: chosen } : null;
}
