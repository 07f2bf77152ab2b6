import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { appUrlOf, grantAppRights, roleOf } from '../../src/platform/database/app-role.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually, freePort, ROOT } from '../support/eventually.js';
import { runProgram, startProgram, type Program } from '../support/program.js';
import { as, createDefinition, createInstance, DEFINITIONS, STRATEGIES } from '../support/strategies.js';
import { PASSWORD } from '../support/world.js';

const SECRETS = {
  JWT_SECRET: 'a secret that is long enough for the tests',
  ENCRYPTION_KEYS: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=',
};
const INSERT = `INSERT INTO audit_log (occurred_at, action, target_type, target_id) VALUES (now(), 'test', 'test', '1')`;

describe('point 10: the audit log in the database', () => {
  let database: TestDatabase;
  let program: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    program = new DataSource({ type: 'postgres', url: database.appUrl });
    await program.initialize();
    await program.query(INSERT);
  });

  afterAll(async () => {
    await program.destroy();
    await database.close();
  });

  async function refusalOf(connection: DataSource, statement: string): Promise<string> {
    try {
      await connection.query(statement);
      return 'done';
    } catch (error) {
      return (error as Error).message;
    }
  }

  it.each([
    [`UPDATE audit_log SET action = 'other'`],
    [`UPDATE audit_log SET occurred_at = now() WHERE false`],
    [`DELETE FROM audit_log`],
    [`TRUNCATE audit_log`],
    [`DROP TABLE audit_log`],
    [`ALTER TABLE audit_log DISABLE TRIGGER ALL`],
    [`ALTER TABLE audit_log RENAME TO gone`],
    [`DROP TRIGGER tg_audit_log_append_only ON audit_log`],
    [`CREATE OR REPLACE FUNCTION refuse_change_of_audit_log() RETURNS trigger LANGUAGE sql AS ''`],
    [`CREATE RULE r AS ON INSERT TO audit_log DO INSTEAD NOTHING`],
    [`CREATE TRIGGER t BEFORE INSERT ON audit_log EXECUTE FUNCTION suppress_redundant_updates_trigger()`],
    [
      `INSERT INTO audit_log (id, occurred_at, action, target_type, target_id)
      SELECT id, now(), 'other', 'x', '1' FROM audit_log ON CONFLICT (id) DO UPDATE SET action = 'other'`,
    ],
    [`MERGE INTO audit_log a USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE`],
    [`SET session_replication_role = replica`],
    [`SET ROLE conclave`],
    [`ALTER ROLE conclave_app SUPERUSER`],
    [`UPDATE migrations SET name = 'x'`],
    [`DELETE FROM migrations`],
    [`COPY audit_log FROM PROGRAM 'true'`],
  ])('the program’s role may not: %s', async (statement) => {
    expect(await refusalOf(program, statement)).toMatch(/permission denied|must be owner|must be able to/);
  });

  it('the program’s role may read it and add to it, and do its work elsewhere', async () => {
    const [before] = await program.query(`SELECT count(*)::integer AS n FROM audit_log`);
    await program.query(INSERT);
    const [after] = await program.query(`SELECT count(*)::integer AS n FROM audit_log`);
    expect(after.n).toBe(before.n + 1);
    // Without a right to give, this is no error and has no effect.
    await program.query('GRANT ALL ON audit_log TO conclave_app');
    expect(await refusalOf(program, 'DELETE FROM audit_log')).toContain('permission denied');
    expect(await refusalOf(program, `UPDATE users SET full_name = full_name`)).toBe('done');
    expect(await refusalOf(program, `DELETE FROM refresh_tokens`)).toBe('done');
  });

  it.each([[`UPDATE audit_log SET action = 'other'`], [`DELETE FROM audit_log`], [`TRUNCATE audit_log`]])(
    'the owner itself is refused by a trigger: %s',
    async (statement) => {
      expect(await refusalOf(database.dataSource, statement)).toContain('append-only');
      const [row] = await database.dataSource.query(
        `SELECT count(*)::integer AS n FROM audit_log WHERE action = 'test'`,
      );
      expect(row.n).toBeGreaterThan(0);
    },
  );

  it('no table is forgotten: the program’s role can work with every other one', async () => {
    const tables = await database.dataSource.query<{ name: string; rights: boolean }[]>(
      `SELECT tablename AS name, has_table_privilege($1, format('%I.%I', schemaname, tablename), 'SELECT')
         AND has_table_privilege($1, format('%I.%I', schemaname, tablename), 'INSERT')
         AND has_table_privilege($1, format('%I.%I', schemaname, tablename), 'UPDATE')
         AND has_table_privilege($1, format('%I.%I', schemaname, tablename), 'DELETE') AS rights
       FROM pg_tables WHERE schemaname = 'public' ORDER BY name`,
      [roleOf(database.appUrl)],
    );
    expect(tables.filter(({ rights }) => !rights).map(({ name }) => name)).toEqual([
      'audit_log',
      'dropped_months',
      'migrations',
      'past_returns',
    ]);
    expect(tables.length).toBeGreaterThan(15);
  });

  it('rights are given twice as well as once, and refused to a role that would have more of them', async () => {
    await grantAppRights(database.dataSource, roleOf(database.appUrl));
    await grantAppRights(database.dataSource, roleOf(database.appUrl));
    expect(await refusalOf(program, 'DELETE FROM audit_log')).toContain('permission denied');
    const role = `mighty_${process.pid}`;
    await database.dataSource.query(`CREATE ROLE ${role} SUPERUSER`);
    try {
      await expect(grantAppRights(database.dataSource, role)).rejects.toThrow('may change the audit log');
    } finally {
      await database.dataSource.query(`DROP ROLE ${role}`);
    }
  });
});

