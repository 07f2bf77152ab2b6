import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { seedFirstAdmin, type GeneratedPassword } from '../../seeds/first-admin.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const EMAIL = 'boss@example.com';

describe('the first administrator', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
    await database.dataSource.query('DELETE FROM users');
  });
  afterEach(() => database.close());

  const seed = (email: string, password: string | null = null): Promise<GeneratedPassword | null> =>
    database.dataSource.transaction((manager) => seedFirstAdmin(manager, email, password));
  const users = () =>
    database.dataSource.query<unknown[]>('SELECT email, role, must_change_password FROM users ORDER BY email');

  it('is made once, with a password that is shown once', async () => {
    expect(await seed(EMAIL)).toMatchObject({ email: EMAIL, password: expect.stringMatching(/^[\w-]{22}$/) });
    expect(await seed('another@example.com')).toBeNull();
    expect(await users()).toEqual([{ email: EMAIL, role: 'admin', must_change_password: true }]);
  });

  it('need not change a password that the operator chose', async () => {
    expect(await seed(EMAIL, 'one that the operator chose')).toBeNull();
    expect(await users()).toEqual([{ email: EMAIL, role: 'admin', must_change_password: false }]);
  });

  it('is never somebody who registered under the address', async () => {
    await database.dataSource.query(`INSERT INTO users (email, password_hash, role) VALUES ($1, 'theirs', 'user')`, [
      EMAIL,
    ]);
    await expect(seed(EMAIL)).rejects.toThrow(`somebody registered as ${EMAIL} (ADMIN_EMAIL)`);
    expect(await database.dataSource.query('SELECT role, password_hash FROM users')).toEqual([
      { role: 'user', password_hash: 'theirs' },
    ]);
  });
});
