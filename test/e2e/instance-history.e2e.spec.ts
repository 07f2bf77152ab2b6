import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { recordRun, type RecordedRun } from '../support/history.js';
import { as, createDefinition, createInstance, registerAgents, STRATEGIES, type Body } from '../support/strategies.js';

type Page = { items: Body[]; next_cursor: string | null };

describe('the history of an instance', () => {
  let t: TestApp;
  let admin: TestUser;
  let trader: TestUser;
  let other: TestUser;
  let user: TestUser;
  let definition: number;
  let active: string;
  let unused: string;
  let run: RecordedRun;
  let earlier: RecordedRun;

  beforeAll(async () => {
    t = await createTestApp();
    await registerAgents(t);
    admin = await t.signUp('admin');
    trader = await t.signUp('trader', 'Ada Lovelace');
    other = await t.signUp('trader', 'Charles Babbage');
    user = await t.signUp('user');
    definition = await createDefinition(t, admin);
    active = String((await createInstance(t, trader, definition))['id']);
    unused = String((await createInstance(t, trader, definition))['id']);
    earlier = await recordRun(t, definition, active);
    run = await recordRun(t, definition, active);
  });

  afterAll(() => t.close());

  const get = (path: string, by: TestUser) => as(t.http.get(`${STRATEGIES}${path}`), by);
  const read = async (path: string, by: TestUser) => {
    const response = await get(path, by);
    expect({ path, status: response.status }).toEqual({ path, status: 200 });
    return response.body as Body & Page;
  };

  it('pages through executions, newest first', async () => {
    const first = await read(`/${active}/executions?limit=1`, trader);
    expect(first.items).toMatchObject([
      {
        id: run.executionId,
        run_id: run.runId,
        conviction_score: 61.5,
        signal: 'BUY',
        reasons: [{ code: 'buy_signal', conviction: 61.5, buy_threshold: 55 }],
        distance_to_sell: 11.5,
        params_version: 1,
        error: null,
      },
    ]);
    const second = await read(`/${active}/executions?limit=1&cursor=${first.next_cursor}`, trader);
    expect(second).toMatchObject({ items: [{ id: earlier.executionId }], next_cursor: null });
  });

  it('shows a user the same by the codes of its reasons', async () => {
    const { items } = await read(`/${active}/executions?limit=1`, user);
    expect(items).toMatchObject([
      { id: run.executionId, signal: 'BUY', conviction_score: 62, reasons: [{ code: 'buy_signal' }] },
    ]);
    expect(items[0]!['reasons']).toEqual([{ code: 'buy_signal' }]);
  });

  it('shows an execution in full, with the params it used', async () => {
    await as(t.http.patch(`${STRATEGIES}/${active}`), trader).send({ instance_params: { buy_threshold: 58 } });
    const body = await read(`/${active}/executions/${run.executionId}`, trader);
    expect(body).toMatchObject({
      id: run.executionId,
      params_version: 1,
      params: { buy_threshold: 55 },
      state_before: { consecutive_bullish_count: 3 },
      market_snapshot: { market: 'simulated', price: { value: '110000' } },
      analyses: [
        { agent_name: 'macro', score: 45, details: { factors: [{ name: 'dxy', contribution: 0.2 }] } },
        { agent_name: 'ta', score: 30 },
      ],
      order: {
        side: 'BUY',
        status: 'filled',
        quantity: '0.01',
        fills: [{ id: run.tradeId, fee: '1', realized_pnl: null }],
      },
    });
  });

  it('does not show an execution under another instance', async () => {
    expect((await get(`/${unused}/executions/${run.executionId}`, trader)).status).toBe(404);
    expect((await get(`/${active}/executions/${run.runId}`, trader)).status).toBe(404);
    expect((await get(`/${active}/executions/x`, trader)).status).toBe(404);
  });

  it.each([
    ['executions', 2],
    ['trades', 2],
    ['snapshots', 3],
    ['ledger', 7],
  ])('pages through all %s, each once', async (name, total) => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = await read(`/${active}/${name}?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`, trader);
      seen.push(...page.items.map((item) => JSON.stringify(item)));
      cursor = page.next_cursor;
    }
    expect(seen).toHaveLength(total);
    const whole = await read(`/${active}/${name}`, trader);
    expect(whole.items.map((item) => JSON.stringify(item))).toEqual(seen);
  });

  it('shows fills and ledger in plain decimals', async () => {
    expect((await read(`/${active}/trades?limit=1`, other)).items).toMatchObject([
      {
        id: run.tradeId,
        trade_type: 'BUY',
        quantity: '0.01',
        price: '100000',
        balance_after: '8999',
        fee_asset: 'USDT',
      },
    ]);
    const { items } = await read(`/${active}/ledger`, trader);
    expect(items.at(-1)).toMatchObject({ kind: 'deposit', asset: 'USDT', amount: '10000', trade_id: null });
    expect((await read(`/${active}/snapshots?limit=1`, other)).items).toMatchObject([
      { total_value: '10099', cash: '8999', price: '110000' },
    ]);
  });

  it('shows a user when and at which price was traded, and not how much', async () => {
    expect((await read(`/${active}/trades?limit=1`, user)).items).toEqual([
      {
        id: run.tradeId,
        order_id: expect.any(String),
        execution_id: run.executionId,
        symbol: 'BTC',
        trade_type: 'BUY',
        price: '100000',
        fee_asset: 'USDT',
        reason: 'buy_signal',
        executed_at: expect.any(String),
      },
    ]);
    expect((await read(`/${active}/snapshots?limit=1`, user)).items).toEqual([
      { taken_at: expect.any(String), total_value: '10099', price: '110000' },
    ]);
    const { order } = await read(`/${active}/executions/${run.executionId}`, user);
    expect(order).toMatchObject({ side: 'BUY', average_price: '100000', fills: [{ price: '100000' }] });
    for (const hidden of ['quantity', 'filled_quantity', 'fills.0.quantity', 'fills.0.notional']) {
      expect(order).not.toHaveProperty(hidden);
    }
  });

  it.each(['executions', 'trades', 'snapshots', 'params-history', 'ledger'])(
    'refuses a cursor that is none in %s',
    async (name) => {
      for (const cursor of ['x', '-1', '99999999999999999999', "' OR 1=1"]) {
        const response = await get(`/${active}/${name}?cursor=${encodeURIComponent(cursor)}`, trader);
        expect({ status: response.status, body: response.body as unknown }).toMatchObject({
          status: 400,
          body: { code: 'bad_cursor' },
        });
      }
    },
  );
});
