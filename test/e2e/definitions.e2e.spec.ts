import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MARKET_DATA_SOURCE, type MarketDataSource } from '../../src/market-data/market-data-source.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import {
  as,
  createDefinition,
  definitionBody,
  DEFINITIONS,
  registerAgents,
  violationsOf,
  type Body,
} from '../support/strategies.js';

const one = (id: number) => `${DEFINITIONS}/${id}`;
const idsOf = (body: unknown) => (body as { items: { id: number }[] }).items.map((item) => item.id);

describe('strategy definitions', () => {
  let t: TestApp;
  let admin: TestUser;
  let trader: TestUser;
  let user: TestUser;

  beforeAll(async () => {
    t = await createTestApp();
    await registerAgents(t);
    admin = await t.signUp('admin');
    trader = await t.signUp('trader');
    user = await t.signUp('user');
  });

  afterAll(() => t.close());

  const get = async (id: number) => (await as(t.http.get(one(id)), admin)).body as Body;

  describe('creating one', () => {
    it('answers it in full, with its address, and traders find it', async () => {
      const body = definitionBody({ display_name: 'Careful BTC' });
      const created = await as(t.http.post(DEFINITIONS), admin).send(body);
      expect(created.status).toBe(201);
      const { id } = created.body as { id: number };
      expect(created.headers['location']).toBe(one(id));
      expect(created.headers['etag']).toBe('"v1"');
      expect(created.body).toMatchObject({ ...body, description: '', is_active: true, next_run_at: null, version: 1 });
      expect((created.body as Body)['default_params']).toMatchObject({
        agent_weights: { macro: 0.4, onchain: 0.4, ta: 0.2 },
        buy_threshold: 55,
        max_position_size: 0.01,
      });
      const read = await as(t.http.get(one(id)), trader);
      expect({ status: read.status, body: read.body as unknown }).toEqual({ status: 200, body: created.body });
      const [entry] = await t.database.dataSource.query<{ actor_id: string }[]>(
        `SELECT actor_id FROM audit_log WHERE action = 'definition.created' AND target_id = $1`,
        [String(id)],
      );
      expect(entry?.actor_id).toBe(admin.id);
    });

    it('says what decisions may do at its venue, and what it costs', async () => {
      const costs = { taker_fee_rate: 0.001, slippage_bps: 5, maintenance_margin_rate: null };
      const spot = { can_short: false, max_leverage: 1, ...costs };
      const seeded = (await as(t.http.get(DEFINITIONS), trader)).body as { items: Body[] };
      const found = seeded.items.map(({ name, channel }) => [name, channel] as const);
      expect(found).toContainEqual(['multi_agent_btc_v1', spot]);
      const perpetual = {
        can_short: true,
        max_leverage: 40,
        taker_fee_rate: 0.00045,
        slippage_bps: 5,
        maintenance_margin_rate: 0.0125,
      };
      expect(found).toContainEqual(['momentum_regime_btc_v1', perpetual]);
    });

    it('lists everything that is wrong at once, naming what is unknown and what is known', async () => {
      const response = await as(t.http.post(DEFINITIONS), admin).send(
        definitionBody({
          name: 'Not a name',
          decision_agent_module: 'node:child_process',
          business_agents: ['macro', 'oracle', 'macro', 'resting'],
          trade_channel: 'nasdaq',
          rebalance_period_minutes: 0,
          default_params: { agent_weights: { macro: 1 }, buy_threshold: 500 },
        }),
      );
      expect(response.status).toBe(422);
      expect(violationsOf(response)).toEqual(
        expect.arrayContaining([
          '/name bad_format',
          '/decision_agent_module wrong_module',
          '/business_agents/1 unknown_business_agent',
          '/business_agents/2 duplicate_agent',
          '/business_agents/3 inactive_agent',
          '/trade_channel unknown_trade_channel',
          '/rebalance_period_minutes out_of_range',
          '/default_params/buy_threshold out_of_range',
          '/default_params/full_sell_threshold required',
        ]),
      );
      expect(response.text).toMatch(/\\"oracle\\"\. Known: .*macro, onchain.*ta/);
      expect(response.text).toContain('\\"nasdaq\\". Known: binance_spot');
    });

    it('lists what is missing, unknown and out of range beside what its rules find', async () => {
      const body = definitionBody({ rebalance_period_minutes: 0, trade_symbol: 'DOGE', surprise: 1, name: undefined });
      const response = await as(t.http.post(DEFINITIONS), admin).send(body);
      expect(response.body).toMatchObject({ detail: '4 fields are not valid. See errors.' });
      expect(violationsOf(response)).toEqual([
        '/name required',
        '/rebalance_period_minutes out_of_range',
        '/surprise unknown_field',
        '/trade_symbol unknown_symbol',
      ]);
      const nothing = await as(t.http.post(DEFINITIONS), admin).send({});
      expect(violationsOf(nothing).every((violation) => violation.endsWith(' required'))).toBe(true);
      expect(violationsOf(nothing)).toHaveLength(8);
    });

    it('takes no more agents than there can be', async () => {
      const body = definitionBody({ business_agents: Array.from({ length: 33 }, () => 'macro') });
      expect(violationsOf(await as(t.http.post(DEFINITIONS), admin).send(body))).toEqual([
        '/business_agents wrong_length',
      ]);
    });

    it.each<[string, Body, string[]]>([
      ['a name of blanks', { display_name: '  ' }, ['/display_name wrong_length']],
      ['a name of two lines', { display_name: 'a\nb' }, ['/display_name bad_format']],
      ['a name that turns the text around', { display_name: 'a\u202eb' }, ['/display_name bad_format']],
      ['a name that is too short', { name: 'ab' }, ['/name bad_format']],
      ['a name in capitals', { name: 'ABC' }, ['/name bad_format']],
      [
        'a class that is not there',
        { decision_agent_class: '__proto__' },
        ['/decision_agent_class unknown_decision_agent'],
      ],
      [
        'a class of ten kilobytes',
        { decision_agent_class: 'x'.repeat(10_000) },
        ['/decision_agent_class unknown_decision_agent'],
      ],
      ['a path as module', { decision_agent_module: '../../x' }, ['/decision_agent_module wrong_module']],
      [
        'a module as data URL',
        { decision_agent_module: 'data:text/javascript,0' },
        ['/decision_agent_module wrong_module'],
      ],
      ['no agents', { business_agents: [] }, ['/business_agents wrong_length']],
      ['agents that are no list', { business_agents: 'macro' }, ['/business_agents wrong_type']],
      ['a symbol the channel does not trade', { trade_symbol: 'DOGE' }, ['/trade_symbol unknown_symbol']],
      [
        'a channel that does not exist yet',
        { trade_channel: 'binance_margin' },
        ['/trade_channel unknown_trade_channel'],
      ],
      ['more than a week', { rebalance_period_minutes: 10_081 }, ['/rebalance_period_minutes out_of_range']],
      ['half minutes', { rebalance_period_minutes: 1.5 }, ['/rebalance_period_minutes wrong_type']],
      ['an unknown field', { next_run_at: '2026-01-01T00:00:00Z' }, ['/next_run_at unknown_field']],
    ])('refuses %s', async (_name, changes, expected) => {
      const response = await as(t.http.post(DEFINITIONS), admin).send(definitionBody(changes));
      expect({ status: response.status, violations: violationsOf(response) }).toEqual({
        status: 422,
        violations: expected,
      });
    });

    it('refuses a symbol that the market cannot price: every run would fail', async () => {
      const source = t.app.get<MarketDataSource>(MARKET_DATA_SOURCE, { strict: false });
      const asked = jest.spyOn(source, 'hasMarket').mockImplementation((symbol) => symbol !== 'ETH');
      const response = await as(t.http.post(DEFINITIONS), admin).send(definitionBody({ trade_symbol: 'ETH' }));
      asked.mockRestore();
      expect({ status: response.status, body: response.body as unknown }).toMatchObject({
        status: 422,
        body: {
          errors: [
            {
              pointer: '/trade_symbol',
              code: 'no_prices',
              message: 'The simulated market has no prices for ETH on binance_spot, so every run would fail.',
              values: { symbol: 'ETH', channel: 'binance_spot' },
            },
          ],
        },
      });
    });

    it('refuses params with unknown names and of the wrong types', async () => {
      const { default_params } = await get(await createDefinition(t, admin));
      const bad = { ...(default_params as Body), speed: 1, buy_threshold: '55' };
      const response = await as(t.http.post(DEFINITIONS), admin).send(definitionBody({ default_params: bad }));
      expect(violationsOf(response)).toEqual([
        '/default_params/buy_threshold wrong_type',
        '/default_params/speed unknown_param',
      ]);
      expect(response.text).toContain('speed');
    });

    it('refuses to fill in defaults that do not fit the agents', async () => {
      const response = await as(t.http.post(DEFINITIONS), admin).send(
        definitionBody({ business_agents: ['macro', 'ta'] }),
      );
      expect(response.status).toBe(422);
      expect(violationsOf(response).every((violation) => violation.startsWith('/default_params'))).toBe(true);
    });

    it('refuses a name that is taken, also when two ask for it at once', async () => {
      const body = definitionBody();
      const answers = await Promise.all([1, 2, 3].map(() => as(t.http.post(DEFINITIONS), admin).send(body)));
      expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409]);
      expect(answers.find((answer) => answer.status === 409)?.body).toMatchObject({ code: 'name_taken' });
    });

    it('is for admins', async () => {
      expect((await as(t.http.post(DEFINITIONS), trader).send(definitionBody())).status).toBe(403);
      expect((await t.http.post(DEFINITIONS).send(definitionBody())).status).toBe(401);
    });
  });

  describe('reading', () => {
    it('is not for users', async () => {
      expect((await as(t.http.get(DEFINITIONS), user)).status).toBe(403);
    });

    it('leaves out those that are switched off, unless an admin asks for them', async () => {
      const id = await createDefinition(t, admin, { is_active: false });
      expect(idsOf((await as(t.http.get(DEFINITIONS), trader)).body)).not.toContain(id);
      expect(idsOf((await as(t.http.get(`${DEFINITIONS}?include_inactive=true`), admin)).body)).toContain(id);
      const refused = await as(t.http.get(`${DEFINITIONS}?include_inactive=true`), trader);
      expect({ status: refused.status, body: refused.body as unknown }).toMatchObject({
        status: 403,
        body: { code: 'admin_only' },
      });
      expect((await as(t.http.get(`${DEFINITIONS}?include_inactive=1`), admin)).status).toBe(400);
    });

    it('pages and sorts', async () => {
      await createDefinition(t, admin, { display_name: 'AAA first' });
      await createDefinition(t, admin, { display_name: 'zzz last' });
      const page = await as(t.http.get(`${DEFINITIONS}?sort=display_name&limit=1&offset=0`), trader);
      expect(page.body).toMatchObject({ limit: 1, offset: 0, items: [{ display_name: 'AAA first' }] });
      expect((page.body as { total: number }).total).toBeGreaterThan(1);
      expect((await as(t.http.get(`${DEFINITIONS}?sort=default_params`), trader)).status).toBe(400);
    });

    it.each(['0', '-1', 'abc', '2147483648', '1e3', '999999'])('answers 404 for %s', async (id) => {
      expect((await as(t.http.get(`${DEFINITIONS}/${id}`), trader)).status).toBe(404);
    });
  });
});
