import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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

const one = (id: unknown) => `${STRATEGIES}/${String(id)}`;

describe('creating an instance', () => {
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

  const post = (body: Body, by = trader) => as(t.http.post(STRATEGIES), by).send(body);
  const get = async (id: unknown, by = trader) => as(t.http.get(one(id)), by);
  const patch = (id: unknown, body: Body, by = trader) => as(t.http.patch(one(id)), by).send(body);
  const remove = (id: unknown, by = trader, query = '') => as(t.http.delete(one(id) + query), by);
  const sql = <Row>(statement: string, ...values: unknown[]) => t.database.dataSource.query<Row[]>(statement, values);
  const instancesOf = async (definitionId: number) => {
    const [row] = await sql<{ n: number }>(
      'SELECT count(*)::int AS n FROM portfolios WHERE strategy_definition_id = $1',
      definitionId,
    );
    return row!.n;
  };

  it('answers it in full, with its address, running', async () => {
    const response = await post({
      strategy_definition_id: definition,
      initial_balance: 10_000,
      trading_mode: 'paper',
      instance_params: { agent_weights: { macro: 0.5, onchain: 0.3, ta: 0.2 }, buy_threshold: 57 },
    });
    expect(response.status).toBe(201);
    const body = response.body as Body;
    expect(response.headers['location']).toBe(one(body['id']));
    expect(response.headers['etag']).toBe('"v1"');
    expect(body).toMatchObject({
      strategy_definition_id: definition,
      definition: {
        id: definition,
        display_name: 'Three analysts',
        trade_channel: 'binance_spot',
        trade_symbol: 'BTC',
      },
      user: { id: trader.id, full_name: 'Ada Lovelace' },
      instance_name: 'Three analysts - Ada Lovelace - #1',
      instance_description: '',
      instance_params: {
        agent_weights: { macro: 0.5, onchain: 0.3, ta: 0.2 },
        buy_threshold: 57,
        full_sell_threshold: 45,
      },
      params_version: 1,
      trading_mode: 'paper',
      is_active: true,
      initial_balance: '10000',
      current_balance: '10000',
      total_value: '10000',
      total_pnl: '0',
      total_pnl_percent: 0,
      annualized_return: null,
      annualized_return_reason: 'needs_30_days',
      total_trades: 0,
      win_rate: null,
      max_drawdown: 0,
      sharpe_ratio: null,
      sharpe_ratio_reason: 'needs_30_days',
      positions: [],
      last_conviction_score: null,
      last_signal: null,
      last_execution_time: null,
      next_execution_time: null,
      warnings: [],
      market_data: null,
      version: 1,
    });
    expect(response.text).not.toContain(trader.email);
    expect((await get(body['id'])).body).toEqual(body);
  });

  it('writes params, deposit, snapshot and audit line with it', async () => {
    const { id } = await createInstance(t, trader, definition, { initial_balance: '1234.5' });
    expect(
      await sql('SELECT params_version, changed_by FROM portfolio_params_history WHERE portfolio_id = $1', id),
    ).toEqual([{ params_version: 1, changed_by: trader.id }]);
    expect(await sql('SELECT asset, amount, kind FROM ledger_entries WHERE portfolio_id = $1', id)).toEqual([
      { asset: 'USDT', amount: '1234.500000000000000000', kind: 'deposit' },
    ]);
    expect(await sql('SELECT cash, total_value, price FROM portfolio_snapshots WHERE portfolio_id = $1', id)).toEqual([
      { cash: '1234.500000000000000000', total_value: '1234.500000000000000000', price: null },
    ]);
    expect(await sql('SELECT action, actor_id FROM audit_log WHERE target_id = $1', id)).toEqual([
      { action: 'instance.created', actor_id: trader.id },
    ]);
  });

  it('shows when the definition runs next', async () => {
    const at = '2031-01-01T00:00:00.000Z';
    await sql('UPDATE strategy_definitions SET next_run_at = $1 WHERE id = $2', at, definition);
    const instance = await createInstance(t, trader, definition);
    expect(instance['next_execution_time']).toBe(at);
    expect((await patch(instance['id'], { is_active: false })).body).toMatchObject({ next_execution_time: null });
  });

  it('warns when its smallest order is below what the channel takes', async () => {
    const small = await createInstance(t, trader, definition, { initial_balance: 100 });
    expect(small['warnings']).toEqual([
      {
        code: 'smallest_order_below_min_notional',
        message: expect.stringContaining('0.2 USDT'),
        smallest_order: '0.2',
        minimum_notional: '5',
        asset: 'USDT',
      },
    ]);
    expect((await createInstance(t, trader, definition, { initial_balance: 2500 }))['warnings']).toEqual([]);
  });

  it('numbers the default names of each user, and never gives a number twice', async () => {
    const first = await createInstance(t, trader, definition);
    await createInstance(t, trader, definition, { instance_name: 'A name of its own' });
    await remove(first['id']);
    expect((await createInstance(t, trader, definition))['instance_name']).toBe('Three analysts - Ada Lovelace - #3');
    expect((await createInstance(t, other, definition))['instance_name']).toBe('Three analysts - Charles Babbage - #1');
  });

  it('calls somebody without a name by the part of their address before the @', async () => {
    const nameless = await t.signUp('trader');
    await sql('UPDATE users SET full_name = NULL WHERE id = $1', nameless.id);
    const { instance_name } = await createInstance(t, nameless, definition);
    expect(instance_name).toBe(`Three analysts - ${nameless.email.split('@')[0]} - #1`);
  });

  it('gives 20 that are made at once 20 different numbers', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => createInstance(t, trader, definition)));
    const names = made.map((instance) => instance['instance_name']);
    expect(names.sort()).toEqual(
      Array.from({ length: 20 }, (_, n) => `Three analysts - Ada Lovelace - #${n + 1}`).sort(),
    );
  });

  it('lists everything that is wrong at once, and makes nothing', async () => {
    const response = await post({
      strategy_definition_id: definition,
      initial_balance: 'abc',
      trading_mode: 'live',
      instance_params: { buy_threshold: 101, speed: 9, agent_weights: { macro: 0.9, oracle: 0.1 } },
    });
    expect(response.status).toBe(422);
    expect(response.body).toMatchObject({ code: 'live_trading_disabled' });
    expect(violationsOf(response)).toEqual(
      expect.arrayContaining([
        '/initial_balance bad_format',
        '/instance_params/agent_weights/oracle unknown_param',
        '/instance_params/buy_threshold out_of_range',
        '/instance_params/speed unknown_param',
        '/trading_mode live_trading_disabled',
      ]),
    );
    expect(await instancesOf(definition)).toBe(0);
  });

  it('lists what is missing and unknown beside what its rules find', async () => {
    expect(violationsOf(await post({}))).toEqual(['/initial_balance required', '/strategy_definition_id required']);
    const response = await post({
      strategy_definition_id: definition,
      initial_balance: 0,
      trading_mode: 7,
      instance_params: { speed: 9 },
      surprise: 1,
    });
    expect(violationsOf(response)).toEqual([
      '/initial_balance out_of_range',
      '/instance_params/speed unknown_param',
      '/surprise unknown_field',
      '/trading_mode unknown_value',
    ]);
    expect(await instancesOf(definition)).toBe(0);
  });

  it('trims the name', async () => {
    expect(await createInstance(t, trader, definition, { instance_name: '  Careful  ' })).toMatchObject({
      instance_name: 'Careful',
    });
  });

  it.each<[string, Body, string]>([
    ['a name that turns the text around', { instance_name: 'a\u202eb' }, '/instance_name bad_format'],
    ['a balance of zero', { initial_balance: 0 }, '/initial_balance out_of_range'],
    ['a negative balance', { initial_balance: '-1' }, '/initial_balance out_of_range'],
    ['a balance of 1e30', { initial_balance: 1e30 }, '/initial_balance out_of_range'],
    ['NaN', { initial_balance: 'NaN' }, '/initial_balance bad_format'],
    ['no balance', { initial_balance: undefined }, '/initial_balance required'],
    ['nine decimal places', { initial_balance: '1.000000001' }, '/initial_balance bad_format'],
    ['an unknown mode', { trading_mode: 'demo' }, '/trading_mode unknown_value'],
    ['params that are no object', { instance_params: [1] }, '/instance_params wrong_type'],
    ['params that are null', { instance_params: null }, '/instance_params wrong_type'],
    [
      'weights that do not add up',
      { instance_params: { agent_weights: { macro: 0.9 } } },
      '/instance_params/agent_weights weights_sum',
    ],
    [
      'a counter as param',
      { instance_params: { consecutive_bullish_count: 5 } },
      '/instance_params/consecutive_bullish_count unknown_param',
    ],
    ['an empty name', { instance_name: '  ' }, '/instance_name wrong_length'],
    ['a name of two lines', { instance_name: 'a\nb' }, '/instance_name bad_format'],
    ['a name that is too long', { instance_name: 'x'.repeat(201) }, '/instance_name wrong_length'],
    ['an owner', { user_id: '00000000-0000-7000-8000-000000000000' }, '/user_id unknown_field'],
    ['free cash', { current_balance: '1000000' }, '/current_balance unknown_field'],
    ['a role', { role: 'admin' }, '/role unknown_field'],
    [
      'a definition that is not there',
      { strategy_definition_id: 999_999 },
      '/strategy_definition_id unknown_strategy_definition',
    ],
    [
      'a definition beyond int4',
      { strategy_definition_id: 99_999_999_999 },
      '/strategy_definition_id unknown_strategy_definition',
    ],
    ['a definition as text', { strategy_definition_id: '1' }, '/strategy_definition_id wrong_type'],
  ])('refuses %s', async (_name, changes, violation) => {
    const response = await post({ strategy_definition_id: definition, initial_balance: 10_000, ...changes });
    expect({ status: response.status, violations: violationsOf(response) }).toEqual({
      status: 422,
      violations: [violation],
    });
    expect(await instancesOf(definition)).toBe(0);
  });

  it('refuses a number beyond a double', async () => {
    const response = await as(t.http.post(STRATEGIES), trader)
      .set('Content-Type', 'application/json')
      .send(`{"strategy_definition_id": ${definition}, "initial_balance": 1e309}`);
    expect(response.status).toBe(422);
    expect(violationsOf(response)).toEqual(['/initial_balance out_of_range']);
  });

  it('refuses a definition that is switched off, naming those that are not', async () => {
    await as(t.http.patch(`${DEFINITIONS}/${definition}`), admin).send({ is_active: false });
    const on = await createDefinition(t, admin);
    // Only the first 20 are named, and this file makes more.
    await sql('UPDATE strategy_definitions SET is_active = false WHERE id <> $1', on);
    const response = await post({ strategy_definition_id: definition, initial_balance: 0 });
    expect(violationsOf(response)).toEqual([
      '/initial_balance out_of_range',
      '/strategy_definition_id inactive_strategy_definition',
    ]);
    expect(response.text).toContain(`is switched off. Choose one of: ${on} (`);
  });

  it('waits for a definition that is being changed, and goes by what it has become', async () => {
    const { dataSource } = t.database;
    const changing = dataSource.createQueryRunner();
    await changing.startTransaction();
    // As a change of a definition does.
    await changing.query('SELECT 1 FROM strategy_definitions WHERE id = $1 FOR UPDATE', [definition]);
    await changing.query('UPDATE strategy_definitions SET is_active = false WHERE id = $1', [definition]);
    const answered = new AbortController();
    const pending = post({ strategy_definition_id: definition, initial_balance: 10 }).then((response) => {
      answered.abort();
      return response;
    });
    const isWaiting = async () => {
      const rows = await dataSource.query<unknown[]>(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    };
    while (!answered.signal.aborted && !(await isWaiting()));
    await changing.commitTransaction();
    await changing.release();
    expect(violationsOf(await pending)).toEqual(['/strategy_definition_id inactive_strategy_definition']);
  });

  it('is for traders and admins', async () => {
    const body = { strategy_definition_id: definition, initial_balance: 10_000 };
    expect((await post(body, user)).status).toBe(403);
    expect((await t.http.post(STRATEGIES).send(body)).status).toBe(401);
    expect((await post(body, admin)).status).toBe(201);
  });
});