/** Roles of the connections that the program holds, the lock of its start aside. */
const CONNECTED = `SELECT DISTINCT usename AS role FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name NOT LIKE 'test%'`;

async function whileRunning(env: Record<string, string>, look: (program: Program) => Promise<void>): Promise<void> {
  const port = await freePort();
  const program = startProgram('src/main.js', [], { PORT: String(port), DEMO: 'false', ...env });
  try {
    await eventually(`ready, after ${program.output()}`, async () => {
      if (program.child.exitCode !== null) throw new Error(`It ended: ${program.output()}`);
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
      return answer?.ok ? true : null;
    });
    await look(program);
  } finally {
    program.child.kill('SIGTERM');
    await program.ended;
  }
}

async function rolesAt(url: string): Promise<string[]> {
  const owner = new DataSource({ type: 'postgres', url, applicationName: 'test-look' });
  await owner.initialize();
  const rows = await owner.query<{ role: string }[]>(CONNECTED);
  await owner.destroy();
  return rows.map(({ role }) => role);
}

describe('point 10: the role that the program works under', () => {
  it('on the embedded database it is not the owner of the tables', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'conclave-audit-'));
    chmodSync(dataDir, 0o755);
    try {
      await whileRunning({ DATA_DIR: dataDir }, async () => {
        const [, , , port] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
        const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
        expect(await rolesAt(`postgresql://conclave:${password}@127.0.0.1:${port}/conclave`)).toEqual(['conclave_app']);
      });
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  it('on a server of one’s own it is DATABASE_URL’s; migrations run as DATABASE_MIGRATION_URL’s', async () => {
    const database = await createTestDatabase('template0');
    const env = { ...SECRETS, DATA_DIR: ROOT, DATABASE_URL: appUrlOf(database.url) };
    try {
      await whileRunning({ ...env, DATABASE_MIGRATION_URL: database.url }, async () => {
        expect(await rolesAt(database.url)).toContain('conclave_app');
        const rows = await database.dataSource.query<{ role: string }[]>(
          `SELECT DISTINCT tableowner AS role FROM pg_tables WHERE schemaname = 'public'`,
        );
        expect(rows).toEqual([{ role: roleOf(database.url) }]);
      });
      // Migrated once, it runs without the owner.
      await whileRunning(env, async () => undefined);
    } finally {
      await database.close();
    }
  });

  it('DATABASE_MIGRATION_URL alone is refused, in one line', async () => {
    const env = { DATA_DIR: ROOT, DATABASE_MIGRATION_URL: 'postgresql://x:secret-one@localhost/x' };
    const { code, stderr } = await runProgram('src/main.js', [], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Wrong settings: DATABASE_MIGRATION_URL needs DATABASE_URL[^\n]*\n$/);
    expect(stderr).not.toContain('secret-one');
  });
});

