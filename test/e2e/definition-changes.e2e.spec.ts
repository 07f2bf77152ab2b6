import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import {
  as,
  createDefinition,
  createInstance,
  DEFINITIONS,
  registerAgents,
  STRATEGIES,
  violationsOf,
  type Body,
} from '../support/strategies.js';

const one = (id: number) => `${DEFINITIONS}/${id}`;

describe('changing a strategy definition', () => {
  let t: TestApp;
  let admin: TestUser;
  let trader: TestUser;

  beforeAll(async () => {
    t = await createTestApp();
    await registerAgents(t);
    admin = await t.signUp('admin');
    trader = await t.signUp('trader');
  });

  afterAll(() => t.close());

  const patch = (id: number, body: Body) => as(t.http.patch(one(id)), admin).send(body);
  const get = async (id: number) => (await as(t.http.get(one(id)), admin)).body as Body;

  it('merges params key by key, and no instance notices', async () => {
    const id = await createDefinition(t, admin);
    const before = await createInstance(t, trader, id);
    const response = await patch(id, { default_params: { buy_threshold: 61 }, display_name: 'Renamed' });
    expect(response.status).toBe(200);
    expect(response.headers['etag']).toBe('"v2"');
    expect(response.body).toMatchObject({
      version: 2,
      display_name: 'Renamed',
      default_params: { buy_threshold: 61, full_sell_threshold: 45 },
    });
    const after = await as(t.http.get(`${STRATEGIES}/${String(before['id'])}`), trader);
    expect((after.body as Body)['instance_params']).toEqual(before['instance_params']);
    expect(((await createInstance(t, trader, id))['instance_params'] as Body)['buy_threshold']).toBe(61);
  });

  it('refuses params that are unknown or wrong, all at once, and changes nothing', async () => {
    const id = await createDefinition(t, admin);
    const before = await get(id);
    const params = { buy_threshold: 101, agent_weights: { oracle: 0.1 }, speed: 2 };
    const response = await patch(id, { default_params: params, rebalance_period_minutes: 0, display_name: 'No' });
    expect(response.status).toBe(422);
    expect(violationsOf(response)).toEqual([
      '/default_params/agent_weights/oracle unknown_param',
      '/default_params/buy_threshold out_of_range',
      '/default_params/speed unknown_param',
      '/rebalance_period_minutes out_of_range',
    ]);
    expect(await get(id)).toEqual(before);
  });

  it('lists what is wrong with the fields, the agents and the params at once', async () => {
    const id = await createDefinition(t, admin);
    const response = await patch(id, {
      business_agents: ['oracle'],
      rebalance_period_minutes: 0,
      default_params: { zz: 1 },
      is_active: 'yes',
    });
    expect(violationsOf(response)).toEqual(
      expect.arrayContaining([
        '/business_agents/0 unknown_business_agent',
        '/default_params/zz unknown_param',
        '/is_active wrong_type',
        '/rebalance_period_minutes out_of_range',
      ]),
    );
    expect((await get(id))['version']).toBe(1);
    expect((await patch(id, { surprise: 1 })).status).toBe(422);
  });

  it('asks for params that fit new agents, and does not blame those that nobody sent', async () => {
    const id = await createDefinition(t, admin);
    const response = await patch(id, { business_agents: ['macro', 'ta'] });
    expect((response.body as Body)['errors']).toEqual([
      {
        pointer: '/default_params',
        code: 'required',
        message: 'Send default_params with weights for macro, ta, and all other params.',
      },
    ]);
  });

  it.each([
    { name: 'other_name' },
    { trade_symbol: 'ETH' },
    { version: 7 },
    { next_run_at: null },
    { display_name: null },
  ])('refuses %j', async (body) => {
    const id = await createDefinition(t, admin);
    expect((await patch(id, body)).status).toBe(422);
    expect((await get(id))['version']).toBe(1);
  });

  it('takes other business agents with complete params, but not while an instance is kept', async () => {
    const id = await createDefinition(t, admin);
    const params = { ...((await get(id))['default_params'] as Body), agent_weights: { macro: 0.7, ta: 0.3 } };
    const change = { business_agents: ['macro', 'ta'], default_params: params };
    const instance = await createInstance(t, trader, id);
    const refused = await patch(id, change);
    expect({ status: refused.status, body: refused.body as unknown }).toMatchObject({
      status: 409,
      body: { code: 'definition_in_use' },
    });
    await as(t.http.delete(`${STRATEGIES}/${String(instance['id'])}`), trader);
    const withoutParams = await patch(id, { business_agents: ['macro', 'ta'] });
    expect(withoutParams.status).toBe(422);
    const response = await patch(id, change);
    expect({ status: response.status, body: response.body as unknown }).toMatchObject({
      status: 200,
      body: { ...change, version: 2 },
    });
  });

  it.each([
    ['a new period', { rebalance_period_minutes: 5 }, true],
    ['a switch', { is_active: false }, true],
    ['a new name', { display_name: 'Other' }, false],
    ['the period it has', { rebalance_period_minutes: 60 }, false],
  ])('lets the scheduler compute the next run again for %s', async (_name, body, isReset) => {
    const id = await createDefinition(t, admin);
    const at = '2030-01-01T00:00:00.000Z';
    await t.database.dataSource.query(`UPDATE strategy_definitions SET next_run_at = $1 WHERE id = $2`, [at, id]);
    expect((await patch(id, body)).status).toBe(200);
    const [row] = await t.database.dataSource.query<{ next_run_at: Date | null }[]>(
      `SELECT next_run_at FROM strategy_definitions WHERE id = $1`,
      [id],
    );
    expect(row?.next_run_at?.toISOString() ?? null).toBe(isReset ? null : at);
  });

  it('leaves the version alone when nothing changes', async () => {
    const id = await createDefinition(t, admin);
    const response = await patch(id, { display_name: 'Three analysts', default_params: { buy_threshold: 55 } });
    expect(response.body).toMatchObject({ version: 1 });
  });

  it('is against the version that was read, where the caller says which', async () => {
    const id = await createDefinition(t, admin);
    await patch(id, { description: 'second' });
    const stale = await patch(id, { description: 'third' }).set('If-Match', '"v1"');
    expect({ status: stale.status, body: stale.body as unknown }).toMatchObject({
      status: 412,
      body: { code: 'stale_version' },
    });
    const strict = await patch(id, { description: 'third' }).set('Prefer', 'strict');
    expect(strict.status).toBe(428);
    const right = await patch(id, { description: 'third' }).set('Prefer', 'strict').set('If-Match', '"v2"');
    expect({ status: right.status, version: (right.body as Body)['version'] }).toEqual({ status: 200, version: 3 });
  });

  it('lets all of many through that name no version, one after the other', async () => {
    const id = await createDefinition(t, admin);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => patch(id, { description: `change ${n}` })));
    expect(answers.map((answer) => (answer.body as Body)['version']).sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('lets one of many with the same version through', async () => {
    const id = await createDefinition(t, admin);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => patch(id, { description: `change ${n}` }).set('If-Match', '"v1"')),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
  });

  it('is for admins', async () => {
    const id = await createDefinition(t, admin);
    expect((await as(t.http.patch(one(id)), trader).send({ is_active: false })).status).toBe(403);
    expect((await patch(999_999, { is_active: false })).status).toBe(404);
  });
});
