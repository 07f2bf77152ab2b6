import { createHash, createHmac, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { AccessTokensService } from '../../src/auth/tokens/access-tokens.service.js';
import { VirtualClock } from '../../src/platform/clock.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { testConfig } from '../support/config.js';
import { ROOT } from '../support/eventually.js';
import { runProgram } from '../support/program.js';
import { PASSWORD } from '../support/world.js';

/** JWTs made by hand, so that the proof does not lean on the library that it is about. */
const { jwtSecret: SECRET } = testConfig('postgresql://localhost/none');
const NOW = Math.floor(Date.now() / 1000);

type Fields = Record<string, unknown>;

const encoded = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

function hmac(algorithm: 'sha256' | 'sha512', secret: string, text: string): string {
  return createHmac(algorithm, secret).update(text).digest('base64url');
}

function hs256(payload: Fields, header: Fields = { alg: 'HS256', typ: 'JWT' }, secret = SECRET): string {
  const signed = `${encoded(header)}.${encoded(payload)}`;
  return `${signed}.${hmac('sha256', secret, signed)}`;
}

describe('point 3: which access tokens count', () => {
  let t: TestApp;
  let user: TestUser;
  let payload: Fields;
  let refreshToken: string;

  beforeAll(async () => {
    t = await createTestApp();
    user = await t.signUp('user');
    payload = JSON.parse(Buffer.from(user.token.split('.')[1]!, 'base64url').toString()) as Fields;
    const login = await t.http.post('/api/v1/auth/login').send({ email: user.email, password: PASSWORD });
    refreshToken = (login.body as { refresh_token: string }).refresh_token;
  });

  afterAll(() => t.close());

  const ask = (authorization?: string) => {
    const pending = t.http.get('/api/v1/auth/me');
    return authorization === undefined ? pending : pending.set('Authorization', authorization);
  };

  it('our own, which carries no role, runs 15 minutes and says HS256', async () => {
    const header = JSON.parse(Buffer.from(user.token.split('.')[0]!, 'base64url').toString()) as Fields;
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'sid', 'sub', 'typ']);
    expect(Number(payload['exp']) - Number(payload['iat'])).toBe(900);
    expect((await ask(`Bearer ${user.token}`)).status).toBe(200);
  });

  it('one made by hand with the right secret and claims: the forgeries below differ from it in one thing each', async () => {
    expect((await ask(`Bearer ${hs256(payload)}`)).status).toBe(200);
  });

  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(payload).filter(([name]) => !names.includes(name)));
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();

  const FORGERIES: readonly [string, () => string][] = [
    ['alg none, without a signature', () => `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(payload)}.`],
    ['alg None, in other letters', () => `${encoded({ alg: 'nOnE', typ: 'JWT' })}.${encoded(payload)}.`],
    ['alg none, with a signature', () => hs256(payload, { alg: 'none', typ: 'JWT' })],
    ['no alg', () => hs256(payload, { typ: 'JWT' })],
    [
      'HS512, rightly signed with our secret',
      () => {
        const signed = `${encoded({ alg: 'HS512', typ: 'JWT' })}.${encoded(payload)}`;
        return `${signed}.${hmac('sha512', SECRET, signed)}`;
      },
    ],
    ['RS256 in name, signed with our secret as the key', () => hs256(payload, { alg: 'RS256', typ: 'JWT' })],
    [
      'RS256, signed with a key of one’s own',
      () => {
        const signed = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(payload)}`;
        return `${signed}.${createSign('RSA-SHA256').update(signed).sign(rsa.privateKey, 'base64url')}`;
      },
    ],
    [
      'a key of one’s own sent along (jwk)',
      () => hs256(payload, { alg: 'HS256', jwk: { kty: 'oct', k: 'eA' } }, 'x'.repeat(40)),
    ],
    ['HS256, signed with a public key', () => hs256(payload, { alg: 'HS256', typ: 'JWT' }, publicPem)],
    ['another secret', () => hs256(payload, { alg: 'HS256', typ: 'JWT' }, 'another secret that is long enough too')],
    ['an empty secret', () => hs256(payload, { alg: 'HS256', typ: 'JWT' }, '')],
    ['wrong aud', () => hs256({ ...payload, aud: 'somebody-else' })],
    ['no aud', () => hs256(without('aud'))],
    ['wrong iss', () => hs256({ ...payload, iss: 'somebody-else' })],
    ['no iss', () => hs256(without('iss'))],
    ['wrong typ', () => hs256({ ...payload, typ: 'refresh' })],
    ['no typ', () => hs256(without('typ'))],
    ['no exp', () => hs256(without('exp'))],
    ['exp as text', () => hs256({ ...payload, exp: String(NOW + 900) })],
    ['exp a second ago', () => hs256({ ...payload, iat: NOW - 901, exp: NOW - 1 })],
    ['not before tomorrow', () => hs256({ ...payload, nbf: NOW + 86_400 })],
    ['no sub', () => hs256(without('sub'))],
    ['sub of nobody', () => hs256({ ...payload, sub: randomUUID() })],
    ['sub that is no id', () => hs256({ ...payload, sub: "' OR 1=1 --" })],
    ['sub as an object', () => hs256({ ...payload, sub: { $ne: null } })],
    ['no session', () => hs256(without('sid'))],
    ['a session of nobody', () => hs256({ ...payload, sid: randomUUID() })],
    [
      'a changed payload under the old signature',
      () => user.token.replace(/\.[^.]+\./, `.${encoded({ ...payload, exp: NOW + 99_999 })}.`),
    ],
    ['a changed signature', () => user.token.replace(/.$/, '').replace(/.{8}$/, 'AAAAAAAA')],
    ['no signature', () => user.token.replace(/[^.]+$/, '')],
    ['a refresh token', () => refreshToken],
    ['a payload that is no JSON', () => `${encoded({ alg: 'HS256' })}.bm8ganNvbg.${hmac('sha256', SECRET, 'x')}`],
    ['nothing', () => ''],
    ['100 kB', () => 'A'.repeat(9000)],
  ];

  it('none of the forgeries; all get the answer that no token at all gets', async () => {
    const bare = await ask();
    const bodyOf = (body: unknown) => ({ ...(body as Fields), trace_id: 'any' });
    expect(bare.status).toBe(401);
    expect(bare.headers['www-authenticate']).toBe('Bearer');
    for (const [what, forge] of FORGERIES) {
      const { status, body } = await ask(`Bearer ${forge()}`);
      expect({ what, status, body: bodyOf(body) }).toEqual({ what, status: 401, body: bodyOf(bare.body) });
    }
    for (const header of [user.token, `Basic ${user.token}`, `Bearer ${user.token} x`, `Bearer ${user.token},x`]) {
      const { status, body } = await ask(header);
      expect({ header, status, body: bodyOf(body) }).toEqual({ header, status: 401, body: bodyOf(bare.body) });
    }
  });

  it('only in the header: not in the query, not in a cookie, not in a body', async () => {
    const { status } = await t.http.get(`/api/v1/auth/me?access_token=${user.token}`);
    expect(status).toBe(401);
    expect((await t.http.get('/api/v1/auth/me').set('Cookie', `access_token=${user.token}`)).status).toBe(401);
    const body = { access_token: user.token, full_name: 'X' };
    expect((await t.http.patch('/api/v1/auth/me').send(body)).status).toBe(401);
  });
});

describe('point 3: what ends a token before its time', () => {
  let t: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    t = await createTestApp();
    admin = await t.signUp('admin');
  });

  afterAll(() => t.close());

  const as = (token: string) => ({ Authorization: `Bearer ${token}` });
  const statusOf = async (path: string, token: string) => (await t.http.get(path).set(as(token))).status;
  const changeUser = async (id: string, change: Fields) => {
    const { status } = await t.http.patch(`/api/v1/admin/users/${id}`).set(as(admin.token)).send(change);
    expect(status).toBe(200);
  };
  async function signIn(email: string): Promise<{ access: string; refresh: string }> {
    const { body } = await t.http.post('/api/v1/auth/login').send({ email, password: PASSWORD });
    const tokens = body as { access_token: string; refresh_token: string };
    return { access: tokens.access_token, refresh: tokens.refresh_token };
  }
  const refresh = (token: string) => t.http.post('/api/v1/auth/refresh').send({ refresh_token: token });

  it('a new role counts for the next request of the same token, up and down', async () => {
    const { id, token } = await t.signUp('user');
    expect(await statusOf('/api/v1/admin/users', token)).toBe(403);
    await changeUser(id, { role: 'admin' });
    expect(await statusOf('/api/v1/admin/users', token)).toBe(200);
    await changeUser(id, { role: 'user' });
    expect(await statusOf('/api/v1/admin/users', token)).toBe(403);
  });

  it('a disabled user is out at once, with access and refresh token, and old tokens do not come back', async () => {
    const { id, email, token } = await t.signUp('trader');
    const second = await signIn(email);
    await changeUser(id, { is_active: false });
    expect([await statusOf('/api/v1/auth/me', token), (await refresh(second.refresh)).status]).toEqual([401, 401]);
    await changeUser(id, { is_active: true });
    expect([await statusOf('/api/v1/auth/me', token), (await refresh(second.refresh)).status]).toEqual([401, 401]);
  });

  it('a logout ends the access tokens of its session, and of no other', async () => {
    const { email, token } = await t.signUp('user');
    const second = await signIn(email);
    await t.http.post('/api/v1/auth/logout').send({ refresh_token: second.refresh });
    expect(await statusOf('/api/v1/auth/me', second.access)).toBe(401);
    expect((await refresh(second.refresh)).status).toBe(401);
    expect(await statusOf('/api/v1/auth/me', token)).toBe(200);
  });

  it('a new password ends all other sessions', async () => {
    const { email, token } = await t.signUp('user');
    const second = await signIn(email);
    const body = { password: 'quite another passphrase', current_password: PASSWORD };
    expect((await t.http.patch('/api/v1/auth/me').set(as(token)).send(body)).status).toBe(200);
    expect(await statusOf('/api/v1/auth/me', second.access)).toBe(401);
    expect((await refresh(second.refresh)).status).toBe(401);
    expect(await statusOf('/api/v1/auth/me', token)).toBe(200);
  });

  it('a refresh token counts once; a second use ends the whole session', async () => {
    const { email } = await t.signUp('user');
    const first = await signIn(email);
    const second = (await refresh(first.refresh)).body as { access_token: string; refresh_token: string };
    expect(second.refresh_token).not.toBe(first.refresh);
    expect(await statusOf('/api/v1/auth/me', second.access_token)).toBe(200);
    expect((await refresh(first.refresh)).status).toBe(401);
    expect(await statusOf('/api/v1/auth/me', second.access_token)).toBe(401);
    expect((await refresh(second.refresh_token)).status).toBe(401);
  });

  it('of ten uses at the same time one at most counts', async () => {
    const { email } = await t.signUp('user');
    const { refresh: token } = await signIn(email);
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(token)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(answers.every(({ status }) => status === 200 || status === 401)).toBe(true);
  });

  it('refresh tokens are stored as their SHA-256 only', async () => {
    const { email } = await t.signUp('user');
    const { refresh: token } = await signIn(email);
    const rows = await t.database.dataSource.query<Fields[]>('SELECT * FROM refresh_tokens');
    expect(JSON.stringify(rows)).not.toContain(token);
    const hash = createHash('sha256').update(token).digest('hex');
    expect(rows.filter((row) => row['token_hash'] === hash).length).toBe(1);
  });
});

describe('point 3: a JWT secret under 32 bytes', () => {
  it.each(['short', 'x'.repeat(31)])(
    '%s keeps the program from starting, in one line without the secret',
    async (secret) => {
      const env = { JWT_SECRET: secret, DATABASE_URL: 'postgresql://localhost/none', DATA_DIR: ROOT };
      const { code, stderr } = await runProgram('src/main.js', [], env);
      expect(code).toBe(1);
      expect(stderr).toContain('JWT_SECRET');
      expect(stderr).not.toContain(secret);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    },
  );

  it('is refused where tokens are made, too, whatever has read the settings', () => {
    const config = testConfig('postgresql://localhost/none', { jwtSecret: 'x'.repeat(31) });
    const clock = new VirtualClock(new Date('2026-01-01T00:00:00Z'));
    expect(() => new AccessTokensService(new JwtService(), config, clock)).toThrow('JWT_SECRET');
  });
});
