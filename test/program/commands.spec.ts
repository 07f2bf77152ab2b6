import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';
import { runCommand, type Ended } from '../support/program.js';

const SECRETS = {
  JWT_SECRET: 'a secret that is long enough for the tests',
  ENCRYPTION_KEYS: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=',
};

describe('migrate and seed', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase('template0');
  });

  afterAll(() => database.close());

  function run(command: string, env: Record<string, string> = {}): Promise<Ended> {
    return runCommand(command, [], { DATABASE_URL: database.url, ...SECRETS, ...env });
  }

  it('migrates an empty database, two processes at once, and has nothing to do the next time', async () => {
    const both = await Promise.all([run('migrate'), run('migrate')]);
    const outputs = both.map(({ stdout }) => stdout).sort();
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(outputs[0]).toContain('CreateAccounts');
    expect(outputs[1]).toBe('The schema is up to date.\n');
  });

  it('seeds once, and keeps what an admin has changed', async () => {
    const first = await run('seed');
    expect(first.stdout).toMatch(/Administrator: admin@conclave.local {2}password: \S+/);
    await database.dataSource.query(
      `UPDATE agent_registry SET is_active = false, display_name = 'Renamed', agent_class = 'Old' WHERE agent_name = 'macro'`,
    );
    await database.dataSource.query(`UPDATE api_config SET rate_limit = 7 WHERE api_name = 'fred_api'`);
    await database.dataSource.query(
      `UPDATE strategy_definitions SET display_name = 'Mine', decision_agent_module = 'decision-agents/multi-agent-conviction'
       WHERE name = 'multi_agent_btc_v1'`,
    );

    const second = await run('seed', { ADMIN_PASSWORD: 'another password' });
    expect(second.stdout).not.toContain('password');
    const [agent] = await database.dataSource.query(
      `SELECT is_active, display_name, agent_class FROM agent_registry WHERE agent_name = 'macro'`,
    );
    expect(agent).toEqual({ is_active: false, display_name: 'Renamed', agent_class: 'MacroAgent' });
    const [rest] = await database.dataSource.query(
      `SELECT (SELECT rate_limit FROM api_config WHERE api_name = 'fred_api') AS rate_limit,
         (SELECT display_name FROM strategy_definitions WHERE name = 'multi_agent_btc_v1') AS display_name,
         (SELECT decision_agent_module FROM strategy_definitions WHERE name = 'multi_agent_btc_v1') AS module,
         (SELECT count(*)::integer FROM users) AS users`,
    );
    // Where the code is, the code says.
    const module = 'domain/decision/multi-agent-conviction/multi-agent-conviction-decision';
    expect(rest).toEqual({ rate_limit: 7, display_name: 'Mine', module, users: 1 });
  });
});

describe('user:password', () => {
  const EMAIL = 'lost@example.com';
  let database: TestDatabase;
  let user: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    const sql = `INSERT INTO users (email, password_hash, role) VALUES ($1, 'old', 'admin') RETURNING id`;
    [{ id: user }] = await database.dataSource.query<[{ id: string }]>(sql, [EMAIL]);
    await database.dataSource.query(
      `INSERT INTO refresh_tokens (user_id, family_id, token_hash, expires_at)
       VALUES ($1, gen_random_uuid(), 'x', now() + interval '1 day')`,
      [user],
    );
    await database.dataSource.query(
      `INSERT INTO rate_limits (key, points, expire) SELECT 'failures:account-address:' || encode(sha256($1), 'hex') || ':' || a, 5, 9e15
       FROM unnest(ARRAY['127.0.0.1', '10.0.0.1']) a`,
      [Buffer.from(EMAIL)],
    );
  });

  afterAll(() => database.close());

  const run = (email: string, input?: string): Promise<Ended> =>
    runCommand('user:password', [email], { DATABASE_URL: database.url, ...SECRETS }, input);
  async function state() {
    const [row] = await database.dataSource.query(
      `SELECT password_hash, must_change_password, version, (SELECT count(*)::integer FROM refresh_tokens WHERE revoked_at IS NULL) AS sessions,
         (SELECT count(*)::integer FROM rate_limits WHERE key LIKE 'failures:account%') AS failures,
         (SELECT json_agg(json_build_object('actor', actor_id, 'after', after)) FROM audit_log WHERE target_id = $1) AS audit
       FROM users WHERE id = $1::uuid`,
      [user],
    );
    return row;
  }

  it('refuses an unknown user and a password that is guessed first, and changes nothing', async () => {
    const before = await state();
    expect(before).toMatchObject({ password_hash: 'old', sessions: 1, failures: 2 });
    expect(await run('nobody@example.com')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no user nobody@'),
    });
    const guessed = await run(EMAIL, 'password123\n');
    expect(guessed).toMatchObject({ code: 1, stderr: expect.stringContaining('guessed first. Nothing was changed') });
    expect(await state()).toEqual(before);
  });

  it('sets the password of the standard input, ends the sessions and forgets the failures', async () => {
    const ended = await run(' Lost@Example.com ', 'a passphrase of my own\n');
    expect(ended).toMatchObject({ code: 0, stdout: `${EMAIL} has a new password, and all sessions are ended.\n` });
    expect(await state()).toMatchObject({
      password_hash: expect.stringMatching(/^\$argon2id\$/),
      must_change_password: true,
      version: 2,
      sessions: 0,
      failures: 0,
      audit: [{ actor: null, after: { password: '[hidden]' } }],
    });
  });

  it('prints one that it generates where none is given', async () => {
    expect((await run(EMAIL)).stdout).toMatch(/ {2}password: [\w-]{22} {2}\(generated, shown only this once\)\n$/);
  });
});

