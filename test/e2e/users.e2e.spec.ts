import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { as, createDefinition, createInstance, registerAgents, STRATEGIES } from '../support/strategies.js';

const PASSWORD = 'a long enough passphrase';

interface UserBody {
  id: string;
  email: string;
  role: string;
  is_active: boolean;
  version: number;
}

function codeOf(response: Response): string {
  return `${response.status} ${(response.body as { code?: string }).code ?? ''}`;
}

describe('users in the back office', () => {
  let t: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    t = await createTestApp();
  });

  afterAll(() => t.close());

  beforeEach(async () => {
    await t.database.dataSource.query(`UPDATE users SET role = 'user' WHERE role = 'admin'`);
    admin = await t.signUp('admin', 'The Admin');
  });

  const list = (query = '', token = admin.token) =>
    t.http.get(`/api/v1/admin/users${query}`).auth(token, { type: 'bearer' });
  const create = (body: object) => t.http.post('/api/v1/admin/users').auth(admin.token, { type: 'bearer' }).send(body);
  const change = (id: string, body: object, token = admin.token) =>
    t.http.patch(`/api/v1/admin/users/${id}`).auth(token, { type: 'bearer' }).send(body);
  const me = (token: string) => t.http.get('/api/v1/auth/me').auth(token, { type: 'bearer' });

  it('are for admins only', async () => {
    for (const role of ['user', 'trader'] as const) {
      const { token } = await t.signUp(role);
      const refused = await list('', token);
      expect(codeOf(refused)).toBe('403 not_allowed');
      expect(refused.body).toMatchObject({ detail: 'Your role does not allow this. Allowed: admin.' });
      expect(codeOf(await change(admin.id, { role: 'user' }, token))).toBe('403 not_allowed');
    }
    expect(codeOf(await t.http.get('/api/v1/admin/users'))).toBe('401 not_signed_in');
  });

  it('are listed by pages, sorted and filtered, without a hash', async () => {
    const trader = await t.signUp('trader');
    const all = (await list('?limit=200&sort=email')).body as { items: UserBody[]; total: number };
    const emails = all.items.map((user) => user.email);
    expect(emails).toEqual([...emails].sort());
    expect(all.total).toBe(all.items.length);
    const second = (await list('?limit=1&offset=1&sort=email')).body as { items: UserBody[] };
    expect(second).toMatchObject({ items: [{ email: emails[1] }], total: all.total, limit: 1, offset: 1 });
    const newest = (await list('?limit=1')).body as { items: UserBody[] };
    expect(newest.items[0]?.email).toBe(trader.email);
    const traders = (await list('?role=trader')).body as { items: UserBody[] };
    expect(new Set(traders.items.map((user) => user.role))).toEqual(new Set(['trader']));
    expect((await list('?is_active=false')).body).toMatchObject({ items: [], total: 0 });
    expect((await list()).text).not.toMatch(/argon2|password_hash|passphrase/);
  });

  it('are made with any role, and can sign in', async () => {
    const email = `made-${randomUUID()}@example.com`;
    const made = await create({ email, password: PASSWORD, role: 'trader' });
    expect(made.status).toBe(201);
    expect(made.headers['etag']).toBe('"v1"');
    expect(made.headers['location']).toBe(`/api/v1/admin/users/${(made.body as { id: string }).id}`);
    expect(made.body).toMatchObject({ email, role: 'trader', full_name: null, is_active: true });
    const found = await t.http.get(made.headers['location']!).auth(admin.token, { type: 'bearer' });
    expect([found.status, found.body, found.headers['etag']]).toEqual([200, made.body, '"v1"']);
    await t.http.post('/api/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
    expect(codeOf(await create({ email, password: PASSWORD, role: 'user' }))).toBe('409 email_taken');
    expect(codeOf(await create({ email, password: PASSWORD }))).toBe('422 validation_failed');
    expect(codeOf(await create({ email, password: PASSWORD, role: 'root' }))).toBe('422 validation_failed');
  });

  it('can do nothing before they have changed the password that an administrator gave them', async () => {
    const email = `given-${randomUUID()}@example.com`;
    expect((await create({ email, password: PASSWORD, role: 'admin' })).body).toMatchObject({
      must_change_password: true,
    });
    const { body } = await t.http.post('/api/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
    const { access_token: token, refresh_token } = body as { access_token: string; refresh_token: string };
    const patch = (changes: object) => t.http.patch('/api/v1/auth/me').auth(token, { type: 'bearer' }).send(changes);
    expect(codeOf(await me(token))).toBe('403 password_change_required');
    expect(codeOf(await list('', token))).toBe('403 password_change_required');
    expect(codeOf(await t.http.post('/api/v1/stream/tickets').auth(token, { type: 'bearer' }))).toBe(
      '403 password_change_required',
    );
    expect(codeOf(await patch({ full_name: 'Somebody' }))).toBe('403 password_change_required');
    const same = await patch({ current_password: PASSWORD, password: PASSWORD });
    expect(same.body).toMatchObject({ errors: [{ pointer: '/password', code: 'same_password' }] });
    const changed = await patch({ current_password: PASSWORD, password: 'one that only I know' });
    expect([changed.status, changed.body]).toEqual([200, expect.objectContaining({ must_change_password: false })]);
    expect((await list('', token)).status).toBe(200);
    await t.http.post('/api/v1/auth/logout').send({ refresh_token }).expect(204);
  });

  it('are only advised to change it on the embedded database', async () => {
    const embedded = await createTestApp({ config: { embeddedDatabase: true }, database: t.database });
    try {
      const { id, token } = await t.signUp('user');
      await t.database.dataSource.query(`UPDATE users SET must_change_password = true WHERE id = $1`, [id]);
      const answer = await embedded.http.get('/api/v1/auth/me').auth(token, { type: 'bearer' });
      expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ must_change_password: true })]);
    } finally {
      await embedded.close();
    }
  });

  it('get another role at once, which the audit log keeps', async () => {
    const user = await t.signUp('user');
    const changed = await change(user.id, { role: 'trader' }).set('x-request-id', 'promote-1');
    expect(changed.status).toBe(200);
    expect(changed.headers['etag']).toBe('"v2"');
    expect(changed.body).toMatchObject({ role: 'trader', version: 2 });
    expect((await me(user.token)).body).toMatchObject({ role: 'trader' });
    const log = await t.http.get('/api/v1/admin/audit-log?limit=1').auth(admin.token, { type: 'bearer' });
    expect((log.body as { items: unknown[] }).items).toEqual([
      {
        id: expect.any(String),
        occurred_at: expect.any(String),
        actor: { id: admin.id, email: admin.email },
        action: 'user.changed',
        target_type: 'user',
        target_id: user.id,
        before: { role: 'user' },
        after: { role: 'trader' },
        trace_id: 'promote-1',
      },
    ]);
  });

  it('are signed out at once when switched off, and stay signed out when switched on again', async () => {
    const user = await t.signUp('trader');
    expect((await change(user.id, { is_active: false })).body).toMatchObject({ is_active: false });
    expect((await me(user.token)).status).toBe(401);
    const login = await t.http.post('/api/v1/auth/login').send({ email: user.email, password: PASSWORD });
    expect(codeOf(login)).toBe('401 invalid_credentials');
    await change(user.id, { is_active: true }).expect(200);
    expect((await me(user.token)).status).toBe(401);
    await t.http.post('/api/v1/auth/login').send({ email: user.email, password: PASSWORD }).expect(200);
  });

  it.each([
    ['switched off', { is_active: false }],
    ['made a plain user', { role: 'user' }],
  ])('have their strategies stopped with them when they are %s, each in the audit log', async (_how, body) => {
    await registerAgents(t);
    const definition = await createDefinition(t, admin);
    const owner = await t.signUp('trader');
    const other = await t.signUp('trader');
    const ids: unknown[] = [];
    for (const who of [owner, owner, other]) ids.push((await createInstance(t, who, definition))['id']);
    const changed = await change(owner.id, body);
    expect(changed.body).toMatchObject({ ...body, stopped_strategies: 2 });
    const running = await t.database.dataSource.query(`SELECT id FROM portfolios WHERE is_active AND id = ANY ($1)`, [
      ids,
    ]);
    expect(running).toEqual([{ id: ids[2] }]);
    const noted = await t.database.dataSource.query(
      `SELECT target_id, actor_id, after FROM audit_log WHERE action = 'instance.changed' AND target_id = ANY ($1) ORDER BY id`,
      [ids],
    );
    expect(noted).toHaveLength(2);
    expect(noted[0]).toMatchObject({ actor_id: admin.id, after: { is_active: false } });
    expect((await change(owner.id, body)).body).toMatchObject({ stopped_strategies: 0 });
  });

  it('may stop and archive what is theirs without being traders, and nothing else', async () => {
    await registerAgents(t);
    const definition = await createDefinition(t, admin);
    const owner = await t.signUp('trader');
    const { id } = await createInstance(t, owner, definition);
    await t.database.dataSource.query(`UPDATE users SET role = 'user' WHERE id = $1`, [owner.id]);
    const path = `${STRATEGIES}/${String(id)}`;
    const send = (body: object) => as(t.http.patch(path), owner).send(body);
    expect(codeOf(await send({ is_active: true }))).toBe('403 not_allowed');
    expect(codeOf(await send({ is_active: false, instance_name: 'x' }))).toBe('403 not_allowed');
    expect((await send({ is_active: false })).body).toMatchObject({ is_active: false });
    expect(codeOf(await as(t.http.delete(path), owner))).toBe('200 ');
  });

  it('are not changed against another version, by unknown fields, or where there is none', async () => {
    const user = await t.signUp('user');
    expect(codeOf(await change(user.id, { role: 'trader' }).set('if-match', '"v9"'))).toBe('412 stale_version');
    for (const body of [
      { email: 'x@example.com' },
      { password: PASSWORD },
      { version: 9 },
      { role: null },
      { is_active: null },
    ]) {
      expect(codeOf(await change(user.id, body))).toBe('422 validation_failed');
    }
    expect((await me(user.token)).body).toMatchObject({ version: 1, role: 'user' });
    for (const id of [randomUUID(), '1', 'x', '%00']) {
      expect(codeOf(await change(id, { role: 'trader' }))).toBe('404 not_found');
    }
  });

  it('let one of many changes with the same version through', async () => {
    const user = await t.signUp('user');
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => change(user.id, { full_name: `Name ${n}` }).set('if-match', '"v1"')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
    expect((await me(user.token)).body).toMatchObject({ version: 2 });
  });

  it('count every one of many changes that come at once', async () => {
    const user = await t.signUp('user');
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => change(user.id, { full_name: `Name ${n}` })));
    expect(answers.map(({ body }) => (body as { version: number }).version).sort()).toEqual([2, 3, 4, 5, 6, 7]);
  });

  describe('the last active admin', () => {
    it.each([{ role: 'user' }, { role: 'trader' }, { is_active: false }])('cannot be changed by %j', async (body) => {
      expect(codeOf(await change(admin.id, body))).toBe('409 last_admin');
      expect((await me(admin.token)).body).toMatchObject({ role: 'admin', is_active: true, version: 1 });
      expect((await change(admin.id, { full_name: 'Still the Admin' })).status).toBe(200);
    });

    it('is one of two as soon as one has gone, also when both leave at once', async () => {
      for (let round = 0; round < 5; round++) {
        const second = await t.signUp('admin');
        const answers = await Promise.all([
          change(admin.id, { role: 'user' }, second.token),
          change(second.id, { is_active: false }, admin.token),
        ]);
        // The one that comes later finds itself the last, or is no admin any more when it asks.
        expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
        const [row] = await t.database.dataSource.query<{ count: string }[]>(
          `SELECT count(*) FROM users WHERE role = 'admin' AND is_active`,
        );
        expect(row?.count).toBe('1');
        await t.database.dataSource.query(`UPDATE users SET role = 'user' WHERE id = $1`, [second.id]);
        await t.database.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
      }
    });
  });

  describe('the audit log', () => {
    it('is read page by page without a gap, newest first', async () => {
      const ids: string[] = [];
      const times: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query = cursor === '' ? '' : `&cursor=${cursor}`;
        const page = await t.http.get(`/api/v1/admin/audit-log?limit=7${query}`).auth(admin.token, { type: 'bearer' });
        const body = page.body as { items: { id: string; occurred_at: string }[]; next_cursor: string | null };
        ids.push(...body.items.map((entry) => entry.id));
        times.push(...body.items.map((entry) => entry.occurred_at));
        cursor = body.next_cursor;
      }
      const [row] = await t.database.dataSource.query<{ count: string }[]>('SELECT count(*) FROM audit_log');
      expect(new Set(ids).size).toBe(Number(row?.count));
      expect(ids).toHaveLength(Number(row?.count));
      expect(times).toEqual([...times].sort().reverse());
    });

    it.each(['x', '-1', '1;DROP', '9'.repeat(19)])('has no cursor %j', async (cursor) => {
      const page = await t.http
        .get(`/api/v1/admin/audit-log?cursor=${encodeURIComponent(cursor)}`)
        .auth(admin.token, { type: 'bearer' });
      expect(codeOf(page)).toBe('400 bad_cursor');
    });
  });
});
