import { text } from 'node:stream/consumers';
import { DataSource } from 'typeorm';
import { generatePassword } from '../../seeds/first-admin.js';
import { AttemptLimits } from '../auth/attempt-limits.js';
import { AuditLogService } from '../auth/audit-log/audit-log.service.js';
import { newPasswordFault, normaliseEmail } from '../auth/credential-rules.js';
import { PasswordsService } from '../auth/passwords.service.js';
import { SessionsStore } from '../auth/tokens/sessions.store.js';
import { UsersStore } from '../auth/users/users.store.js';
import { openDatabaseServer } from '../database-server.js';
import { DatabaseClock } from '../platform/clock.js';
import { buildConfig } from '../platform/config/app-config.js';
import type { Environment } from '../platform/config/environment.js';
import { StartError } from '../platform/config/start-error.js';
import { databaseOptions } from '../schema.js';

/**
 * `conclave user:password EMAIL`: gives a user a new password, ends all sessions of the user and forgets the failed
 * sign-ins of the account. The password is the first line of the standard input; without one, or at a terminal, it is
 * generated and printed once. The user has to change it. The audit log has it as made by the program. The right of the user to sign in stays as it is.
 * @throws StartError for an unknown user, and for a password that the rules refuse; then nothing has changed.
 */
export async function run(given: string, environment: Environment): Promise<void> {
  const email = normaliseEmail(given);
  const chosen = process.stdin.isTTY ? '' : (await text(process.stdin)).split(/\r?\n/, 1)[0]!;
  const fault = chosen === '' ? null : newPasswordFault(chosen);
  if (fault !== null) throw new StartError(`The password must ${fault}. Nothing was changed.`);
  const password = chosen === '' ? generatePassword() : chosen;
  const server = await openDatabaseServer(environment);
  const dataSource = new DataSource(databaseOptions(server.ownerUrl, { poolSize: 2 }));
  try {
    await dataSource.initialize();
    await replacePassword(dataSource, email, password, environment);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await server.release();
  }
  const shown = chosen === '' ? `  password: ${password}  (generated, shown only this once)` : '';
  process.stdout.write(`${email} has a new password, and all sessions are ended.${shown}\n`);
}

async function replacePassword(
  dataSource: DataSource,
  email: string,
  password: string,
  environment: Environment,
): Promise<void> {
  const clock = new DatabaseClock(dataSource, () => undefined);
  await clock.synchronise();
  const audit = new AuditLogService(dataSource, clock);
  const users = new UsersStore(dataSource);
  const known = await users.findByEmail(email);
  if (!known) throw new StartError(`There is no user ${email}. Nothing was changed.`);
  const password_hash = await new PasswordsService().hash(password);
  await dataSource.transaction(async (manager) => {
    const user = (await users.findForChange(known.id, manager))!;
    await users.update(user, { password_hash, must_change_password: true }, clock.now(), manager);
    await new SessionsStore(dataSource).revokeOfUser(user.id, clock.now(), manager);
    const entry = { action: 'user.changed', target_type: 'user', target_id: user.id } as const;
    await audit.record({ ...entry, actor: null, before: { password: '' }, after: { password: '' } }, manager);
  });
  const config = buildConfig(environment, environment.DATABASE_URL ?? '');
  await new AttemptLimits(audit, dataSource, config).forget(email);
}
