import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { recordRun, type RecordedRun } from '../support/history.js';
import { as, createDefinition, createInstance, registerAgents, STRATEGIES, type Body } from '../support/strategies.js';

type Page = { items: Body[]; total: number; next_cursor: string | null };

const namesOf = (page: Page) => page.items.map((item) => item['instance_name']);

describe('views of instances', () => {
  let t: TestApp;
  let admin: TestUser;
  let trader: TestUser;
  let other: TestUser;
  let user: TestUser;
  let definition: number;
  let active: string;
  let stopped: string;
  let archived: string;
  let run: RecordedRun;

  beforeAll(async () => {
    t = await createTestApp();
    await registerAgents(t);
    admin = await t.signUp('admin');
    trader = await t.signUp('trader', 'Ada Lovelace');
    other = await t.signUp('trader', 'Charles Babbage');
    user = await t.signUp('user');
    definition = await createDefinition(t, admin);
    active = String((await createInstance(t, trader, definition, { instance_name: '100%_Alpha\\' }))['id']);
    stopped = String(
      (await createInstance(t, trader, definition, { instance_name: 'Beta', initial_balance: 20_000 }))['id'],
    );
    archived = String((await createInstance(t, trader, definition, { instance_name: 'Gamma' }))['id']);
    await as(t.http.patch(`${STRATEGIES}/${stopped}`), trader).send({ is_active: false });
    await as(t.http.delete(`${STRATEGIES}/${archived}`), trader);
    await recordRun(t, definition, active);
    run = await recordRun(t, definition, active);
  });

  afterAll(() => t.close());

  const get = (path: string, by: TestUser) => as(t.http.get(`${STRATEGIES}${path}`), by);
  const read = async (path: string, by: TestUser) => {
    const response = await get(path, by);
    expect({ path, status: response.status }).toEqual({ path, status: 200 });
    return response.body as Body & Page;
  };
  const listed = async (query: string, by = trader) => namesOf(await read(`?definition_id=${definition}&${query}`, by));

  it('say why and since when runs of the definition fail, and whether it is on', async () => {
    const shown = async () => (await read(`/${active}`, user))['run_failure'];
    expect(await shown()).toBeNull();
    const error = { code: 'market_data_unavailable', message: 'There was no market price.' };
    await t.database.dataSource.query(
      `INSERT INTO strategy_runs (id, definition_id, definition_version, scheduled_for, trigger, status, error, counters, created_at, finished_at)
       SELECT ('ffffffff-0000-7000-8000-00000000000' || n)::uuid, $1, 1, timestamptz '2999-01-01 00:00Z' + n * interval '1 hour',
         'schedule', CASE n WHEN 0 THEN 'completed' ELSE 'failed' END, CASE n WHEN 0 THEN NULL ELSE $2::jsonb END, '{}', now(), now()
       FROM generate_series(0, 2) n`,
      [definition, error],
    );
    expect(await shown()).toEqual({ ...error, since: '2999-01-01T01:00:00.000Z' });
    expect((await read(`?definition_id=${definition}`, trader)).items[0]).toMatchObject({
      definition: { is_active: true },
      run_failure: { code: error.code },
    });
    await t.database.dataSource.query(`DELETE FROM strategy_runs WHERE scheduled_for > '2900-01-01'`);
  });

  describe('the list', () => {
    it('leaves out what is archived, newest first', async () => {
      const page = await read(`?definition_id=${definition}`, trader);
      expect(page).toMatchObject({ total: 2, limit: 50, offset: 0 });
      expect(namesOf(page)).toEqual(['Beta', '100%_Alpha\\']);
    });

    it.each([
      ['status=active', ['100%_Alpha\\']],
      ['status=stopped', ['Beta']],
      ['status=archived', ['Gamma']],
      ['trading_mode=paper', ['Beta', '100%_Alpha\\']],
      ['trading_mode=live', []],
      ['q=bet', ['Beta']],
      ['q=%25', ['100%_Alpha\\']],
      ['q=_', ['100%_Alpha\\']],
      ['q=%5C', ['100%_Alpha\\']],
      ['q=B_ta', []],
      ['q=', ['Beta', '100%_Alpha\\']],
      ['sort=total_value', ['100%_Alpha\\', 'Beta']],
      ['sort=-total_value', ['Beta', '100%_Alpha\\']],
      ['sort=-total_pnl_percent', ['100%_Alpha\\', 'Beta']],
      ['sort=created_at', ['100%_Alpha\\', 'Beta']],
      ['limit=1', ['Beta']],
      ['limit=1&offset=1', ['100%_Alpha\\']],
      ['offset=2', []],
    ])('takes %s', async (query, names) => {
      expect(await listed(query)).toEqual(names);
    });

    it.each([
      'status=running',
      'trading_mode=demo',
      'sort=instance_params',
      'sort=id',
      'limit=0',
      'limit=201',
      'limit=-1',
      'offset=-1',
      'definition_id=0',
      'definition_id=2147483648',
      'user_id=1',
      'colour=red',
      'q=%00',
      'q=a&q=b',
    ])('refuses %s', async (query) => {
      const by = query.startsWith('user_id') ? admin : trader;
      expect((await get(`?${query}`, by)).status).toBe(400);
    });

    it('is filtered by user for admins only', async () => {
      expect(await listed(`user_id=${trader.id}`, admin)).toHaveLength(2);
      expect(await listed(`user_id=${other.id}`, admin)).toEqual([]);
      expect(await listed(`user_id=${trader.id}`, trader)).toEqual(await listed('mine=true', trader));
      const refused = await get(`?user_id=${other.id}`, trader);
      expect({ status: refused.status, body: refused.body as unknown }).toMatchObject({
        status: 403,
        body: { code: 'admin_only' },
      });
    });

    it('shows a user active instances only, also in the total', async () => {
      expect(await read(`?definition_id=${definition}`, user)).toMatchObject({ total: 1, items: [{ id: active }] });
      expect(await listed('status=stopped', user)).toEqual([]);
      expect(await listed('status=archived', user)).toEqual([]);
    });

    it('takes as many statements for many instances as for one', async () => {
      const queries = jest.spyOn(t.app.get(DataSource), 'query');
      const count = async (limit: number) => {
        await read('?limit=1', trader);
        queries.mockClear();
        const { items } = await read(`?limit=${limit}`, trader);
        return { items: items.length, statements: queries.mock.calls.length };
      };
      for (let n = 0; n < 10; n++) await createInstance(t, other, definition);
      const few = await count(1);
      const many = await count(200);
      queries.mockRestore();
      expect(many.items).toBeGreaterThan(10);
      expect(few.statements).toBeGreaterThan(1);
      expect(many.statements).toBe(few.statements);
    });
  });

  describe('one instance', () => {
    it('shows its owner what it holds and what the market was', async () => {
      const body = await read(`/${active}`, trader);
      expect(body).toMatchObject({
        current_balance: '8999',
        total_value: '10099',
        total_pnl: '99',
        total_pnl_percent: 0.99,
        last_conviction_score: 61.5,
        last_signal: 'BUY',
        market_data: { market: 'simulated', symbol: 'BTC', price: '110000', source: 'simulated' },
        positions: [
          {
            symbol: 'BTC',
            side: 'long',
            quantity: '0.01',
            average_entry_price: '100100',
            cost_basis: '1001',
            current_price: '110000',
            market_value: '1100',
            unrealized_pnl: '99',
          },
        ],
      });
    });

    it('has exactly the fields of the interface', async () => {
      const fields = [
        'id', 'strategy_definition_id', 'definition', 'user', 'instance_name', 'instance_description', 'instance_params',
        'params_version', 'trading_mode', 'is_active', 'initial_balance', 'current_balance', 'total_value', 'total_pnl',
        'total_pnl_percent', 'annualized_return', 'total_trades', 'winning_trades', 'losing_trades', 'win_rate',
        'max_drawdown', 'sharpe_ratio', 'positions', 'last_conviction_score', 'last_signal', 'last_execution_time',
        'next_execution_time', 'warnings', 'market_data', 'version', 'created_at', 'updated_at',
        'annualized_return_reason', 'sharpe_ratio_reason', 'archived_at', 'ignored_params', 'run_failure',
      ]; // prettier-ignore
      expect(Object.keys(await read(`/${active}`, trader)).sort()).toEqual([...fields].sort());
      const hidden = new Set(['instance_params', 'ignored_params', 'params_version', 'current_balance']);
      const forUsers = fields.filter((field) => !hidden.has(field)).sort();
      expect(Object.keys(await read(`/${active}`, user)).sort()).toEqual(forUsers);
      expect(Object.keys((await read('?limit=1&sort=created_at', user)).items[0]!).sort()).toEqual(forUsers);
    });

    it.each(['0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10', 'abc', '1', '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f1g'])(
      'is 404 for %s',
      async (id) => {
        expect((await get(`/${id}`, trader)).status).toBe(404);
      },
    );
  });

  describe('who sees what', () => {
    const everywhere = [
      '',
      '/executions',
      '/trades',
      '/exits',
      '/performance',
      '/snapshots',
      '/params-history',
      '/ledger',
    ];
    const statuses = async (id: string, by: TestUser) =>
      Object.fromEntries(
        await Promise.all(everywhere.map(async (path) => [path, (await get(`/${id}${path}`, by)).status])),
      );
    const all = (status: number) => Object.fromEntries(everywhere.map((path) => [path, status]));
    const butBooks = { ...all(200), '/params-history': 404, '/ledger': 404 };

    it('owner and admin: everything, stopped and archived too', async () => {
      for (const id of [active, stopped, archived]) {
        expect(await statuses(id, trader)).toEqual(all(200));
        expect(await statuses(id, admin)).toEqual(all(200));
      }
    });

    it('another trader: everything but ledger and params history', async () => {
      for (const id of [active, stopped, archived]) expect(await statuses(id, other)).toEqual(butBooks);
      expect(await read(`/${active}`, other)).toMatchObject({
        instance_params: { buy_threshold: 55 },
        params_version: 1,
      });
    });

    it('a user: the same of active instances, of others nothing', async () => {
      expect(await statuses(active, user)).toEqual(butBooks);
      expect(await statuses(stopped, user)).toEqual(all(404));
      expect(await statuses(archived, user)).toEqual(all(404));
    });

    it('nobody: nothing', async () => {
      for (const path of everywhere) expect((await t.http.get(`${STRATEGIES}/${active}${path}`)).status).toBe(401);
    });

    it('no params and no address reach a user by any way', async () => {
      const paths = [
        '?limit=200',
        `/${active}`,
        `/${active}/executions`,
        `/${active}/executions/${run.executionId}`,
        `/${active}/trades`,
        `/${active}/exits`,
        `/${active}/performance`,
        `/${active}/snapshots`,
      ];
      for (const path of paths) {
        const { text } = await get(path, user);
        expect(text).not.toMatch(
          /threshold|agent_weights|params|distance_to|signal_strength|position_size|state_before/,
        );
        expect(text).not.toContain('@');
      }
      for (const path of [...paths, `/${active}/params-history`, `/${active}/ledger`])
        expect((await get(path, admin)).text).not.toContain('@');
    });
  });

  it('no number from which the params could be computed reaches a user by any way', async () => {
    const paths = ['?limit=200', ...['', '/executions', `/executions/${run.executionId}`, '/trades', '/snapshots'].map((path) => `/${active}${path}`)]; // prettier-ignore
    const sizes = /"(quantity|filled_quantity|notional|fee|realized_pnl|cost_basis|average_entry_price|market_value|unrealized_pnl|margin|cash|positions_value|current_balance|(balance|holding)_(before|after))"/; // prettier-ignore
    // What recordRun() books: .01 BTC for 1000 and a fee of 1, a conviction of 61.5, 99 earned.
    const numbers = /"(0\.01|1000|8999|1001|1100|100100|99\.\d+)"|[:,](61\.5|0\.0099)\b/;
    for (const path of paths) {
      const mine = (await get(path, trader)).text;
      expect({ path, shows: sizes.test(mine) || numbers.test(mine) }).toEqual({ path, shows: true });
      const { status, text } = await get(path, user);
      expect({ path, status, size: sizes.exec(text)?.[0], number: numbers.exec(text)?.[0] }).toEqual({
        path,
        status: 200,
      });
    }
  });

  it('a user cannot find the exact return by filtering', async () => {
    await t.database.dataSource.query(
      'UPDATE portfolios SET total_pnl = 98.7654321, total_value = 10098.7654321 WHERE id = $1',
      [active],
    );
    const found = async (min: number, by: TestUser) =>
      (await read(`?min_total_pnl_percent=${min}&limit=200`, by)).items.some(({ id }) => id === active);
    expect([await found(0.987654, trader), await found(0.987655, trader)]).toEqual([true, false]);
    expect(await read(`/${active}`, user)).toMatchObject({
      total_pnl_percent: 0.99,
      total_pnl: '99',
      total_value: '10099',
    });
    expect([await found(0.99, user), await found(0.987655, user), await found(0.991, user)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('stand under their old name too', async () => {
    const moved = await as(t.http.get(`/api/v1/marketplace/${active}/trades?limit=1`), user);
    expect({ status: moved.status, to: moved.headers['location'] }).toEqual({
      status: 308,
      to: `${STRATEGIES}/${active}/trades?limit=1`,
    });
  });
});
