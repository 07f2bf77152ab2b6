import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { VirtualClock } from '../../src/platform/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';

const PASSWORD = 'a long enough passphrase';

interface Tokens {
  access_token: string;
  refresh_token: string;
}

function codeOf(response: Response): string {
  return `${response.status} ${(response.body as { code?: string }).code ?? ''}`;
}

describe('accounts', () => {
  const clock = new VirtualClock(new Date('2025-03-01T12:00:00Z'));
  let t: TestApp;
  let count = 0;

  beforeAll(async () => {
    t = await createTestApp({ clock });
  });

  afterAll(() => t.close());

  const post = (path: string, body: object) => t.http.post(`/api/v1/auth/${path}`).send(body);
  const me = (token: string) => t.http.get('/api/v1/auth/me').auth(token, { type: 'bearer' });
  const patchMe = (token: string, body: object) =>
    t.http.patch('/api/v1/auth/me').auth(token, { type: 'bearer' }).send(body);

  async function newUser(): Promise<{ email: string } & Tokens> {
    const email = `person-${++count}@example.com`;
    await post('register', { email, password: PASSWORD, full_name: 'A Person' }).expect(201);
    return { email, ...(await signIn(email)) };
  }

  async function signIn(email: string, password = PASSWORD): Promise<Tokens> {
    return (await post('login', { email, password }).expect(200)).body as Tokens;
  }

  async function audit(action: string): Promise<Record<string, unknown>[]> {
    return t.database.dataSource.query('SELECT * FROM audit_log WHERE action = $1 ORDER BY id', [action]);
  }

  describe('registering', () => {
    it('makes a user of role user and answers no secret', async () => {
      const response = await post('register', { email: ' Ada@Example.COM ', password: PASSWORD, full_name: ' Ada ' });
      expect(response.status).toBe(201);
      expect(response.headers['location']).toBe('/api/v1/auth/me');
      expect(response.body).toEqual({
        id: expect.any(String),
        email: 'ada@example.com',
        full_name: 'Ada',
        role: 'user',
        is_active: true,
        must_change_password: false,
        version: 1,
        created_at: '2025-03-01T12:00:00.000Z',
        updated_at: '2025-03-01T12:00:00.000Z',
      });
      const [row] = await t.database.dataSource.query<{ password_hash: string }[]>(
        `SELECT password_hash FROM users WHERE email = 'ada@example.com'`,
      );
      expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    it('refuses a known address, in whatever case and also when two arrive at once', async () => {
      const email = 'twice@example.com';
      const both = await Promise.all([
        post('register', { email, password: PASSWORD }),
        post('register', { email: email.toUpperCase(), password: PASSWORD }),
      ]);
      expect(both.map(codeOf).sort()).toEqual(['201 ', '409 email_taken']);
    });

    it.each([
      ['a role', { role: 'admin' }],
      ['an id', { id: randomUUID() }],
      ['a switch', { is_active: true }],
    ])('refuses %s in the body', async (_what, more) => {
      const response = await post('register', { email: 'more@example.com', password: PASSWORD, ...more });
      expect(codeOf(response)).toBe('422 validation_failed');
      expect(await t.database.dataSource.query(`SELECT 1 FROM users WHERE email = 'more@example.com'`)).toEqual([]);
    });

    it.each(['nobody', 'a@', '@b.example', 'a b@c.example', `${'x'.repeat(250)}@example.com`, 7, null])(
      'refuses the address %j',
      async (email) =>
        expect(codeOf(await post('register', { email, password: PASSWORD }))).toBe('422 validation_failed'),
    );

    it.each(['short77', 'password123', 'PASSWORD123', 'x1'.repeat(65), 12345678901])(
      'refuses the password %j',
      async (password) => {
        const response = await post('register', { email: 'weak@example.com', password });
        expect(codeOf(response)).toBe('422 validation_failed');
        expect(response.text).not.toContain(String(password));
      },
    );

    it('can be closed', async () => {
      const closed = await createTestApp({ clock, config: { registration: 'closed' }, database: t.database });
      const response = await closed.http
        .post('/api/v1/auth/register')
        .send({ email: 'x@example.com', password: PASSWORD });
      expect(codeOf(response)).toBe('403 registration_closed');
      await closed.close();
    });
  });

  describe('signing in', () => {
    it('answers a bearer token for 15 minutes and a refresh token', async () => {
      const { email } = await newUser();
      const response = await post('login', { email: email.toUpperCase(), password: PASSWORD });
      expect(response.status).toBe(200);
      expect(response.headers['cache-control']).toBe('no-store');
      expect(response.body).toEqual({
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        device_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        token_type: 'Bearer',
        expires_in: 900,
        refresh_token: expect.stringMatching(/^[\w-]{43}$/),
      });
    });

    it('says the same of an unknown address, a wrong password and a user who is switched off', async () => {
      const known = await newUser();
      const off = await newUser();
      await t.database.dataSource.query('UPDATE users SET is_active = false WHERE email = $1', [off.email]);
      const answers = [
        await post('login', { email: 'unknown@example.com', password: PASSWORD }),
        await post('login', { email: known.email, password: `${PASSWORD}!` }),
        await post('login', { email: off.email, password: PASSWORD }),
      ];
      const bodies = answers.map(({ body }) => ({ ...(body as object), trace_id: '' }));
      expect(answers.map(codeOf)).toEqual(Array(3).fill('401 invalid_credentials'));
      expect(bodies[1]).toEqual(bodies[0]);
      expect(bodies[2]).toEqual(bodies[0]);
    });

    it('stands in the audit log, successes and failures, without the password', async () => {
      const { email } = await newUser();
      await post('login', { email, password: 'a wrong passphrase' }).set('x-request-id', 'wrong-1');
      const opened = (await audit('session.opened')).filter((row) => row['actor_email'] === email);
      expect(opened).toHaveLength(1);
      const refused = (await audit('session.refused')).filter((row) => row['trace_id'] === 'wrong-1');
      expect(refused).toMatchObject([{ actor_id: null, target_type: 'user', after: { email } }]);
      const rows: unknown = await t.database.dataSource.query('SELECT * FROM audit_log');
      expect(JSON.stringify(rows)).not.toContain('passphrase');
    });
  });

  describe('the own profile', () => {
    it('is read with its version', async () => {
      const { access_token, email } = await newUser();
      const response = await me(access_token);
      expect(response.headers['etag']).toBe('"v1"');
      expect(response.body).toMatchObject({ email, full_name: 'A Person', role: 'user', version: 1 });
      expect(response.text).not.toContain('argon2');
    });

    it('gets another name, or none', async () => {
      const { access_token } = await newUser();
      const renamed = await patchMe(access_token, { full_name: ' Grace Hopper ' });
      expect(renamed.headers['etag']).toBe('"v2"');
      expect(renamed.body).toMatchObject({ full_name: 'Grace Hopper', version: 2 });
      expect((await patchMe(access_token, { full_name: null })).body).toMatchObject({ full_name: null, version: 3 });
      expect((await patchMe(access_token, {})).body).toMatchObject({ full_name: null, version: 3 });
    });

    it('is not changed against another version', async () => {
      const { access_token } = await newUser();
      const stale = await patchMe(access_token, { full_name: 'X' }).set('if-match', '"v7"');
      expect(codeOf(stale)).toBe('412 stale_version');
      expect((await patchMe(access_token, { full_name: 'X' }).set('if-match', '"v1"')).status).toBe(200);
    });

    it.each([
      { role: 'admin' },
      { email: 'b@example.com' },
      { is_active: false },
      { full_name: '' },
      { full_name: 'a\nb' },
    ])('is not changed by %j', async (body) => {
      const { access_token } = await newUser();
      expect(codeOf(await patchMe(access_token, body))).toBe('422 validation_failed');
      expect((await me(access_token)).body).toMatchObject({ version: 1, role: 'user' });
    });

    it('gets a new password with the present one; all other sessions end', async () => {
      const mine = await newUser();
      const other = await signIn(mine.email);
      const next = 'another long passphrase';
      const missing = await patchMe(mine.access_token, { password: next });
      expect((missing.body as { errors: unknown }).errors).toMatchObject([
        { pointer: '/current_password', code: 'required' },
      ]);
      const wrong = await patchMe(mine.access_token, { password: next, current_password: 'not the right one' });
      expect((wrong.body as { errors: unknown }).errors).toMatchObject([
        { pointer: '/current_password', code: 'wrong_password' },
      ]);
      await patchMe(mine.access_token, { password: next, current_password: PASSWORD }).expect(200);
      expect((await me(mine.access_token)).status).toBe(200);
      expect((await me(other.access_token)).status).toBe(401);
      expect((await post('refresh', { refresh_token: mine.refresh_token })).status).toBe(200);
      expect((await post('login', { email: mine.email, password: PASSWORD })).status).toBe(401);
      await signIn(mine.email, next);
    });
  });
});
