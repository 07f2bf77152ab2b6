import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import {
  as,
  createDefinition,
  createInstance,
  registerAgents,
  STRATEGIES,
  violationsOf,
  type Body,
} from '../support/strategies.js';

/** Answers differ in ids and trace ids only. */
const blank = (text: string) => text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id');
const one = (id: unknown) => `${STRATEGIES}/${String(id)}`;

describe('instances', () => {
  let t: TestApp;
  let admin: TestUser;
  let trader: TestUser;
  let other: TestUser;
  let user: TestUser;
  let definition: number;

  beforeAll(async () => {
    t = await createTestApp();
    await registerAgents(t);
    admin = await t.signUp('admin');
    trader = await t.signUp('trader', 'Ada Lovelace');
    other = await t.signUp('trader', 'Charles Babbage');
    user = await t.signUp('user');
  });

  beforeEach(async () => {
    definition = await createDefinition(t, admin);
  });

  afterAll(() => t.close());

  const get = async (id: unknown, by = trader) => as(t.http.get(one(id)), by);
  const patch = (id: unknown, body: Body, by = trader) => as(t.http.patch(one(id)), by).send(body);
  const remove = (id: unknown, by = trader, query = '') => as(t.http.delete(one(id) + query), by);
  const sql = <Row>(statement: string, ...values: unknown[]) => t.database.dataSource.query<Row[]>(statement, values);
  describe('changing one', () => {
    it('merges params into a new version and keeps the ones before', async () => {
      const { id, instance_params } = await createInstance(t, trader, definition);
      const response = await patch(id, {
        instance_params: { agent_weights: { macro: 0.2, ta: 0.4 }, buy_threshold: 60 },
      });
      expect(response.status).toBe(200);
      expect(response.headers['etag']).toBe('"v2"');
      const changed = {
        ...(instance_params as Body),
        agent_weights: { macro: 0.2, onchain: 0.4, ta: 0.4 },
        buy_threshold: 60,
      };
      expect(response.body).toMatchObject({ params_version: 2, version: 2, instance_params: changed });
      const history = await as(t.http.get(`${one(id)}/params-history`), trader);
      expect((history.body as Body)['items']).toMatchObject([
        { params_version: 2, params: changed, changed_by: { id: trader.id, full_name: 'Ada Lovelace' } },
        { params_version: 1, params: instance_params },
      ]);
    });

    it('makes no version when nothing changes', async () => {
      const { id } = await createInstance(t, trader, definition);
      const response = await patch(id, { instance_params: { buy_threshold: 55 }, is_active: true });
      expect(response.body).toMatchObject({ params_version: 1, version: 1 });
      expect((await patch(id, {})).body).toMatchObject({ version: 1 });
    });

    it('renames without a version of the params', async () => {
      const { id } = await createInstance(t, trader, definition);
      const response = await patch(id, { instance_name: 'Löwe 🦁', instance_description: 'Zwei\nZeilen' });
      expect(response.body).toMatchObject({
        instance_name: 'Löwe 🦁',
        instance_description: 'Zwei\nZeilen',
        params_version: 1,
        version: 2,
      });
    });

    it('stops and starts', async () => {
      const { id } = await createInstance(t, trader, definition);
      const since = async () =>
        (await sql<{ active_since: Date | null }>('SELECT active_since FROM portfolios WHERE id = $1', id))[0]!
          .active_since;
      const first = await since();
      expect((await patch(id, { is_active: false })).body).toMatchObject({ is_active: false, archived_at: null });
      expect(await since()).toBeNull();
      expect((await patch(id, { is_active: true })).body).toMatchObject({ is_active: true });
      expect((await since())!.getTime()).toBeGreaterThan(first!.getTime());
    });

    it('refuses fields and params in one answer, and changes nothing', async () => {
      const { id } = await createInstance(t, trader, definition);
      const body = { instance_params: { agent_weights: { macro: 1 } }, is_active: 'yes', surprise: 1 };
      const response = await as(t.http.patch(`${STRATEGIES}/${String(id)}`), trader).send(body);
      expect(violationsOf(response)).toEqual([
        '/instance_params/agent_weights weights_sum',
        '/is_active wrong_type',
        '/surprise unknown_field',
      ]);
      for (const wrong of [{ surprise: 1 }, { is_active: 'yes' }, { instance_name: ' ', is_active: false }]) {
        expect((await as(t.http.patch(`${STRATEGIES}/${String(id)}`), trader).send(wrong)).status).toBe(422);
      }
      const read = await as(t.http.get(`${STRATEGIES}/${String(id)}`), trader);
      expect(read.body).toMatchObject({ version: 1, is_active: true });
    });

    it('lists everything that is wrong with the params, and changes nothing', async () => {
      const { id } = await createInstance(t, trader, definition);
      const before = (await get(id)).body as Body;
      const response = await patch(id, {
        instance_name: 'No',
        instance_params: { buy_threshold: -1, full_sell_threshold: 90, speed: 1 },
      });
      expect(response.status).toBe(422);
      expect(violationsOf(response)).toEqual(
        expect.arrayContaining(['/instance_params/buy_threshold out_of_range', '/instance_params/speed unknown_param']),
      );
      expect((await get(id)).body).toEqual(before);
    });

    it.each<Body>([
      { user_id: '00000000-0000-7000-8000-000000000000' },
      { current_balance: '1000000' },
      { role: 'admin' },
      { trading_mode: 'live' },
      { initial_balance: 5 },
      { instance_name: null },
      { is_active: 'false' },
      { instance_params: null },
    ])('refuses %j and changes nothing', async (body) => {
      const { id } = await createInstance(t, trader, definition);
      const before = (await get(id)).body as Body;
      expect((await patch(id, { ...body, instance_description: 'changed' })).status).toBe(422);
      expect((await get(id)).body).toEqual(before);
    });

    it('keeps every one of many changes to the params that come at once', async () => {
      const { id } = await createInstance(t, trader, definition);
      const names = ['buy_threshold', 'consecutive_signal_threshold', 'fg_position_adjust_threshold'];
      const answers = await Promise.all(names.map((name) => patch(id, { instance_params: { [name]: 56 } })));
      expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
      const { body } = await get(id);
      expect(body).toMatchObject({
        params_version: 4,
        version: 4,
        instance_params: Object.fromEntries(names.map((name) => [name, 56])),
      });
    });

    it('is against the version that was read, where the caller says which', async () => {
      const { id } = await createInstance(t, trader, definition);
      await patch(id, { instance_description: 'second' });
      const stale = await patch(id, { instance_description: 'third' }).set('If-Match', '"v1"');
      expect({ status: stale.status, body: stale.body as unknown }).toMatchObject({
        status: 412,
        body: { code: 'stale_version' },
      });
      expect((await patch(id, { instance_description: 'third' }).set('Prefer', 'strict')).status).toBe(428);
      expect((await remove(id).set('Prefer', 'strict')).status).toBe(428);
      expect((await remove(id).set('If-Match', '"v1"')).status).toBe(412);
      expect((await patch(id, { instance_description: 'third' }).set('If-Match', '"v2"')).status).toBe(200);
    });
  });

  describe('archiving one', () => {
    it('stops it for good and keeps its history', async () => {
      const { id } = await createInstance(t, trader, definition);
      const response = await remove(id);
      expect({ status: response.status, body: response.body as unknown }).toMatchObject({
        status: 200,
        body: { is_active: false, version: 2, archived_at: expect.any(String), total_value: '10000' },
      });
      expect((await get(id)).body).toEqual(response.body);
      expect((await as(t.http.get(`${one(id)}/ledger`), trader)).body).toMatchObject({
        items: [{ kind: 'deposit', amount: '10000' }],
      });
      const again = await remove(id);
      expect({ status: again.status, body: again.body as unknown }).toMatchObject({
        status: 409,
        body: { code: 'archived' },
      });
      for (const body of [{ is_active: true }, { instance_name: 'x' }, {}]) {
        const changed = await patch(id, body);
        expect({ status: changed.status, body: changed.body as unknown }).toMatchObject({
          status: 409,
          body: { code: 'archived' },
        });
      }
    });

    it('leaves what it holds in it', async () => {
      const { id } = await createInstance(t, trader, definition);
      await hold(id, '0.01', '1000');
      expect((await remove(id)).body).toMatchObject({ positions: [{ symbol: 'BTC', quantity: '0.01' }] });
    });

    it('sells what it holds first when it is asked to, even when many ask at once', async () => {
      const made = await Promise.all(Array.from({ length: 12 }, () => createInstance(t, trader, definition)));
      await Promise.all(made.map(({ id }) => hold(id, '0.01', '1000')));
      const answers = await Promise.all(made.map(({ id }) => remove(id, trader, '?close_positions=true')));
      for (const answer of answers) {
        expect({ status: answer.status, body: answer.body as unknown }).toMatchObject({
          status: 200,
          body: { is_active: false, positions: [], total_trades: 1 },
        });
      }
      const { id } = made[0]!;
      const [books] = await sql<Body>(
        `SELECT p.current_balance = (SELECT sum(amount) FROM ledger_entries WHERE portfolio_id = p.id AND asset = 'USDT') AS cash,
           (SELECT sum(amount) FROM ledger_entries WHERE portfolio_id = p.id AND asset = 'BTC') = 0 AS coins
         FROM portfolios p WHERE p.id = $1`,
        id,
      );
      expect(books).toEqual({ cash: true, coins: true });
    });

    it('says in the trade who wanted it sold', async () => {
      for (const [by, reason] of [
        [trader, 'closed_by_owner'],
        [admin, 'closed_by_admin'],
      ] as const) {
        const { id } = await createInstance(t, trader, definition);
        await hold(id, '0.01', '1000');
        expect((await remove(id, by, '?close_positions=true')).status).toBe(200);
        const trades = await as(t.http.get(`${one(id)}/trades`), trader);
        expect((trades.body as { items: Body[] }).items).toMatchObject([{ trade_type: 'SELL', reason }]);
      }
    });

    it('refuses to leave an open live position behind', async () => {
      const { id } = await createInstance(t, trader, definition);
      await hold(id, '0.01', '1000');
      await sql(`UPDATE portfolios SET trading_mode = 'live' WHERE id = $1`, id);
      const response = await remove(id);
      expect({ status: response.status, body: response.body as unknown }).toMatchObject({
        status: 409,
        body: { code: 'live_position_open' },
      });
      expect((await get(id)).body).toMatchObject({ archived_at: null, is_active: true });
    });

    it('refuses a query it does not know', async () => {
      const { id } = await createInstance(t, trader, definition);
      expect((await remove(id, trader, '?close_positions=maybe')).status).toBe(400);
      expect((await remove(id, trader, '?force=true')).status).toBe(400);
    });
  });

  describe('of somebody else', () => {
    it('cannot be told from one that is not there', async () => {
      const { id } = await createInstance(t, trader, definition);
      const missing = '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10';
      for (const [mine, theirs] of [
        [await patch(missing, { is_active: false }, other), await patch(id, { is_active: false }, other)],
        [await remove(missing, other), await remove(id, other)],
        [await remove(missing, other, '?close_positions=true'), await remove(id, other, '?close_positions=true')],
        [await as(t.http.get(`${one(missing)}/ledger`), other), await as(t.http.get(`${one(id)}/ledger`), other)],
      ] as const) {
        expect(theirs.status).toBe(404);
        expect(blank(theirs.text)).toBe(blank(mine.text));
      }
      expect((await get(id)).body).toMatchObject({ is_active: true, version: 1 });
    });

    it('can be changed by an admin, and the history says who it was', async () => {
      const { id } = await createInstance(t, trader, definition);
      expect((await patch(id, { instance_params: { buy_threshold: 70 } }, admin)).status).toBe(200);
      const history = await as(t.http.get(`${one(id)}/params-history`), trader);
      expect((history.body as { items: Body[] }).items[0]).toMatchObject({ changed_by: { id: admin.id } });
      expect((await remove(id, admin)).status).toBe(200);
    });

    it('cannot be changed by a user', async () => {
      const { id } = await createInstance(t, trader, definition);
      expect((await patch(id, { instance_name: 'Mine now' }, user)).status).toBe(403);
      // As if it did not exist: a user may stop what is theirs.
      expect((await patch(id, { is_active: false }, user)).status).toBe(404);
      expect((await remove(id, user)).status).toBe(404);
    });
  });

  /** Lets an instance hold so much, with books that agree. */
  async function hold(id: unknown, quantity: string, cost: string): Promise<void> {
    await sql(
      `INSERT INTO positions (portfolio_id, symbol, side, quantity, average_entry_price, cost_basis, opened_at, updated_at)
       VALUES ($1, 'BTC', 'long', $2::numeric, $3::numeric / $2::numeric, $3::numeric, now(), now())`,
      id,
      quantity,
      cost,
    );
    await sql(
      `INSERT INTO ledger_entries (portfolio_id, asset, amount, kind, occurred_at)
       VALUES ($1, 'USDT', -$2::numeric, 'trade', now()), ($1, 'BTC', $3::numeric, 'trade', now())`,
      id,
      cost,
      quantity,
    );
    await sql('UPDATE portfolios SET current_balance = current_balance - $2::numeric WHERE id = $1', id, cost);
  }
});
