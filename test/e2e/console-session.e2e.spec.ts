import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { VirtualClock } from '../../src/platform/clock.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';

const PASSWORD = 'a long enough passphrase';
const PATH = '/api/v1/auth/session';
const MINUTE = 60_000;

describe('the session of the console', () => {
  const clock = new VirtualClock(new Date('2025-03-01T12:00:00Z'));
  let t: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    t = await createTestApp({ clock });
    user = await t.signUp('trader');
  });

  afterAll(() => t.close());

  const tokenOf = (response: Response): string => (response.body as { access_token: string }).access_token;
  const codeOf = (response: Response): string =>
    `${response.status} ${(response.body as { code?: string }).code ?? ''}`;
  const setCookieOf = (response: Response): string => (response.headers['set-cookie'] as unknown as string[])[0]!;
  /** `name=value`, as the browser sends it back. */
  const cookieOf = (response: Response): string => setCookieOf(response).split(';')[0]!;
  const me = (token: string) => t.http.get('/api/v1/auth/me').auth(token, { type: 'bearer' });
  const open = () => t.http.post(PATH).send({ email: user.email, password: PASSWORD });
  const refresh = (cookie: string) => t.http.post(`${PATH}/refresh`).set('Cookie', `other=1; ${cookie}`);

  it('gives the page an access token and only the browser the refresh token', async () => {
    const opened = await open().expect(200);
    expect(Object.keys(opened.body as object).sort()).toEqual(['access_token', 'expires_in', 'token_type']);
    await me(tokenOf(opened)).expect(200);
    expect(setCookieOf(opened)).toMatch(
      /^conclave_session=[\w-]{43}; Max-Age=2592000; Path=\/api\/v1\/auth\/session; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
  });

  it('keeps the cookie to https where the console came over https', async () => {
    const secured = await createTestApp({ clock, database: t.database, config: { trustProxy: 1 } });
    try {
      const body = { email: user.email, password: PASSWORD };
      const opened = await secured.http.post(PATH).set('X-Forwarded-Proto', 'https').send(body).expect(200);
      expect(setCookieOf(opened)).toMatch(/^__Host-conclave_session=[\w-]{43}; Max-Age=2592000; Path=\/; .*; Secure;/);
    } finally {
      await secured.close();
    }
  });

  it('does so with PUBLIC_URL, whatever a proxy says or not, and takes no cookie of another name', async () => {
    const config = { publicUrl: 'https://conclave.example' };
    const secured = await createTestApp({ clock, database: t.database, config });
    try {
      const continued = (cookie: string) => secured.http.post(`${PATH}/refresh`).set('Cookie', cookie);
      const opened = await secured.http.post(PATH).send({ email: user.email, password: PASSWORD }).expect(200);
      for (const cookie of opened.headers['set-cookie'] as unknown as string[]) {
        expect(cookie).toMatch(/^__Host-conclave_(session|device)=.*; Path=\/; .*; HttpOnly; Secure; SameSite=Strict$/);
        expect(cookie).not.toContain('Domain');
      }
      const [, token] = cookieOf(opened).split('=');
      expect(codeOf(await continued(`conclave_session=${token}`))).toBe('401 no_console_session');
      const next = await continued(`conclave_session=planted; ${cookieOf(opened)}`).expect(200);
      const closed = await secured.http.delete(PATH).set('Cookie', cookieOf(next)).expect(204);
      expect(setCookieOf(closed)).toMatch(/^__Host-conclave_session=; Path=\/; Expires=Thu, 01 Jan 1970.*; Secure/);
    } finally {
      await secured.close();
    }
  });

  it('goes on with the cookie, which changes each time', async () => {
    const opened = await open().expect(200);
    const next = await refresh(cookieOf(opened)).expect(200);
    expect(cookieOf(next)).not.toBe(cookieOf(opened));
    await me(tokenOf(next)).expect(200);
    await refresh(cookieOf(next)).expect(200);
  });

  it('lets two tabs ask at once, and a page be reloaded before the answer came', async () => {
    const cookie = cookieOf(await open().expect(200));
    const answers = await Promise.all([refresh(cookie), refresh(cookie)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(cookieOf(answers[1])).toBe(cookieOf(answers[0]));
    clock.advance(MINUTE - 1000);
    expect(cookieOf(await refresh(cookie).expect(200))).toBe(cookieOf(answers[0]));
    for (const answer of answers) await me(tokenOf(answer)).expect(200);
  });

  it('ends when an old cookie comes again later: two parties hold it', async () => {
    const first = await open().expect(200);
    const second = await refresh(cookieOf(first)).expect(200);
    clock.advance(MINUTE + 1000);
    expect(codeOf(await refresh(cookieOf(first)))).toBe('401 invalid_refresh_token');
    await me(tokenOf(second)).expect(401);
    expect(codeOf(await refresh(cookieOf(second)))).toBe('401 invalid_refresh_token');
  });

  it('gives the newest cookie to a caller with an old one within the minute', async () => {
    const first = cookieOf(await open().expect(200));
    const second = cookieOf(await refresh(first).expect(200));
    const third = cookieOf(await refresh(second).expect(200));
    expect(cookieOf(await refresh(first).expect(200))).toBe(third);
    expect(cookieOf(await refresh(second).expect(200))).toBe(third);
    await refresh(third).expect(200);
  });

  it('never has two cookies that both go on: a thief who was quick is found out at the next refresh', async () => {
    const stolen = cookieOf(await open().expect(200));
    const victim = cookieOf(await refresh(stolen).expect(200));
    const thief = cookieOf(await refresh(stolen).expect(200));
    const [unused] = await t.database.dataSource.query<{ count: string }[]>(
      `SELECT count(*) FROM refresh_tokens t WHERE used_at IS NULL AND revoked_at IS NULL AND family_id =
         (SELECT family_id FROM refresh_tokens WHERE user_id = $1 ORDER BY created_at DESC, used_at NULLS FIRST LIMIT 1)`,
      [user.id],
    );
    expect(unused!.count).toBe('1');
    clock.advance(14 * MINUTE);
    const next = await refresh(victim).expect(200);
    clock.advance(2 * MINUTE);
    expect(codeOf(await refresh(thief))).toBe('401 invalid_refresh_token');
    await me(tokenOf(next)).expect(401);
    expect(codeOf(await refresh(cookieOf(next)))).toBe('401 invalid_refresh_token');
  });

  it('counts the minute from the first use, however often it comes', async () => {
    const cookie = cookieOf(await open().expect(200));
    await refresh(cookie).expect(200);
    clock.advance(MINUTE / 2 + 1000);
    await refresh(cookie).expect(200);
    clock.advance(MINUTE / 2 + 1000);
    expect(codeOf(await refresh(cookie))).toBe('401 invalid_refresh_token');
  });

  it('gives the tokens of programs no such minute, and takes none of them as a cookie', async () => {
    const { body } = await t.http
      .post('/api/v1/auth/login')
      .send({ email: user.email, password: PASSWORD })
      .expect(200);
    const { refresh_token } = body as { refresh_token: string };
    expect(codeOf(await refresh(`conclave_session=${refresh_token}`))).toBe('401 invalid_refresh_token');
    await t.http.post('/api/v1/auth/refresh').send({ refresh_token }).expect(200);
    await t.http.post('/api/v1/auth/refresh').send({ refresh_token }).expect(401);
  });

  it('cannot be continued with its cookie as a token of the interface', async () => {
    const refresh_token = cookieOf(await open().expect(200)).split('=')[1];
    const answer = await t.http.post('/api/v1/auth/refresh').send({ refresh_token });
    expect(codeOf(answer)).toBe('401 invalid_refresh_token');
  });

  it('ends with the sign-out, which takes the cookie away', async () => {
    const opened = await open().expect(200);
    const closed = await t.http.delete(PATH).set('Cookie', cookieOf(opened)).expect(204);
    expect(setCookieOf(closed)).toMatch(/^conclave_session=; Path=\/api\/v1\/auth\/session; Expires=Thu, 01 Jan 1970/);
    await me(tokenOf(opened)).expect(401);
    await refresh(cookieOf(opened)).expect(401);
    await t.http.delete(PATH).expect(204);
  });

  describe('with two cookies of the name, of which a page on another port or path has planted one', () => {
    const cleared = (response: Response): string[] =>
      (response.headers['set-cookie'] as unknown as string[]).map(
        (cookie) => /Path=([^;]+); Expires=Thu, 01 Jan 1970/.exec(cookie)![1]!,
      );

    it('goes on with neither of them, and removes them from every path', async () => {
      const ours = cookieOf(await open().expect(200));
      const attacker = await t.signUp('user');
      const theirs = cookieOf(await t.http.post(PATH).send({ email: attacker.email, password: PASSWORD }).expect(200));
      for (const planted of [theirs, 'conclave_session=rubbish', ours]) {
        const refused = await refresh(`${planted}; ${ours}`);
        expect(codeOf(refused)).toBe('401 no_console_session');
        expect(cleared(refused)).toEqual(['/', '/api', '/api/v1', '/api/v1/auth', PATH, `${PATH}/refresh`]);
      }
      await refresh(ours).expect(200);
    });

    it('ends both sessions with the sign-out', async () => {
      const first = await open().expect(200);
      const second = await open().expect(200);
      const closed = await t.http
        .delete(PATH)
        .set('Cookie', `${cookieOf(first)}; ${cookieOf(second)}`)
        .expect(204);
      expect(cleared(closed)).toHaveLength(6);
      for (const opened of [first, second]) await me(tokenOf(opened)).expect(401);
    });
  });

  it('is nothing for pages of other origins, also on the same site', async () => {
    const cookie = cookieOf(await open().expect(200));
    for (const site of ['cross-site', 'same-site']) {
      expect(codeOf(await refresh(cookie).set('Sec-Fetch-Site', site))).toBe('403 other_origin');
      expect(codeOf(await t.http.delete(PATH).set('Cookie', cookie).set('Sec-Fetch-Site', site))).toBe(
        '403 other_origin',
      );
      expect(codeOf(await open().set('Sec-Fetch-Site', site))).toBe('403 other_origin');
    }
    await refresh(cookie).set('Sec-Fetch-Site', 'same-origin').expect(200);
  });

  it('is nothing for them either where the browser sends only Origin: on plain http by name', async () => {
    const cookie = cookieOf(await open().expect(200));
    const from = (origin: string) => refresh(cookie).set({ Host: 'conclave.lan:3000', Origin: origin });
    for (const origin of [
      'http://conclave.lan:8080',
      'http://conclave.lan',
      'http://evil.example',
      'null',
      'conclave.lan:3000',
    ]) {
      expect(codeOf(await from(origin))).toBe('403 other_origin');
    }
    await from('http://conclave.lan:3000').expect(200);
  });

  it('is the console’s behind a proxy that ends TLS, by the Host it passes on or by PUBLIC_URL', async () => {
    const config = { publicUrl: 'https://conclave.example' };
    const behind = await createTestApp({ clock, database: t.database, config });
    try {
      const from = (origin: string, host: string) => behind.http.delete(PATH).set({ Host: host, Origin: origin });
      await from('https://conclave.example', 'conclave.example').expect(204);
      await from('https://conclave.example', 'conclave.example:443').expect(204);
      await from('https://conclave.example', '127.0.0.1:3000').expect(204);
      expect(codeOf(await from('https://evil.example', '127.0.0.1:3000'))).toBe('403 other_origin');
    } finally {
      await behind.close();
    }
  });

  it.each(['', 'conclave_session=', 'conclave_session=short', 'xconclave_session=' + 'a'.repeat(43)])(
    'says that there is none for the cookie %j',
    async (cookie) => {
      expect(codeOf(await refresh(cookie))).toBe('401 no_console_session');
    },
  );
});
