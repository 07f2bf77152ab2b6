import { createHash } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'supertest';
import { AttemptLimits, delaySeconds } from '../../src/auth/attempt-limits.js';
import { PasswordsService } from '../../src/auth/passwords.service.js';
import { DeviceTokensService } from '../../src/auth/tokens/device-tokens.service.js';
import { VirtualClock } from '../../src/platform/clock.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { testConfig } from '../support/config.js';
import { countStatements } from '../support/statement-counter.js';

const PASSWORD = 'a long enough passphrase';
const WRONG = 'not the right passphrase';
const LIMITS = { loginFailuresPerAccount: 5, loginFailuresPerAddress: 50, trustProxy: 1 };

type Body = Record<string, unknown>;

function codeOf(response: Response): string {
  return `${response.status} ${(response.body as { code?: string }).code ?? ''}`.trim();
}

describe('point 2: passwords', () => {
  let t: TestApp;
  let accounts = 0;
  let addresses = 0;

  beforeAll(async () => {
    t = await createTestApp({ config: LIMITS });
  });

  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => t.close());

  /** An address that nobody has used yet. */
  const newAddress = (): string => `192.0.2.${++addresses}`;

  async function register(): Promise<string> {
    const email = `guessed-${++accounts}@conclave.test`;
    await t.http.post('/api/v1/auth/register').send({ email, password: PASSWORD }).expect(201);
    return email;
  }

  const login = (email: string, password: string, address: string, app = t) =>
    app.http.post('/api/v1/auth/login').set('x-forwarded-for', address).send({ email, password });

  async function logins(times: number, email: string, password: string, address: string): Promise<string[]> {
    const codes: string[] = [];
    for (let time = 0; time < times; time++) codes.push(codeOf(await login(email, password, address)));
    return codes;
  }

  const checks = () => jest.spyOn(t.app.get(PasswordsService), 'matches');

  const endWindows = () => t.database.dataSource.query(`UPDATE rate_limits SET expire = 0`);

  const auditOf = (email: string): Promise<Body[]> =>
    t.database.dataSource.query(
      `SELECT action, actor_id, target_id, after FROM audit_log WHERE after->>'email' = $1 AND action LIKE 'session.%' ORDER BY id`,
      [email],
    );

  describe('are stored', () => {
    it('with argon2id, 19 MiB, two passes, one lane, to their last character', async () => {
      const email = `guessed-${++accounts}@conclave.test`;
      const long = 'xyz1'.repeat(32);
      await t.http.post('/api/v1/auth/register').send({ email, password: long }).expect(201);
      const [row] = await t.database.dataSource.query<Body[]>(`SELECT password_hash FROM users WHERE email = $1`, [
        email,
      ]);
      expect(row!['password_hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      const address = newAddress();
      expect(codeOf(await login(email, `${long.slice(0, -1)}2`, address))).toBe('401 invalid_credentials');
      expect((await login(email, long, address)).status).toBe(200);
    });

    it.each([
      ['7 characters', 'seven77'],
      ['129 characters', `${'xyz1'.repeat(32)}x`],
      ['a common one', 'Password123'],
    ])('never: %s', async (_what, password) => {
      const email = `guessed-${++accounts}@conclave.test`;
      expect((await t.http.post('/api/v1/auth/register').send({ email, password })).status).toBe(422);
    });
  });

  describe('cannot be guessed for one account:', () => {
    it('after 5 failures from an address the answer is 429 with Retry-After, whatever the password', async () => {
      const email = await register();
      const address = newAddress();
      expect(await logins(5, email, WRONG, address)).toEqual(Array(5).fill('401 invalid_credentials'));
      const refused = await login(email, PASSWORD, address);
      expect(codeOf(refused)).toBe('429 too_many_attempts');
      expect(refused.headers['content-type']).toContain('application/problem+json');
      const seconds = Number(refused.headers['retry-after']);
      expect(seconds).toBeGreaterThan(14 * 60);
      expect(seconds).toBeLessThanOrEqual(15 * 60);
    });

    it('a refused attempt costs no password work', async () => {
      const email = await register();
      const address = newAddress();
      await logins(5, email, WRONG, address);
      const matches = checks();
      expect(await logins(3, email, PASSWORD, address)).toEqual(Array(3).fill('429 too_many_attempts'));
      expect(matches).not.toHaveBeenCalled();
    });

    it('the spelling of the address makes no other account', async () => {
      const email = await register();
      const address = newAddress();
      await logins(3, email, WRONG, address);
      await logins(2, ` ${email.toUpperCase()} `, WRONG, address);
      expect(codeOf(await login(email, PASSWORD, address))).toBe('429 too_many_attempts');
    });

    it('thirty attempts at once from two networks are five checks each', async () => {
      const email = await register();
      const matches = checks();
      const address = newAddress();
      // Of one IPv6 network: the owner of one address has all.
      const addresses = [address, '2001:db8:7:7::'];
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          login(email, WRONG, index % 2 ? addresses[0]! : `${addresses[1]!}${index}`),
        ),
      );
      expect(matches.mock.calls.length).toBe(10);
      const codes = answers.map(codeOf);
      expect(codes.filter((code) => code === '401 invalid_credentials')).toHaveLength(10);
      expect(codes.filter((code) => code === '200')).toEqual([]);
    });

    it('replicas count together', async () => {
      const other = await createTestApp({ config: LIMITS, database: t.database });
      const email = await register();
      const codes: string[] = [];
      const address = newAddress();
      for (let time = 0; time < 8; time++) {
        codes.push(codeOf(await login(email, WRONG, address, time % 2 === 0 ? t : other)));
      }
      await other.close();
      expect(codes).toEqual([...Array(5).fill('401 invalid_credentials'), ...Array(3).fill('429 too_many_attempts')]);
    });

    it('the right password clears the count', async () => {
      const email = await register();
      const address = newAddress();
      for (let round = 0; round < 3; round++) {
        expect(await logins(4, email, WRONG, address)).toEqual(Array(4).fill('401 invalid_credentials'));
        expect((await login(email, PASSWORD, address)).status).toBe(200);
      }
    });

    it('ten sign-ins at once with the right password are no failures', async () => {
      const email = await register();
      const answers = await Promise.all(Array.from({ length: 10 }, () => login(email, PASSWORD, newAddress())));
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    });

    it('when the window is over it may be tried again', async () => {
      const email = await register();
      const address = newAddress();
      await logins(6, email, WRONG, address);
      await endWindows();
      expect((await login(email, PASSWORD, address)).status).toBe(200);
    });

    it('an attempt that failed on our side is no failure', async () => {
      const email = await register();
      const address = newAddress();
      await logins(4, email, WRONG, address);
      const broken = jest.spyOn(t.app.get(PasswordsService), 'matches').mockRejectedValue(new Error('broken'));
      expect(await logins(3, email, PASSWORD, address)).toEqual(Array(3).fill('500 internal_error'));
      broken.mockRestore();
      expect((await login(email, PASSWORD, address)).status).toBe(200);
    });
  });

  describe('cannot be used to lock somebody out:', () => {
    /** As if so many had failed for the account in this hour, from everywhere. */
    async function failedBefore(email: string, times: number): Promise<void> {
      await login(email, WRONG, newAddress());
      const account = createHash('sha256').update(email).digest('hex');
      const counted = await t.database.dataSource.query<[unknown, number]>(
        `UPDATE rate_limits SET points = $1 WHERE key = $2`,
        [times, `failures:account:${account}`],
      );
      expect(counted[1]).toBe(1);
    }

    const delays = () => jest.spyOn(t.app.get(AttemptLimits), 'delay').mockResolvedValue(undefined);

    it('failures from one address leave all others their own', async () => {
      const email = await register();
      await logins(7, email, WRONG, newAddress());
      expect((await login(email, PASSWORD, newAddress())).status).toBe(200);
    });

    it('an account that fails from everywhere is slowed down by seconds, and the right password counts', async () => {
      const email = await register();
      const waited = delays();
      await failedBefore(email, 99);
      expect((await login(email, PASSWORD, newAddress())).status).toBe(200);
      expect(waited).not.toHaveBeenCalled();
      await failedBefore(email, 100_000);
      expect((await login(email, PASSWORD, newAddress())).status).toBe(200);
      expect(waited.mock.calls).toEqual([[8]]);
    });

    it.each([
      [100, 0],
      [101, 1],
      [120, 1],
      [121, 2],
      [5000, 8],
    ])('the delay at %d failures of 100 is %d s', (failures, seconds) => {
      expect(delaySeconds(failures, 100)).toBe(seconds);
    });

    describe('a device that signed in before', () => {
      /** Its email and what it was answered. */
      async function knownDevice(address: string): Promise<{ email: string; device: string }> {
        const email = await register();
        const { device_token } = (await login(email, PASSWORD, address)).body as { device_token: string };
        return { email, device: device_token };
      }

      const withDevice = (email: string, password: string, address: string, device_token: string) =>
        t.http.post('/api/v1/auth/login').set('x-forwarded-for', address).send({ email, password, device_token });

      it('is neither refused nor slowed down by failures of others, also behind the same address', async () => {
        const address = newAddress();
        const { email, device } = await knownDevice(address);
        await logins(6, email, WRONG, address);
        const waited = delays();
        await failedBefore(email, 5000);
        await t.database.dataSource.query(`UPDATE rate_limits SET points = 1000 WHERE key = $1`, [
          `failures:address:${address}`,
        ]);
        waited.mockClear();
        expect(codeOf(await login(email, PASSWORD, address))).toBe('429 too_many_attempts');
        expect((await withDevice(email, PASSWORD, address, device)).status).toBe(200);
        expect(waited).not.toHaveBeenCalled();
      });

      it('has five failures of its own, which are none of the address', async () => {
        const address = newAddress();
        const { email, device } = await knownDevice(address);
        const codes: string[] = [];
        for (let time = 0; time < 6; time++) codes.push(codeOf(await withDevice(email, WRONG, address, device)));
        expect(codes).toEqual([...Array(5).fill('401 invalid_credentials'), '429 too_many_attempts']);
        expect((await login(email, PASSWORD, address)).status).toBe(200);
      });

      it('is one by a token of this account alone, as the server made it', async () => {
        const address = newAddress();
        const { email, device } = await knownDevice(address);
        const another = await knownDevice(newAddress());
        await logins(5, email, WRONG, address);
        const access = ((await login(another.email, PASSWORD, newAddress())).body as { access_token: string })
          .access_token;
        const [header, payload, signature] = device.split('.') as [string, string, string];
        for (const token of [
          another.device,
          access,
          `${header}.${payload}.`,
          `${header}.${payload}x.${signature}`,
          '',
        ]) {
          expect(codeOf(await withDevice(email, PASSWORD, address, token))).toBe('429 too_many_attempts');
        }
      });

      it('gets no further than the sign-in with its token', async () => {
        const { device } = await knownDevice(newAddress());
        expect((await t.http.get('/api/v1/auth/me').auth(device, { type: 'bearer' })).status).toBe(401);
      });

      it('is known for 30 days', async () => {
        const clock = new VirtualClock(new Date('2025-03-01T12:00:00Z'));
        const { jwtSecret: secret } = testConfig('postgresql://localhost/none');
        const devices = new DeviceTokensService(new JwtService({ secret }), clock);
        const token = devices.issue('ada@example.com');
        clock.advance(30 * 86_400_000 - 1000);
        expect(devices.deviceOf(token, 'ada@example.com')).toMatch(/^[0-9a-f-]{36}$/);
        clock.advance(1000);
        expect(devices.deviceOf(token, 'ada@example.com')).toBeNull();
      });

      it('in the console it is one by its cookie', async () => {
        const email = await register();
        const address = newAddress();
        const open = (cookie: string) =>
          t.http
            .post('/api/v1/auth/session')
            .set({ 'x-forwarded-for': address, cookie })
            .send({ email, password: PASSWORD });
        const cookies = (await open('')).headers['set-cookie'] as unknown as string[];
        expect(cookies[1]).toMatch(/^conclave_device=[^;]+; Max-Age=2592000; Path=\/api\/v1\/auth\/session;/);
        expect(cookies[1]).toMatch(/; HttpOnly; SameSite=Strict$/);
        await logins(5, email, WRONG, address);
        expect(codeOf(await open(''))).toBe('429 too_many_attempts');
        expect((await open(cookies[1]!.split(';')[0]!)).status).toBe(200);
      });
    });
  });

  describe('do not tell which addresses have an account:', () => {
    it('unknown and known are answered alike, before and after the limit, for the same work', async () => {
      const known = await register();
      const unknown = 'nobody-of-ours@conclave.test';
      const seen = { known: [] as unknown[], unknown: [] as unknown[] };
      for (const [what, email] of Object.entries({ known, unknown }) as ['known' | 'unknown', string][]) {
        const address = newAddress();
        for (let time = 0; time < 7; time++) {
          const matches = checks();
          const counter = countStatements();
          const response = await login(email, WRONG, address);
          counter.stop();
          const { trace_id: _traceId, ...body } = response.body as Body;
          // The clock asks the database for the time every half minute, whatever else happens.
          const statements = counter.statements.filter((text) => !text.endsWith('AS ms'));
          seen[what].push({ body, checks: matches.mock.calls.length, statements });
          matches.mockRestore();
        }
      }
      expect(seen.unknown).toEqual(seen.known);
      expect(seen.known).toHaveLength(7);
      expect(seen.known[0]).toMatchObject({ body: { status: 401 }, checks: 1 });
      expect(seen.known[6]).toMatchObject({ body: { status: 429 }, checks: 0 });
    });
  });

  it('take as long to check where there is no account', async () => {
    const passwords = t.app.get(PasswordsService);
    const stored = await passwords.hash(PASSWORD);
    const time = async (hash: string | null): Promise<number> => {
      const started = performance.now();
      expect(await passwords.matches(hash, WRONG, { lane: 'sign_in', key: 'timed' })).toBe(false);
      return performance.now() - started;
    };
    const times: { known: number; unknown: number }[] = [];
    for (let round = 0; round < 9; round++) times.push({ known: await time(stored), unknown: await time(null) });
    // The quickest of several: what else the machine does can only make one slower. Without the work it would be a hundredth.
    const known = Math.min(...times.map((one) => one.known));
    const unknown = Math.min(...times.map((one) => one.unknown));
    expect(unknown).toBeGreaterThan(known / 4);
  });

  describe('cannot be guessed from one address:', () => {
    it('after 50 failures it waits, and cannot block accounts any more; other addresses go on', async () => {
      const email = await register();
      const address = newAddress();
      jest.spyOn(t.app.get(PasswordsService), 'matches').mockResolvedValue(false);
      const codes: string[] = [];
      for (let time = 0; time < 50; time++)
        codes.push(codeOf(await login(`nobody-${time}@conclave.test`, WRONG, address)));
      expect(new Set(codes)).toEqual(new Set(['401 invalid_credentials']));
      jest.restoreAllMocks();
      const matches = checks();
      expect(await logins(6, email, PASSWORD, address)).toEqual(Array(6).fill('429 too_many_attempts'));
      expect(matches).not.toHaveBeenCalled();
      const refused = await login(email, PASSWORD, address);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(59 * 60);
      expect((await login(email, PASSWORD, newAddress())).status).toBe(200);
    });

    it('sign-ins with the right password do not count', async () => {
      const email = await register();
      const address = newAddress();
      jest.spyOn(t.app.get(PasswordsService), 'matches').mockResolvedValue(true);
      expect(new Set(await logins(55, email, PASSWORD, address))).toEqual(new Set(['200']));
    });
  });

  describe('are asked for once more for a new one', () => {
    const change = (user: TestUser, current: string) =>
      t.http
        .patch('/api/v1/auth/me')
        .auth(user.token, { type: 'bearer' })
        .set('x-forwarded-for', newAddress())
        .send({ password: 'another long passphrase', current_password: current });

    it('and five wrong ones are a session’s, whatever fails elsewhere', async () => {
      const user = await t.signUp('user');
      await logins(6, user.email, WRONG, newAddress());
      for (let time = 0; time < 5; time++) expect((await change(user, WRONG)).status).toBe(422);
      const matches = checks();
      expect(codeOf(await change(user, PASSWORD))).toBe('429 too_many_attempts');
      expect(matches).not.toHaveBeenCalled();
      const refused = await t.database.dataSource.query(
        `SELECT 1 FROM audit_log WHERE action = 'user.password_refused' AND actor_id = $1`,
        [user.id],
      );
      expect(refused).toHaveLength(5);
      expect((await login(user.email, PASSWORD, newAddress())).status).toBe(200);
    });

    it('and the right one clears the count', async () => {
      const user = await t.signUp('user');
      for (let time = 0; time < 4; time++) expect((await change(user, WRONG)).status).toBe(422);
      expect((await change(user, PASSWORD)).status).toBe(200);
      expect(await logins(5, user.email, WRONG, newAddress())).toEqual(Array(5).fill('401 invalid_credentials'));
    });
  });

  describe('have refresh tokens beside them', () => {
    const refresh = (token: string, address: string) =>
      t.http.post('/api/v1/auth/refresh').set('x-forwarded-for', address).send({ refresh_token: token });

    it('of which 50 unknown ones an hour are looked up for an address; a right one always counts', async () => {
      const email = await register();
      const address = newAddress();
      const signedIn = (await login(email, PASSWORD, newAddress())).body as { refresh_token: string };
      const codes: string[] = [];
      for (let time = 0; time < 52; time++) codes.push(codeOf(await refresh('x'.repeat(43), address)));
      expect(codes.slice(0, 50)).toEqual(Array(50).fill('401 invalid_refresh_token'));
      expect(codes.slice(50)).toEqual(Array(2).fill('429 too_many_attempts'));
      expect((await refresh('x'.repeat(43), address)).headers['retry-after']).toMatch(/^\d+$/);
      expect((await refresh(signedIn.refresh_token, address)).status).toBe(200);
      expect((await refresh('x'.repeat(43), newAddress())).status).toBe(401);
      expect((await login(email, PASSWORD, address)).status).toBe(200);
    });
  });

  it('failures and the block stand in the audit log, the password does not', async () => {
    const email = await register();
    const address = newAddress();
    await logins(9, email, WRONG, address);
    const lines = await auditOf(email);
    expect(lines.map(({ action }) => action)).toEqual([...Array(5).fill('session.refused'), 'session.blocked']);
    expect(lines[5]).toMatchObject({ actor_id: null, target_id: 'unknown', after: { email, address } });
    expect(JSON.stringify(lines)).not.toContain(WRONG);
  });
});
