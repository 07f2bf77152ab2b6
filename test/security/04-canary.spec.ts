import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tablesOf } from '../support/fingerprint.js';
import { sendTo } from '../support/http-client.js';
import { formsOf, secretsIn } from '../support/secret-forms.js';
import { ACTORS, createWorld, PASSWORD, type World } from '../support/world.js';

/** Each with characters that look otherwise in JSON, URLs and HTML, so that no form of them is the plain one. */
const KEYS = {
  api_key: 'canary"k\\ey+/%=&<9f31c2>',
  api_secret: 'canary"se\\cret+/%=&<77aa01>',
  'api_key of a refused change': 'canary"re\\fused+/%=&<c0ffee>',
};
const PASSWORDS = {
  'password of an account': 'canary"pa\\ssword+/%=&<5d2b>é',
  'password that was changed to': 'canary"ne\\wpass+/%=&<8e4f>é',
  'wrong password': 'canary"wr\\ong+/%=&<1b7c>é',
  'password of an account that an admin made': 'canary"ma\\de+/%=&<b00c>é',
};
const SECRETS = { ...KEYS, ...PASSWORDS };

describe('point 4: the canary', () => {
  const lines: string[] = [];
  const answers: string[] = [];
  let world: World;

  beforeAll(async () => {
    const log = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    world = await createWorld({ config: { logLevel: 'trace' }, log });
    await leaveSecrets();
    await askEverything();
  });

  afterAll(() => world.t.close());

  async function send(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<number> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const request = { method, path, headers: { 'Content-Type': 'application/json', ...headers }, body: text };
    const answer = await sendTo(world.t, request);
    answers.push(`${JSON.stringify(answer.headers)}\n${answer.text}`);
    return answer.status;
  }

  /** Sends each secret wherever a caller would, in requests that succeed and in such that fail. */
  async function leaveSecrets(): Promise<void> {
    const admin = world.headersOf('admin');
    const { api_key, api_secret } = KEYS;
    const refused = KEYS['api_key of a refused change'];
    const fred = '/api/v1/admin/apis/fred_api';
    const email = 'canary@conclave.test';
    const [first, second, wrong, made] = Object.values(PASSWORDS) as [string, string, string, string];
    const statuses = [
      await send('PATCH', fred, { api_key, api_secret }, admin),
      await send('PATCH', fred, { api_key: refused, rate_limit: -1 }, admin),
      await send('PATCH', fred, { api_key: `${refused} with a blank` }, admin),
      await send('PATCH', fred, { api_key: { nested: refused } }, admin),
      await send('PATCH', fred, `{"api_key":${JSON.stringify(refused)}`, admin),
      await send('PATCH', fred, { api_key: refused }, { ...admin, 'If-Match': '"v99"' }),
      await send('PATCH', fred, { api_key: refused }, world.headersOf('user')),
      await send('PATCH', fred, { api_key: refused }, { 'Content-Type': 'text/plain', ...admin }),
      await send('GET', `${fred}?api_key=${encodeURIComponent(refused)}`, '', admin).then(() => 200),
      await send('POST', '/api/v1/auth/register', { email, password: first }),
      await send('POST', '/api/v1/auth/register', { email, password: first }),
      await send('POST', '/api/v1/auth/register', { email: 'x', password: wrong, extra: wrong }),
      await send('POST', '/api/v1/auth/register', { email: 'y@conclave.test', password: [wrong] }),
      await send('POST', '/api/v1/auth/login', { email, password: wrong }),
      await send('POST', '/api/v1/auth/login', { email, password: first }),
      await send('POST', '/api/v1/auth/refresh', { refresh_token: wrong }),
      await send('POST', '/api/v1/auth/login', { email, password: wrong }, { Authorization: 'Basic eDp5' }),
      await send('POST', '/api/v1/admin/users', { email: 'made@conclave.test', password: made, role: 'user' }, admin),
    ];
    expect(statuses).toEqual([
      200, 422, 422, 422, 400, 412, 403, 415, 200, 201, 409, 422, 422, 401, 200, 422, 401, 201,
    ]);
    const { access_token: token } = JSON.parse(answers.at(-4)!.split('\n')[1]!) as { access_token: string };
    const own = { Authorization: `Bearer ${token}` };
    expect(await send('PATCH', '/api/v1/auth/me', { password: second, current_password: wrong }, own)).toBe(422);
    expect(await send('PATCH', '/api/v1/auth/me', { password: second, current_password: first }, own)).toBe(200);
  }

  /** Every operation as everybody. */
  async function askEverything(): Promise<void> {
    for (const operation of world.operations) {
      for (const actor of ACTORS) {
        const target = operation.path.includes('/strategies/{id}') ? 'own' : 'there';
        const path = await world.pathFor(operation, actor, target);
        // The key of the API must stay the one that is looked for.
        const body = operation.id === 'updateApi' ? { rate_limit: 100 } : await world.validBody(operation);
        await send(operation.method, path, body ?? '', world.headersOf(actor));
      }
    }
  }

  it('would be found in every form', () => {
    for (const [name, secret] of Object.entries(SECRETS)) {
      for (const form of formsOf(secret))
        expect(secretsIn(`x${form}x`, { [name]: secret })).toContain(`${name}: ${form}`);
      const inside = Buffer.from(`{"api_key":"${secret}"}`).toString('base64');
      expect(secretsIn(inside, { [name]: secret })).not.toEqual([]);
    }
  });

  it('is in no answer', () => {
    expect(answers.length).toBeGreaterThan(200);
    expect(answers.flatMap((answer) => secretsIn(answer, SECRETS))).toEqual([]);
    expect(answers.filter((answer) => /\$argon2|gAAAAA/.test(answer))).toEqual([]);
  });

  it('is in no line of the log at its finest level, nor are tokens and passwords of others', () => {
    expect(lines.length).toBeGreaterThan(200);
    expect(lines.flatMap((line) => secretsIn(line, { ...SECRETS, 'password of the others': PASSWORD }))).toEqual([]);
    const tokens = ACTORS.flatMap((actor) => Object.values(world.headersOf(actor)));
    expect(lines.filter((line) => tokens.some((token) => line.includes(token.replace('Bearer ', ''))))).toEqual([]);
    expect(lines.filter((line) => /\$argon2|gAAAAA|eyJhbGciOi/.test(line))).toEqual([]);
  });

  it('is in no column of any table, but as a Fernet token or an argon2 hash', async () => {
    const { dataSource } = world.t.database;
    const tables = await tablesOf(dataSource);
    expect(tables).toEqual(expect.arrayContaining(['public.api_config', 'public.audit_log', 'public.users']));
    for (const table of tables) {
      const rows = await dataSource.query<{ row: string; json: string }[]>(
        `SELECT t::text AS row, to_jsonb(t)::text AS json FROM ${table} t`,
      );
      const found = rows.flatMap(({ row, json }) => secretsIn(`${row}\n${json}`, SECRETS));
      expect({ table, found }).toEqual({ table, found: [] });
    }
    const [api] = await dataSource.query(
      `SELECT api_key_encrypted, api_secret_encrypted, key_last4 FROM api_config WHERE api_name = 'fred_api'`,
    );
    expect(api).toMatchObject({
      api_key_encrypted: expect.stringMatching(/^gAAAAA[\w-]+=*$/),
      api_secret_encrypted: expect.stringMatching(/^gAAAAA[\w-]+=*$/),
      key_last4: KEYS.api_key.slice(-4),
    });
    const hashes = await dataSource.query<{ password_hash: string }[]>(
      `SELECT password_hash FROM users WHERE password_hash <> '!'`,
    );
    expect(hashes.every(({ password_hash: hash }) => /^\$argon2id\$v=19\$m=19456,t=2,p=\d+\$/.test(hash))).toBe(true);
  });
});