describe('point 10: what is written', () => {
  let t: TestApp;
  let admin: TestUser;
  let trader: TestUser;

  beforeAll(async () => {
    t = await createTestApp();
    admin = await t.signUp('admin');
    trader = await t.signUp('trader');
  });

  afterAll(() => t.close());

  interface Entry {
    readonly action: string;
    readonly actor: { readonly id: string } | null;
    readonly occurred_at: string;
    readonly target_type: string;
    readonly target_id: string;
    readonly before: Record<string, unknown> | null;
    readonly after: Record<string, unknown> | null;
    readonly trace_id: string | null;
  }

  /** The newest line, by what an admin sees. */
  async function newest(): Promise<Entry> {
    const { body } = await as(t.http.get('/api/v1/admin/audit-log?limit=1'), admin);
    return (body as { items: [Entry] }).items[0];
  }

  it('sign-ins that succeed and that fail', async () => {
    await t.http.post('/api/v1/auth/login').send({ email: trader.email, password: 'not the password' });
    expect(await newest()).toMatchObject({ action: 'session.refused', actor: null, trace_id: expect.any(String) });
    await t.http.post('/api/v1/auth/login').send({ email: trader.email, password: PASSWORD });
    expect(await newest()).toMatchObject({ action: 'session.opened', actor: { id: trader.id } });
  });

  it('roles and switched-off users, with before and after', async () => {
    const path = `/api/v1/admin/users/${trader.id}`;
    await as(t.http.patch(path), admin).send({ role: 'user' });
    expect(await newest()).toMatchObject({
      action: 'user.changed',
      actor: { id: admin.id },
      target_id: trader.id,
      before: { role: 'trader' },
      after: { role: 'user' },
    });
    await as(t.http.patch(path), admin).send({ role: 'trader' });
  });

  it('keys, masked', async () => {
    await as(t.http.patch('/api/v1/admin/apis/fred_api'), admin).send({ api_key: 'audited-key-0123456789' });
    const entry = await newest();
    expect(entry).toMatchObject({ action: 'api.changed', actor: { id: admin.id }, target_id: 'fred_api' });
    expect(JSON.stringify(entry)).not.toContain('audited-key');
    expect(entry.after).toMatchObject({ api_key_encrypted: '[hidden]' });
  });

  it('switches of agents, definitions and instances', async () => {
    await as(t.http.patch('/api/v1/admin/agents/ta'), admin).send({ display_name: 'Charts' });
    expect(await newest()).toMatchObject({
      action: 'agent.changed',
      target_id: 'ta',
      after: { display_name: 'Charts' },
    });
    const definition = await createDefinition(t, admin);
    expect(await newest()).toMatchObject({ action: 'definition.created', target_id: String(definition) });
    await as(t.http.patch(`${DEFINITIONS}/${definition}`), admin).send({ is_active: false });
    expect(await newest()).toMatchObject({ before: { is_active: true }, after: { is_active: false } });
    await as(t.http.patch(`${DEFINITIONS}/${definition}`), admin).send({ is_active: true });
    const { id } = await createInstance(t, trader, definition);
    expect(await newest()).toMatchObject({ actor: { id: trader.id }, target_id: id });
    await as(t.http.patch(`${STRATEGIES}/${String(id)}`), trader).send({ instance_params: { buy_threshold: 60 } });
    expect(await newest()).toMatchObject({ actor: { id: trader.id }, target_id: id });
    expect(JSON.stringify((await newest()).after)).toContain('60');
    await as(t.http.delete(`${STRATEGIES}/${String(id)}`), trader);
    expect(await newest()).toMatchObject({ actor: { id: trader.id }, target_id: id });
  });

  it('who, when and in which request, in each line', async () => {
    const { body } = await as(t.http.get('/api/v1/admin/audit-log?limit=200'), admin);
    const { items } = body as { items: Entry[] };
    expect(items.length).toBeGreaterThan(8);
    for (const entry of items) {
      expect(Date.parse(entry.occurred_at)).not.toBeNaN();
      expect(entry.trace_id).toEqual(expect.any(String));
    }
  });
});
