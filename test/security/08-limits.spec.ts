import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Response } from 'supertest';
import { DataSource } from 'typeorm';
import { buildOpenApi } from '../../src/platform/http/docs/openapi.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { HealthService } from '../../src/platform/http/health.controller.js';
import { Counter } from '../../src/platform/rate-limit/counter.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { countStatements } from '../support/statement-counter.js';
import { as, createDefinition, registerAgents, STRATEGIES } from '../support/strategies.js';

const UNKNOWN = '/api/v1/auth/refresh';
const ME = '/api/v1/auth/me';

function codeOf(response: Response): string {
  return `${response.status} ${(response.body as { code?: string }).code ?? ''}`.trim();
}

/** `name;key=number...` of a RateLimit header, as numbers by key. */
function parameters(header: string | undefined): Record<string, number> {
  const found = [...(header ?? '').matchAll(/;([a-z]+)=(\d+)/g)];
  return Object.fromEntries(found.map(([, key, value]) => [key, Number(value)]));
}

describe('point 8: limits', () => {
  let t: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    t = await createTestApp({ config: { rateLimitPerMinute: 10, rateLimitAnonymousPerMinute: 20 } });
    user = await t.signUp('user');
  });

  const replicas: TestApp[] = [];

  afterEach(async () => {
    jest.restoreAllMocks();
    for (const one of replicas.splice(0)) await one.close();
  });
  afterAll(() => t.close());

  const clear = () => t.database.dataSource.query(`DELETE FROM rate_limits`);

  /** Another process on the same database, which has booked nothing yet; closed after the test. */
  async function replica(config: Partial<AppConfig>): Promise<TestApp> {
    const app = await createTestApp({ database: t.database, config });
    replicas.push(app);
    return app;
  }

  /** The only one that has counted anything. */
  async function freshReplica(config: Partial<AppConfig>): Promise<TestApp> {
    await clear();
    return replica(config);
  }

  async function ask(app: TestApp, times: number, token?: string, from?: string): Promise<Response[]> {
    const answers: Response[] = [];
    for (let time = 0; time < times; time++) {
      const pending = app.http.get(ME);
      if (token !== undefined) pending.auth(token, { type: 'bearer' });
      if (from !== undefined) pending.set('x-forwarded-for', from);
      answers.push(await pending);
    }
    return answers;
  }

  describe('of requests', () => {
    it('say in every answer how the caller stands', async () => {
      const app = await freshReplica({ rateLimitPerMinute: 10, rateLimitAnonymousPerMinute: 20 });
      const [first, second] = await ask(app, 2, user.token);
      expect(first!.headers['ratelimit-policy']).toBe('"user";q=10;w=60');
      expect(first!.headers['ratelimit']).toMatch(/^"user";r=9;t=\d+$/);
      expect(parameters(second!.headers['ratelimit'])).toMatchObject({ r: 8 });
      const anonymous = await app.http.post(UNKNOWN).send({ refresh_token: 'x'.repeat(43) });
      expect(anonymous.headers['ratelimit-policy']).toBe('"address";q=20;w=60');
      const nowhere = await app.http.get('/api/v1/nothing');
      expect(parameters(nowhere.headers['ratelimit'])).toMatchObject({ r: 18 });
    });

    it('refuse a user above theirs with 429, Retry-After and a problem document; nobody else', async () => {
      const app = await freshReplica({ rateLimitPerMinute: 3, rateLimitAnonymousPerMinute: 20 });
      const other = await app.signUp('admin');
      const codes = (await ask(app, 5, user.token)).map(codeOf);
      expect(codes).toEqual(['200', '200', '200', '429 rate_limited', '429 rate_limited']);
      const [refused] = await ask(app, 1, user.token);
      expect(refused!.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(Number(refused!.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(refused!.headers['retry-after'])).toBeLessThanOrEqual(60);
      expect(parameters(refused!.headers['ratelimit'])).toMatchObject({ r: 0 });
      expect(refused!.body).toMatchObject({ type: 'urn:conclave:problem:rate_limited', status: 429, errors: [] });
      expect(codeOf((await ask(app, 1, other.token))[0]!)).toBe('200');
    });

    it('count a token that is not ours for the address', async () => {
      const app = await freshReplica({ rateLimitPerMinute: 100, rateLimitAnonymousPerMinute: 3 });
      const forged = `${user.token.slice(0, -4)}AAAA`;
      const codes = (await ask(app, 5, forged)).map(({ status }) => status);
      expect(codes).toEqual([401, 401, 401, 429, 429]);
      expect((await ask(app, 1, user.token))[0]!.status).toBe(200);
    });

    it('stand before the body: what is refused is not even parsed', async () => {
      const app = await freshReplica({ rateLimitAnonymousPerMinute: 1 });
      const send = () => app.http.post('/api/v1/auth/login').set('content-type', 'application/json').send('{"broken');
      expect(codeOf(await send())).toBe('400 malformed_json');
      expect(codeOf(await send())).toBe('429 rate_limited');
    });

    it('leave probes and documentation alone', async () => {
      const app = await freshReplica({ rateLimitAnonymousPerMinute: 1 });
      await ask(app, 3);
      for (let time = 0; time < 5; time++) {
        const probe = await app.http.get('/health/ready');
        expect(probe.status).toBe(200);
        expect(probe.headers['ratelimit']).toBeUndefined();
      }
    });

    it('let nobody take the database by asking whether it is there', async () => {
      const app = await freshReplica({});
      const health = app.app.get(HealthService, { strict: false });
      const counter = countStatements();
      await Promise.all(Array.from({ length: 50 }, () => health.checkReady()));
      counter.stop();
      // Rights, migrations, and the queue's jobs.
      expect(counter.statements.length).toBeLessThanOrEqual(3);
    });

    it('are shared by replicas', async () => {
      const config = { rateLimitPerMinute: 10 };
      const [first, second] = [await freshReplica(config), await replica(config)];
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          (index % 2 ? first : second).http.get(ME).auth(user.token, { type: 'bearer' }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
    });

    it('start over when the window ends', async () => {
      const app = await freshReplica({ rateLimitPerMinute: 1 });
      await ask(app, 2, user.token);
      await t.database.dataSource.query(`UPDATE rate_limits SET expire = 0`);
      // A process that has refused somebody does not ask again before the window is over; another one does.
      const later = await replica({ rateLimitPerMinute: 1 });
      expect((await ask(app, 1, user.token))[0]!.status).toBe(429);
      expect((await ask(later, 1, user.token))[0]!.status).toBe(200);
    });

    it('cost a statement for a twentieth of the limit, not for each request', async () => {
      const app = await freshReplica({ rateLimitPerMinute: 600 });
      const counter = countStatements();
      await ask(app, 60, user.token);
      counter.stop();
      expect(counter.statements.filter((text) => text.includes('rate_limits'))).toHaveLength(2);
    });

    it('never let anybody in when the database does not answer', async () => {
      const app = await freshReplica({ rateLimitPerMinute: 600, rateLimitAnonymousPerMinute: 300 });
      const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
      jest.spyOn(Counter.prototype, 'add').mockRejectedValue(away);
      expect(codeOf((await ask(app, 1, user.token))[0]!)).toBe('503 database_unavailable');
      expect(codeOf((await ask(app, 1))[0]!)).toBe('503 database_unavailable');
      expect((await app.http.get('/health/live')).status).toBe(200);
    });

    it('can be switched off', async () => {
      const app = await freshReplica({});
      const answers = await ask(app, 30, user.token);
      expect(new Set(answers.map(codeOf))).toEqual(new Set(['200']));
      expect(answers[0]!.headers['ratelimit']).toBeUndefined();
    });
  });

  describe('of addresses', () => {
    it('do not believe X-Forwarded-For', async () => {
      const app = await freshReplica({ rateLimitAnonymousPerMinute: 2 });
      const codes: number[] = [];
      for (let time = 0; time < 4; time++) codes.push((await ask(app, 1, undefined, `192.0.2.${time}`))[0]!.status);
      expect(codes).toEqual([401, 401, 429, 429]);
    });

    it('believe as many of its entries, from the end, as there are proxies', async () => {
      const app = await freshReplica({ rateLimitAnonymousPerMinute: 2, trustProxy: 1 });
      const from = async (forwarded: string) => (await ask(app, 1, undefined, forwarded))[0]!.status;
      expect(await from('203.0.113.1, 192.0.2.1')).toBe(401);
      expect(await from('203.0.113.2, 192.0.2.1')).toBe(401);
      expect(await from('203.0.113.3, 192.0.2.1')).toBe(429);
      expect(await from('192.0.2.2')).toBe(401);
    });

    it('take an IPv6 network for one caller', async () => {
      const app = await freshReplica({ rateLimitAnonymousPerMinute: 2, trustProxy: 1 });
      const from = async (forwarded: string) => (await ask(app, 1, undefined, forwarded))[0]!.status;
      expect(await from('2001:db8:0:1::1')).toBe(401);
      expect(await from('2001:db8:0:1::2')).toBe(401);
      expect(await from('2001:db8:0:1:ffff::3')).toBe(429);
      expect(await from('2001:db8:0:2::1')).toBe(401);
    });
  });

  describe('of instances', () => {
    let app: TestApp;
    let definition: number;

    beforeAll(async () => {
      app = await createTestApp({ config: { maxInstancesPerUser: 3 } });
      await registerAgents(app);
      definition = await createDefinition(app, await app.signUp('admin'));
    });

    afterAll(() => app.close());

    const create = (owner: TestUser, headers: Record<string, string> = {}) =>
      as(app.http.post(STRATEGIES), owner)
        .set(headers)
        .send({ strategy_definition_id: definition, initial_balance: 1000 });

    it('hold when ten are made at once, for each user', async () => {
      const [one, other] = [await app.signUp('trader'), await app.signUp('trader')];
      const answers = await Promise.all(Array.from({ length: 10 }, () => create(one)));
      expect(answers.map(codeOf).sort()).toEqual(['201', '201', '201', ...Array(7).fill('409 too_many_instances')]);
      expect((await create(other)).status).toBe(201);
    });

    it('do not count archived ones', async () => {
      const owner = await app.signUp('trader');
      const made = [await create(owner), await create(owner), await create(owner)];
      expect(codeOf(await create(owner))).toBe('409 too_many_instances');
      await as(app.http.delete(`${STRATEGIES}/${(made[0]!.body as { id: string }).id}`), owner).expect(200);
      expect((await create(owner)).status).toBe(201);
      expect(codeOf(await create(owner))).toBe('409 too_many_instances');
    });

    it('do not stand against an answer that is given again', async () => {
      const owner = await app.signUp('trader');
      await create(owner);
      await create(owner);
      const last = await create(owner, { 'idempotency-key': 'last' });
      const again = await create(owner, { 'idempotency-key': 'last' });
      expect([last.status, again.status]).toEqual([201, 201]);
      expect(again.body).toEqual(last.body);
    });
  });

  it('stand in the documentation of every operation below the prefix', () => {
    const document = buildOpenApi(t.app as NestExpressApplication);
    let operations = 0;
    for (const [path, item] of Object.entries(document.paths)) {
      for (const operation of [item.get, item.post, item.patch, item.delete]) {
        if (!operation) continue;
        const limited = path.startsWith('/api/v1/');
        operations += limited ? 1 : 0;
        expect([path, '429' in operation.responses]).toEqual([path, limited]);
        const right = Object.entries(operation.responses).find(([status]) => status.startsWith('2'));
        const headers = (right![1] as { headers?: object }).headers ?? {};
        expect([path, 'RateLimit' in headers && 'RateLimit-Policy' in headers]).toEqual([path, limited]);
      }
    }
    expect(operations).toBeGreaterThan(20);
  });

  it('of time: a statement of the application is cancelled after 15 seconds', async () => {
    const [row] = await t.app.get(DataSource).query<{ statement_timeout: string }[]>('SHOW statement_timeout');
    expect(row!.statement_timeout).toBe('15s');
  });
});
