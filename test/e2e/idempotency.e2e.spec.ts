import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type request from 'supertest';
import { AuditLogService } from '../../src/auth/audit-log/audit-log.service.js';
import { VirtualClock } from '../../src/platform/clock.js';
import { buildOpenApi } from '../../src/platform/http/docs/openapi.js';
import { IdempotencyStore } from '../../src/platform/idempotency/idempotency.store.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import {
  as,
  createDefinition,
  definitionBody,
  DEFINITIONS,
  registerAgents,
  STRATEGIES,
} from '../support/strategies.js';

const PASSWORD = 'a long enough passphrase';
const HOUR = 3_600_000;

function codeOf(response: request.Response): string {
  return `${response.status} ${(response.body as { code?: string }).code ?? ''}`.trim();
}

describe('Idempotency-Key', () => {
  const clock = new VirtualClock(new Date('2026-03-01T12:00:00Z'));
  let t: TestApp;
  let admin: TestUser;
  let trader: TestUser;
  let definition: number;
  let keys = 0;

  beforeAll(async () => {
    t = await createTestApp({ clock });
    await registerAgents(t);
    admin = await t.signUp('admin');
    trader = await t.signUp('trader');
    definition = await createDefinition(t, admin);
  });

  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => t.close());

  const newKey = (): string => `key-${++keys}`;

  const create = (key: string, changes: object = {}, owner = trader, app = t) =>
    as(app.http.post(STRATEGIES), owner)
      .set('idempotency-key', key)
      .send({ strategy_definition_id: definition, initial_balance: 1000, ...changes });

  async function instances(owner = trader): Promise<number> {
    const [row] = await t.database.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::integer AS count FROM portfolios WHERE user_id = $1`,
      [owner.id],
    );
    return row!.count;
  }

  async function count(table: string): Promise<number> {
    const [row] = await t.database.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::integer AS count FROM ${table}`,
    );
    return row!.count;
  }

  describe('gives the first answer again and makes nothing new:', () => {
    const cases: [string, string, () => () => request.Test][] = [
      [
        'POST /strategies',
        'portfolios',
        () => () =>
          as(t.http.post(STRATEGIES), trader).send({ strategy_definition_id: definition, initial_balance: 5 }),
      ],
      [
        'POST /strategy-definitions',
        'strategy_definitions',
        () => {
          const body = definitionBody();
          return () => as(t.http.post(DEFINITIONS), admin).send(body);
        },
      ],
      [
        'POST /strategy-definitions/{id}/runs',
        'strategy_runs',
        () => () => as(t.http.post(`${DEFINITIONS}/${definition}/runs`), admin),
      ],
      [
        'POST /admin/users',
        'users',
        () => () =>
          as(t.http.post('/api/v1/admin/users'), admin).send({
            email: 'made@conclave.test',
            password: PASSWORD,
            role: 'trader',
          }),
      ],
      [
        'POST /auth/register',
        'users',
        () => () => t.http.post('/api/v1/auth/register').send({ email: 'self@conclave.test', password: PASSWORD }),
      ],
    ];

    it.each(cases)('%s', async (_what, table, prepare) => {
      const [key, send] = [newKey(), prepare()];
      const before = await count(table);
      clock.advance(1000);
      const first = await send().set('idempotency-key', key);
      expect(first.status).toBeGreaterThanOrEqual(201);
      expect(first.status).toBeLessThan(300);
      expect(first.headers['idempotency-replayed']).toBeUndefined();
      // So that a second answer would differ.
      if (table === 'users') await t.database.dataSource.query(`UPDATE users SET full_name = 'Else'`);
      clock.advance(1000);
      const again = await send().set('idempotency-key', key);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect([again.status, again.text]).toEqual([first.status, first.text]);
      for (const name of ['location', 'etag', 'content-type', 'cache-control']) {
        expect([name, again.headers[name]]).toEqual([name, first.headers[name]]);
      }
      expect(await count(table)).toBe(before + 1);
    });

    it('DELETE /strategies/{id}, which sells no second time', async () => {
      const made = await create(newKey());
      const key = newKey();
      const archive = () =>
        as(t.http.delete(`${STRATEGIES}/${(made.body as { id: string }).id}`), trader).set('idempotency-key', key);
      const before = await count('audit_log');
      const first = await archive();
      expect(first.status).toBe(200);
      clock.advance(1000);
      const again = await archive();
      expect([again.status, again.text, again.headers['etag']]).toEqual([200, first.text, first.headers['etag']]);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(codeOf(await archive().set('idempotency-key', newKey()))).toBe('409 archived');
      expect(codeOf(await archive().query({ close_positions: true }))).toBe('422 idempotency_key_reused');
      expect(await count('audit_log')).toBe(before + 1);
    });

    it('also by another replica', async () => {
      const other = await createTestApp({ clock, database: t.database });
      const key = newKey();
      const first = await create(key);
      const again = await create(key, {}, trader, other);
      await other.close();
      expect(again.text).toBe(first.text);
      expect(again.headers['idempotency-replayed']).toBe('true');
    });
  });

  it('without one, two requests make two', async () => {
    const before = await instances();
    for (let times = 0; times < 2; times++) {
      const pending = as(t.http.post(STRATEGIES), trader);
      await pending.send({ strategy_definition_id: definition, initial_balance: 1000 }).expect(201);
    }
    expect(await instances()).toBe(before + 2);
  });

  it('with another body or for another path is 422, and the first answer stays', async () => {
    const key = newKey();
    const first = await create(key);
    expect(codeOf(await create(key, { initial_balance: 1001 }))).toBe('422 idempotency_key_reused');
    const elsewhere = as(t.http.post(DEFINITIONS), admin).set('idempotency-key', key).send(definitionBody());
    expect((await elsewhere).status).toBe(201);
    const traderKey = newKey();
    const mine = await create(traderKey, {}, admin);
    expect(mine.status).toBe(201);
    const other = as(t.http.post(DEFINITIONS), admin).set('idempotency-key', traderKey).send(definitionBody());
    expect(codeOf(await other)).toBe('422 idempotency_key_reused');
    expect((await create(key)).text).toBe(first.text);
  });

  it('of one user is not that of another', async () => {
    const key = newKey();
    const other = await t.signUp('trader');
    const [mine, theirs] = [await create(key), await create(key, {}, other)];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect((theirs.body as { id: string }).id).not.toBe((mine.body as { id: string }).id);
    expect((theirs.body as { user: { id: string } }).user.id).toBe(other.id);
  });

  it.each([
    ['empty', ''],
    ['256 characters', 'k'.repeat(256)],
    ['with a space', 'a b'],
    ['beyond ASCII', 'schl\u00fcssel'],
  ])('that is %s is 400', async (_what, key) => {
    const before = await instances();
    expect(codeOf(await create(key))).toBe('400 bad_idempotency_key');
    expect(await instances()).toBe(before);
  });

  it('of 255 characters counts', async () => {
    const key = `~!${'k'.repeat(253)}`;
    const first = await create(key);
    expect(first.status).toBe(201);
    expect((await create(key)).text).toBe(first.text);
  });

  it('ten requests at once with one make one instance', async () => {
    const owner = await t.signUp('trader');
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(key, {}, owner)));
    expect(await instances(owner)).toBe(1);
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThanOrEqual(1);
    expect(new Set(made.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    for (const answer of answers) expect(['201', '409 idempotency_in_progress']).toContain(codeOf(answer));
    expect((await create(key, {}, owner)).status).toBe(201);
  });

  it('is 409 while the first request is still running, and is answered when it is done', async () => {
    const owner = await t.signUp('trader');
    const key = newKey();
    const audit = t.app.get(AuditLogService);
    const record = audit.record.bind(audit);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let entered = (): void => undefined;
    const inside = new Promise<void>((resolve) => (entered = resolve));
    jest.spyOn(audit, 'record').mockImplementationOnce(async (...args) => {
      entered();
      await held;
      return record(...args);
    });
    const first = create(key, {}, owner).then((response) => response);
    await inside;
    // Should the second wait for the first instead, the test fails and does not hang.
    const late = setTimeout(release, 5000);
    expect(codeOf(await create(key, {}, owner))).toBe('409 idempotency_in_progress');
    clearTimeout(late);
    release();
    const answer = await first;
    expect(answer.status).toBe(201);
    expect((await create(key, {}, owner)).text).toBe(answer.text);
    expect(await instances(owner)).toBe(1);
  });

  describe('after a failure', () => {
    it('of the caller is as free as before', async () => {
      const key = newKey();
      const before = await instances();
      expect(codeOf(await create(key, { initial_balance: -1 }))).toBe('422 validation_failed');
      expect(codeOf(await create(key, { initial_balance: 'x' }))).toBe('422 validation_failed');
      expect((await create(key)).status).toBe(201);
      expect(await instances()).toBe(before + 1);
    });

    it('of ours before the effect is as free as before', async () => {
      const owner = await t.signUp('trader');
      const key = newKey();
      jest.spyOn(t.app.get(AuditLogService), 'record').mockRejectedValueOnce(new Error('broken'));
      expect(codeOf(await create(key, {}, owner))).toBe('500 internal_error');
      expect(await instances(owner)).toBe(0);
      const again = await create(key, {}, owner);
      expect(again.status).toBe(201);
      expect(again.headers['idempotency-replayed']).toBeUndefined();
      expect(await instances(owner)).toBe(1);
    });

    it('between effect and answer, such as a crash, brings what was made and makes nothing twice', async () => {
      const owner = await t.signUp('trader');
      const key = newKey();
      jest.spyOn(t.app.get(IdempotencyStore), 'storeAnswer').mockRejectedValueOnce(new Error('the process died'));
      expect((await create(key, {}, owner)).status).toBe(500);
      expect(await instances(owner)).toBe(1);
      const again = await create(key, {}, owner);
      expect(again.status).toBe(201);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(again.headers['location']).toBe(`/api/v1/strategies/${(again.body as { id: string }).id}`);
      expect(codeOf(await create(key, { initial_balance: 7 }, owner))).toBe('422 idempotency_key_reused');
      expect((await create(key, {}, owner)).text).toBe(again.text);
      expect(await instances(owner)).toBe(1);
    });

    it('between effect and answer holds for users, definitions, runs and what is archived, too', async () => {
      const body = definitionBody();
      const email = 'crash@conclave.test';
      const made = await create(newKey());
      const sends: [string, () => request.Test][] = [
        ['strategy_definitions', () => as(t.http.post(DEFINITIONS), admin).send(body)],
        ['strategy_runs', () => as(t.http.post(`${DEFINITIONS}/${definition}/runs`), admin)],
        ['users', () => t.http.post('/api/v1/auth/register').send({ email, password: PASSWORD })],
        ['audit_log', () => as(t.http.delete(`${STRATEGIES}/${(made.body as { id: string }).id}`), trader)],
      ];
      for (const [table, send] of sends) {
        clock.advance(1000);
        const key = newKey();
        const before = await count(table);
        jest.spyOn(t.app.get(IdempotencyStore), 'storeAnswer').mockRejectedValueOnce(new Error('the process died'));
        expect([table, (await send().set('idempotency-key', key)).status]).toEqual([table, 500]);
        const again = await send().set('idempotency-key', key);
        expect([table, Math.floor(again.status / 100)]).toEqual([table, 2]);
        expect(again.headers['idempotency-replayed']).toBe('true');
        expect([table, await count(table)]).toEqual([table, before + 1]);
      }
    });
  });

  it('is stored with no hash that a password could be guessed from', async () => {
    const key = newKey();
    const body = JSON.stringify({ email: 'hashed@conclave.test', password: PASSWORD });
    const sent = t.http.post('/api/v1/auth/register').set('content-type', 'application/json');
    await sent.set('idempotency-key', key).send(body).expect(201);
    const rows = await t.database.dataSource.query(`SELECT * FROM idempotency_keys WHERE key = $1`, [key]);
    expect(rows).toHaveLength(1);
    const text = JSON.stringify(rows);
    expect(text).not.toContain(PASSWORD);
    for (const plain of [body, PASSWORD, `POST /api/v1/auth/register\n${body}`]) {
      expect(text).not.toContain(createHash('sha256').update(plain).digest('hex'));
    }
  });

  it('stands in the documentation of the operations that take one', () => {
    const { paths } = buildOpenApi(t.app as NestExpressApplication);
    const taking = Object.entries(paths).flatMap(([path, item]) =>
      (['get', 'post', 'patch', 'delete'] as const).flatMap((method) => {
        const names = (item[method]?.parameters ?? []).map((parameter) => ('name' in parameter ? parameter.name : ''));
        return names.includes('Idempotency-Key') ? [`${method} ${path.replace('/api/v1', '')}`] : [];
      }),
    );
    expect(taking.sort()).toEqual([
      'delete /strategies/{id}',
      'post /admin/users',
      'post /auth/register',
      'post /strategies',
      'post /strategy-definitions',
      'post /strategy-definitions/{id}/runs',
    ]);
  });

  it('counts for 24 hours', async () => {
    const owner = await t.signUp('trader');
    const key = newKey();
    const renewed = async (): Promise<TestUser> => {
      const login = await t.http.post('/api/v1/auth/login').send({ email: owner.email, password: PASSWORD });
      return { ...owner, token: (login.body as { access_token: string }).access_token };
    };
    const first = await create(key, {}, owner);
    clock.advance(24 * HOUR - 1000);
    expect((await create(key, {}, await renewed())).text).toBe(first.text);
    clock.advance(1000);
    const next = await create(key, { initial_balance: 2000 }, await renewed());
    expect(next.status).toBe(201);
    expect(next.headers['idempotency-replayed']).toBeUndefined();
    expect(await instances(owner)).toBe(2);
    clock.advance(24 * HOUR);
    await t.app.get(IdempotencyStore).removeExpired();
    expect(await count('idempotency_keys')).toBe(0);
  });
});
