import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/app.js';
import { testConfig } from '../support/config.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { readFernet } from '../support/fernet.js';
import { ROOT } from '../support/eventually.js';
import { runCommand, runProgram, type Ended } from '../support/program.js';

const [OLD_KEY = ''] = testConfig('postgresql://localhost/none').encryptionKeys;
const NEW_KEY = Buffer.alloc(32, 7).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
const JWT_SECRET = 'a secret that is long enough for the tests';
const API_KEY = 'key-of-fred-0123456789';
const API_SECRET = 'secret-of-fred-0123456789';

interface Tokens {
  readonly api_key_encrypted: string;
  readonly api_secret_encrypted: string;
}

describe('point 4: keys at rest', () => {
  let database: TestDatabase;
  let t: TestApp;
  let admin: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    t = await createTestApp({ database });
    admin = await t.signIn('admin');
    await store('fred_api', { api_key: API_KEY, api_secret: API_SECRET });
    await store('glassnode_api', { api_key: 'key-of-glassnode' });
  });

  afterAll(async () => {
    await t.close();
    await database.close();
  });

  async function store(name: string, body: Record<string, unknown>): Promise<void> {
    const path = `/api/v1/admin/apis/${name}`;
    const { status } = await t.http.patch(path).set('Authorization', `Bearer ${admin}`).send(body);
    expect(status).toBe(200);
  }

  async function tokensOf(name: string): Promise<Tokens> {
    const [row] = await database.dataSource.query<Tokens[]>(
      `SELECT api_key_encrypted, api_secret_encrypted FROM api_config WHERE api_name = $1`,
      [name],
    );
    return row!;
  }

  function run(name: string, keys: string): Promise<Ended> {
    const env = { DATABASE_URL: database.url, JWT_SECRET, ENCRYPTION_KEYS: keys, PORT: '0', DATA_DIR: ROOT };
    return name === 'start' ? runProgram('src/main.js', [], env) : runCommand(name, [], env);
  }

  const documentOf = (key: string, token: string): unknown => JSON.parse(readFernet(key, token).message.toString());

  it('are Fernet tokens that an implementation of the specification reads, bound to their row and column', async () => {
    const { api_key_encrypted: key, api_secret_encrypted: secret } = await tokensOf('fred_api');
    const place = { v: 1, owner: 'api_config/fred_api' };
    expect(documentOf(OLD_KEY, key)).toEqual({ ...place, field: 'api_key', secret: API_KEY });
    expect(documentOf(OLD_KEY, secret)).toEqual({ ...place, field: 'api_secret', secret: API_SECRET });
    expect(Math.abs(readFernet(OLD_KEY, key).at.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('are not read with another key, and not when one bit is another', async () => {
    const { api_key_encrypted: token } = await tokensOf('fred_api');
    expect(() => readFernet(NEW_KEY, token)).toThrow('signature');
    for (const at of [2, 14, 40, 60, token.length - 6]) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(() => readFernet(OLD_KEY, token.slice(0, at) + other + token.slice(at + 1))).toThrow('signature');
    }
  });

  if (pythonReadsFernet()) {
    it('are read by Python’s cryptography, the reference', async () => {
      const { api_key_encrypted: token } = await tokensOf('fred_api');
      const script =
        'import sys; from cryptography.fernet import Fernet; print(Fernet(sys.argv[1]).decrypt(sys.argv[2].encode()).decode())';
      const told = execFileSync('python3', ['-c', script, OLD_KEY, token], { encoding: 'utf8' });
      expect(JSON.parse(told)).toMatchObject({ owner: 'api_config/fred_api', secret: API_KEY });
    });
  }

  it('differ at each encryption: equal keys cannot be seen to be equal', async () => {
    const first = await tokensOf('fred_api');
    await store('fred_api', { api_key: API_KEY });
    const second = await tokensOf('fred_api');
    expect(second.api_key_encrypted).not.toBe(first.api_key_encrypted);
    expect(second.api_secret_encrypted).toBe(first.api_secret_encrypted);
  });

  it('keep the program from starting when no key reads them: one line, which names the API and no secret', async () => {
    const { code, stderr } = await run('start', NEW_KEY);
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/fred_api.*ENCRYPTION_KEYS/);
    for (const secret of [NEW_KEY, OLD_KEY, API_KEY, database.url]) expect(stderr).not.toContain(secret);
  });

  it.each([
    [
      'rows',
      `UPDATE api_config a SET api_key_encrypted = b.api_key_encrypted FROM api_config b
              WHERE a.api_name IN ('fred_api', 'glassnode_api') AND b.api_name IN ('fred_api', 'glassnode_api') AND a.api_name <> b.api_name`,
    ],
    [
      'columns',
      `UPDATE api_config SET api_key_encrypted = api_secret_encrypted, api_secret_encrypted = api_key_encrypted
                 WHERE api_name = 'fred_api'`,
    ],
  ])('do not decrypt when %s are swapped', async (_what, swap) => {
    await database.dataSource.query(swap);
    expect(await run('start', OLD_KEY)).toMatchObject({ code: 1, stderr: expect.stringContaining('decrypted') });
    expect(await run('keys:rotate', `${NEW_KEY},${OLD_KEY}`)).toMatchObject({ code: 1 });
    await database.dataSource.query(swap);
  });

  it('keys:rotate refuses, in one line and without a change, when one cannot be read', async () => {
    const before = [await tokensOf('fred_api'), await tokensOf('glassnode_api')];
    const { code, stderr, stdout } = await run('keys:rotate', NEW_KEY);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The stored api_key of api_config\/fred_api .*Nothing was changed\.\n$/);
    expect([await tokensOf('fred_api'), await tokensOf('glassnode_api')]).toEqual(before);
  });

  it('keys:rotate encrypts all of them with the first key, says how many, and can be repeated', async () => {
    const [versions] = await database.dataSource.query(
      `SELECT array_agg(version ORDER BY api_name) AS v FROM api_config`,
    );
    for (const time of ['first', 'second']) {
      const { code, stdout, stderr } = await run('keys:rotate', `${NEW_KEY},${OLD_KEY}`);
      expect({ time, code, stderr }).toEqual({ time, code: 0, stderr: '' });
      expect(stdout).toBe('3 keys and secrets are encrypted with the first key of ENCRYPTION_KEYS.\n');
    }
    const { api_key_encrypted: key, api_secret_encrypted: secret } = await tokensOf('fred_api');
    expect(documentOf(NEW_KEY, key)).toMatchObject({ field: 'api_key', secret: API_KEY });
    expect(documentOf(NEW_KEY, secret)).toMatchObject({ field: 'api_secret', secret: API_SECRET });
    expect(() => readFernet(OLD_KEY, key)).toThrow('signature');
    const [after] = await database.dataSource.query(`SELECT array_agg(version ORDER BY api_name) AS v FROM api_config`);
    expect(after).toEqual(versions);
    const audit = await database.dataSource.query(
      `SELECT actor_id, action, after FROM audit_log WHERE action = 'api_keys.rotated'`,
    );
    const rotated = { actor_id: null, action: 'api_keys.rotated', after: { count: 3 } };
    expect(audit).toEqual([rotated, rotated]);
  });

  it('after that the old key is not needed any more, and alone does not do', async () => {
    expect(await run('keys:rotate', NEW_KEY)).toMatchObject({ code: 0 });
    expect(await run('start', OLD_KEY)).toMatchObject({ code: 1 });
  });

  it('two rotations and a change by an admin at once: all end, and the change is not lost', async () => {
    const rotations = [run('keys:rotate', `${NEW_KEY},${OLD_KEY}`), run('keys:rotate', `${NEW_KEY},${OLD_KEY}`)];
    for (let index = 0; index <= 20; index++) await store('fred_api', { api_key: `changed-meanwhile-${index}` });
    for (const { code } of await Promise.all(rotations)) expect(code).toBe(0);
    const { api_key_encrypted: token } = await tokensOf('fred_api');
    const readers = [NEW_KEY, OLD_KEY].flatMap((key) => {
      try {
        return [documentOf(key, token)];
      } catch {
        return [];
      }
    });
    expect(readers).toEqual([expect.objectContaining({ secret: 'changed-meanwhile-20' })]);
  });
});

function pythonReadsFernet(): boolean {
  try {
    execFileSync('python3', ['-c', 'import cryptography.fernet'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