describe('portfolios:purge', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await createTestEngine();
    await engine.addInstances(3, { params: ALWAYS_BUY });
    await engine.tick();
  });

  afterAll(() => engine.close());

  function purge(...args: string[]): Promise<Ended> {
    return runCommand('portfolios:purge', args, { DATABASE_URL: engine.database.url, ...SECRETS });
  }

  async function counts() {
    const [row] = await engine.database.dataSource.query(
      `SELECT (SELECT count(*)::integer FROM portfolios) AS portfolios, (SELECT count(*)::integer FROM trades) AS trades,
         (SELECT count(*)::integer FROM users) AS users, (SELECT count(*)::integer FROM strategy_runs) AS runs`,
    );
    return row;
  }

  it('only says what it would remove without --yes', async () => {
    const before = await counts();
    const { code, stdout } = await purge();
    expect(code).toBe(0);
    expect(stdout).toContain('portfolios: 3');
    expect(stdout).toContain('Nothing was removed');
    expect(await counts()).toEqual(before);
  });

  it('refuses an option that it does not know with exit code 2', async () => {
    expect(await purge('--force')).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') });
  });

  it('refuses while a live position is open', async () => {
    await engine.database.dataSource.query(`UPDATE portfolios SET trading_mode = 'live' WHERE instance_number = 2`);
    const refused = await purge('--yes');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('1 live positions') });
    expect(await counts()).toMatchObject({ portfolios: 3 });
    await engine.database.dataSource.query(`UPDATE portfolios SET trading_mode = 'paper'`);
  });

  it('removes every portfolio and keeps users and runs', async () => {
    const { users, runs } = (await counts()) as { users: number; runs: number };
    const { code, stdout } = await purge('--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('trades: 3');
    expect(await counts()).toEqual({ portfolios: 0, trades: 0, users, runs });
  });
});

describe('storage:prune', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.dataSource.query(`SELECT ensure_month_partitions('2020-01-01')`);
  });

  afterAll(() => database.close());

  function prune(...args: string[]): Promise<Ended> {
    return runCommand('storage:prune', args, {
      DATABASE_URL: database.url,
      ...SECRETS,
      RETENTION_MONTHS: '',
    });
  }

  async function months(): Promise<string[]> {
    const rows = await database.dataSource.query<{ month: string }[]>(
      `SELECT DISTINCT right(relname, 7) AS month FROM pg_class WHERE relname LIKE 'strategy\\_executions\\_2020\\_%' AND relkind = 'r'
       ORDER BY 1`,
    );
    return rows.map(({ month }) => month);
  }

  it('says what it would drop with --dry-run, and drops it without', async () => {
    const dry = await prune('--before', '2020-03', '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain('2020-01  strategy_executions');
    expect(dry.stdout).toContain('6 partitions would be dropped, of the months before 2020-03.');
    expect(await months()).toEqual(['2020_01', '2020_02', '2020_03']);
    expect((await prune('--before', '2020-03')).stdout).toContain(
      '6 partitions dropped, of the months before 2020-03.',
    );
    expect(await months()).toEqual(['2020_03']);
  });

  it('drops nothing when nobody says what', async () => {
    const { code, stderr } = await prune();
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('RETENTION_MONTHS is not set') });
    expect(await months()).toEqual(['2020_03']);
  });
});
