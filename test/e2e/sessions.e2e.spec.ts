import { createHash, createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import { PasswordsService } from '../../src/auth/passwords.service.js';
import { VirtualClock } from '../../src/platform/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';

const PASSWORD = 'a long enough passphrase';
const SECRET = 'a secret for tests that is long enough to be accepted';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Tokens {
  access_token: string;
  refresh_token: string;
}

function codeOf(response: Response): string {
  return `${response.status} ${(response.body as { code?: string }).code ?? ''}`;
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

function forge(header: object, payload: object, secret = SECRET, hash = 'sha256'): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

describe('sessions', () => {
  const clock = new VirtualClock(new Date('2025-03-01T12:00:00Z'));
  let t: TestApp;
  let count = 0;

  beforeAll(async () => {
    t = await createTestApp({ clock });
  });

  afterAll(() => t.close());

  const post = (path: string, body: object) => t.http.post(`/api/v1/auth/${path}`).send(body);
  const me = (token: string) => t.http.get('/api/v1/auth/me').auth(token, { type: 'bearer' });

  async function newUser(): Promise<{ email: string } & Tokens> {
    const email = `session-${++count}@example.com`;
    await post('register', { email, password: PASSWORD, full_name: 'A Person' }).expect(201);
    return { email, ...(await signIn(email)) };
  }

  async function signIn(email: string, password = PASSWORD): Promise<Tokens> {
    return (await post('login', { email, password }).expect(200)).body as Tokens;
  }

  async function audit(action: string): Promise<Record<string, unknown>[]> {
    return t.database.dataSource.query('SELECT * FROM audit_log WHERE action = $1 ORDER BY id', [action]);
  }

  describe('access tokens', () => {
    it('carry who, which session and until when, and no role', async () => {
      const { access_token: token } = await newUser();
      const iat = clock.now().getTime() / 1000;
      expect(claimsOf(token)).toEqual({
        sub: expect.any(String),
        sid: expect.any(String),
        typ: 'access',
        iss: 'conclave',
        aud: 'conclave-api',
        iat,
        exp: iat + 900,
      });
    });

    it('run out after 15 minutes', async () => {
      const { access_token: token } = await newUser();
      clock.advance(15 * MINUTE - 1000);
      expect((await me(token)).status).toBe(200);
      clock.advance(1000);
      expect(codeOf(await me(token))).toBe('401 not_signed_in');
    });

    it('count only when they are ours in every part', async () => {
      const { access_token: token, refresh_token: refresh } = await newUser();
      const claims = claimsOf(token);
      const hs256 = { alg: 'HS256', typ: 'JWT' };
      const { exp: _exp, ...withoutExp } = claims;
      const { typ: _typ, ...withoutTyp } = claims;
      expect((await me(forge(hs256, claims))).status).toBe(200);
      const forged = {
        none: `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`,
        HS512: forge({ alg: 'HS512', typ: 'JWT' }, claims, SECRET, 'sha512'),
        'another secret': forge(hs256, claims, 'another secret that is also long enough'),
        'no exp': forge(hs256, withoutExp),
        'exp as text': forge(hs256, { ...claims, exp: String(claims['exp']) }),
        'no typ': forge(hs256, withoutTyp),
        'typ refresh': forge(hs256, { ...claims, typ: 'refresh' }),
        'another iss': forge(hs256, { ...claims, iss: 'other' }),
        'another aud': forge(hs256, { ...claims, aud: 'other' }),
        'another user': forge(hs256, { ...claims, sub: randomUUID() }),
        'another session': forge(hs256, { ...claims, sid: randomUUID() }),
        'sub that is no id': forge(hs256, { ...claims, sub: "' OR 1=1" }),
        'not yet': forge(hs256, { ...claims, nbf: (claims['exp'] as number) - 1 }),
        'a refresh token': refresh,
        'a changed payload': token.replace(/\.[^.]+\./, `.${encode({ ...claims, exp: 9e9 })}.`),
        nothing: '',
      };
      for (const [what, one] of Object.entries(forged)) {
        expect(`${what}: ${codeOf(await me(one))}`).toBe(`${what}: 401 not_signed_in`);
      }
      const basic = await t.http.get('/api/v1/auth/me').set('authorization', `Basic ${token}`);
      expect(basic.status).toBe(401);
      expect(basic.headers['www-authenticate']).toBe('Bearer');
    });

    it('stop counting at once when the user is switched off, and a new role counts at once', async () => {
      const { access_token: token, email } = await newUser();
      await t.database.dataSource.query(`UPDATE users SET role = 'trader' WHERE email = $1`, [email]);
      expect((await me(token)).body).toMatchObject({ role: 'trader' });
      await t.database.dataSource.query(`UPDATE users SET is_active = false WHERE email = $1`, [email]);
      expect((await me(token)).status).toBe(401);
    });
  });

  describe('refresh tokens', () => {
    it('are exchanged for the next pair and stored as a hash only', async () => {
      const first = await newUser();
      const response = await post('refresh', { refresh_token: first.refresh_token });
      expect(response.status).toBe(200);
      const next = response.body as Tokens;
      expect(next.refresh_token).not.toBe(first.refresh_token);
      expect((await me(next.access_token)).status).toBe(200);
      const rows = await t.database.dataSource.query<{ token_hash: string }[]>('SELECT token_hash FROM refresh_tokens');
      expect(rows.map((row) => row.token_hash)).toContain(
        createHash('sha256').update(next.refresh_token).digest('hex'),
      );
      expect(JSON.stringify(rows)).not.toContain(next.refresh_token);
    });

    it('end the session when one is used again', async () => {
      const first = await newUser();
      const other = await signIn(first.email);
      const next = (await post('refresh', { refresh_token: first.refresh_token })).body as Tokens;
      expect(codeOf(await post('refresh', { refresh_token: first.refresh_token }))).toBe('401 invalid_refresh_token');
      expect((await me(next.access_token)).status).toBe(401);
      expect(codeOf(await post('refresh', { refresh_token: next.refresh_token }))).toBe('401 invalid_refresh_token');
      expect((await me(other.access_token)).status).toBe(200);
      const { id } = (await me(other.access_token)).body as { id: string };
      expect((await audit('session.revoked')).filter((row) => row['target_id'] === id)).toHaveLength(1);
    });

    it('give one pair when two exchange at once, and then end the session', async () => {
      const { refresh_token } = await newUser();
      const both = await Promise.all([post('refresh', { refresh_token }), post('refresh', { refresh_token })]);
      expect(both.map((one) => one.status).sort()).toEqual([200, 401]);
      const won = both.find((one) => one.status === 200)?.body as Tokens;
      expect((await me(won.access_token)).status).toBe(401);
    });

    it('run out after 30 days and are then removed', async () => {
      const { refresh_token, email } = await newUser();
      clock.advance(30 * DAY);
      expect(codeOf(await post('refresh', { refresh_token }))).toBe('401 invalid_refresh_token');
      await signIn(email);
      const rows = await t.database.dataSource.query(
        'SELECT 1 FROM refresh_tokens t JOIN users u ON u.id = t.user_id WHERE u.email = $1',
        [email],
      );
      expect(rows).toHaveLength(1);
    });

    it('do not count for a user who is switched off', async () => {
      const { refresh_token, email } = await newUser();
      await t.database.dataSource.query(`UPDATE users SET is_active = false WHERE email = $1`, [email]);
      expect(codeOf(await post('refresh', { refresh_token }))).toBe('401 invalid_refresh_token');
      await t.database.dataSource.query(`UPDATE users SET is_active = true WHERE email = $1`, [email]);
      expect(codeOf(await post('refresh', { refresh_token }))).toBe('401 invalid_refresh_token');
    });

    it('are not known to everybody who makes one up', async () => {
      expect(codeOf(await post('refresh', { refresh_token: 'x'.repeat(43) }))).toBe('401 invalid_refresh_token');
    });

    it.each(['', 'x'.repeat(42), '%'.repeat(43), 7, null, undefined])('are not %j', async (refresh_token) => {
      expect(codeOf(await post('refresh', { refresh_token }))).toBe('422 validation_failed');
    });
  });

  describe('signing out', () => {
    it('ends the session at once, and answers alike the second time', async () => {
      const mine = await newUser();
      const other = await signIn(mine.email);
      for (let times = 0; times < 2; times++) {
        expect((await post('logout', { refresh_token: mine.refresh_token })).status).toBe(204);
      }
      expect((await me(mine.access_token)).status).toBe(401);
      expect((await post('refresh', { refresh_token: mine.refresh_token })).status).toBe(401);
      expect((await me(other.access_token)).status).toBe(200);
      expect((await post('logout', { refresh_token: 'x'.repeat(43) })).status).toBe(204);
    });

    it('ends the session for good while a refresh is under way', async () => {
      const alive: string[] = [];
      for (let round = 0; round < 25; round++) {
        const { refresh_token } = await newUser();
        const [refreshed] = await Promise.all([
          post('refresh', { refresh_token }),
          post('logout', { refresh_token }).expect(204),
        ]);
        if (refreshed.status === 401) continue;
        const next = refreshed.body as Tokens;
        alive.push(`${(await me(next.access_token)).status}`);
        alive.push(codeOf(await post('refresh', { refresh_token: next.refresh_token })));
      }
      expect(alive.filter((answer) => answer.startsWith('200'))).toEqual([]);
    });
  });

  describe('a new password', () => {
    const change = (token: string, password: string, current: string) =>
      t.http.patch('/api/v1/auth/me').auth(token, { type: 'bearer' }).send({ password, current_password: current });

    it('ends the other sessions for good while one of them is refreshed', async () => {
      const survivors: number[] = [];
      for (let round = 0; round < 8; round++) {
        const mine = await newUser();
        let other = await signIn(mine.email);
        const changed = new AbortController();
        const refreshing = (async () => {
          while (!changed.signal.aborted) {
            const next = await post('refresh', { refresh_token: other.refresh_token });
            if (next.status !== 200) return;
            other = next.body as Tokens;
          }
        })();
        await change(mine.access_token, `${PASSWORD} ${round}`, PASSWORD).expect(200);
        changed.abort();
        await refreshing;
        if ((await me(other.access_token)).status === 200) survivors.push(round);
        expect((await me(mine.access_token)).status).toBe(200);
      }
      expect(survivors).toEqual([]);
    });

    /** Does something between the check of a password and what follows from it. */
    function afterCheck(then: () => Promise<unknown>): void {
      const passwords = t.app.get(PasswordsService);
      const matches = passwords.matches.bind(passwords);
      jest.spyOn(passwords, 'matches').mockImplementationOnce(async (...given) => {
        const right = await matches(...given);
        await then();
        return right;
      });
    }

    it('refuses a sign-in whose old password was checked before', async () => {
      const mine = await newUser();
      afterCheck(() => change(mine.access_token, 'another long passphrase', PASSWORD).expect(200));
      expect(codeOf(await post('login', { email: mine.email, password: PASSWORD }))).toBe('401 invalid_credentials');
      await signIn(mine.email, 'another long passphrase');
    });

    it('is not replaced by one that was asked for with the old password', async () => {
      const mine = await newUser();
      afterCheck(() => change(mine.access_token, 'another long passphrase', PASSWORD).expect(200));
      const late = await change(mine.access_token, 'a third long passphrase', PASSWORD);
      expect(codeOf(late)).toBe('422 validation_failed');
      await signIn(mine.email, 'another long passphrase');
    });

    it('and an admin who switches the user off leave no session that was opened in between', async () => {
      const mine = await newUser();
      afterCheck(() =>
        t.database.dataSource.query('UPDATE users SET is_active = false WHERE email = $1', [mine.email]),
      );
      expect(codeOf(await post('login', { email: mine.email, password: PASSWORD }))).toBe('401 invalid_credentials');
    });
  });
});
