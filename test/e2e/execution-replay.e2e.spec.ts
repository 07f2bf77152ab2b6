import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { ALWAYS_BUY } from '../support/params.js';
import { runNow } from '../support/runs.js';
import { as, createDefinition, createInstance, registerAgents, STRATEGIES, type Body } from '../support/strategies.js';

interface Replay {
  readonly identical: boolean;
  readonly differences: { readonly field: string; readonly stored: unknown; readonly computed: unknown }[];
  readonly decision: Body | null;
  readonly error: { readonly code: string } | null;
  readonly decision_agent: Body;
}

describe('GET /strategies/{id}/executions/{executionId}/replay', () => {
  let t: TestApp;
  let owner: TestUser;
  let trader: TestUser;
  let user: TestUser;
  let admin: TestUser;
  let definition: number;
  let strategy: string;
  let execution: string;

  beforeAll(async () => {
    t = await createTestApp();
    await registerAgents(t);
    admin = await t.signUp('admin');
    owner = await t.signUp('trader', 'Ada Lovelace');
    trader = await t.signUp('trader', 'Charles Babbage');
    user = await t.signUp('user');
    definition = await createDefinition(t, admin);
    const params = { ...ALWAYS_BUY, fg_circuit_breaker_threshold: 0 };
    strategy = String((await createInstance(t, owner, definition, { instance_params: params }))['id']);
    execution = await executionOf(await runNow(t, definition));
  });

  afterAll(() => t.close());

  const sql = <T>(statement: string, ...values: unknown[]): Promise<T[]> =>
    t.database.dataSource.query<T[]>(statement, values);
  const get = (by: TestUser, id = execution, of = strategy) =>
    as(t.http.get(`${STRATEGIES}/${of}/executions/${id}/replay`), by);

  async function executionOf(run: string): Promise<string> {
    const [row] = await sql<{ id: string }>(`SELECT id FROM strategy_executions WHERE run_id = $1`, run);
    return row!.id;
  }

  async function replay(id = execution): Promise<Replay> {
    const response = await get(owner, id);
    expect(response.status).toBe(200);
    return response.body as Replay;
  }

  /** The fields that differ while a statement has its effect. */
  async function fieldsAfter(statement: string, ...values: unknown[]): Promise<string[]> {
    const tables = [
      'strategy_executions',
      'strategy_runs',
      'orders',
      'trades',
      'agent_executions',
      'portfolio_params_history',
    ];
    for (const table of tables) await sql(`CREATE TABLE kept_${table} AS TABLE ${table}`);
    await sql(statement, ...values);
    const { identical, differences } = await replay();
    expect(identical).toBe(differences.length === 0);
    await t.database.dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL session_replication_role = replica`);
      for (const table of tables) {
        await manager.query(`DELETE FROM ${table}`);
        await manager.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
        await manager.query(`DROP TABLE kept_${table}`);
      }
    });
    return differences.map(({ field }) => field);
  }

  it('comes to the same decision, order and fill', async () => {
    const [stored] = await sql<Body>(`SELECT * FROM strategy_executions WHERE id = $1`, execution);
    const body = await replay();
    expect(body).toMatchObject({
      identical: true,
      differences: [],
      error: null,
      decision: { signal: 'BUY', should_execute: true, conviction_score: stored!['conviction_score'] },
      decision_agent: { name: 'MultiAgentConvictionDecision', version: '1.0.0', version_then: '1.0.0' },
    });
    expect(await sql(`SELECT 1 FROM trades WHERE execution_id = $1`, execution)).toHaveLength(1);
  });

  it('is for owner, traders and admins; a user learns no more than that there is no such thing', async () => {
    for (const by of [owner, trader, admin]) expect((await get(by)).body).toMatchObject({ identical: true });
    const refused = await get(user);
    expect({ status: refused.status, body: refused.body as unknown }).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    expect((await t.http.get(`${STRATEGIES}/${strategy}/executions/${execution}/replay`)).status).toBe(401);
  });

  it('does not know an execution of another strategy, nor one that never was', async () => {
    const other = String((await createInstance(t, owner, definition))['id']);
    expect((await get(owner, execution, other)).status).toBe(404);
    expect((await get(owner, strategy)).status).toBe(404);
    expect((await get(owner, 'x')).status).toBe(404);
  });

  it.each([
    ['the signal', `UPDATE strategy_executions SET signal = 'SELL'`, ['signal']],
    [
      'the conviction, also in the reasons, which take it from the decision',
      `UPDATE strategy_executions SET conviction_score = conviction_score + 1e-12`,
      ['conviction_score', 'reasons.0.conviction', 'reasons.1.conviction'],
    ],
    [
      'a number of a reason',
      `UPDATE strategy_executions SET reasons = jsonb_set(reasons::jsonb, '{0,1}', '12')`,
      ['reasons.0.weighted_score'],
    ],
    [
      'the code of a reason',
      `UPDATE strategy_executions SET reasons = jsonb_set(reasons::jsonb, '{1,0}', '3')`,
      ['reasons.1.code'],
    ],
    [
      'the total value',
      `UPDATE strategy_executions SET state_before = jsonb_set(state_before::jsonb, '{4}', '"10001"')`,
      ['total_value'],
    ],
    ['the size', `UPDATE strategy_executions SET position_size = position_size * 1.01`, ['position_size']],
    ['the fee', `UPDATE trades SET fee = fee / 2`, ['fills.0.fee']],
    ['the quantity', `UPDATE orders SET quantity = quantity + 0.00001`, ['order.quantity']],
    ['the price', `UPDATE trades SET price = price - 0.01`, ['fills.0.price']],
  ])('shows that %s was tampered with', async (_what, statement, fields) => {
    expect(await fieldsAfter(statement)).toEqual(fields);
    expect((await replay()).identical).toBe(true);
  });

  it.each([
    ['an analysis', `UPDATE agent_executions SET score = score / 2 + 1 WHERE agent_name = 'macro'`],
    [
      'the params',
      `UPDATE portfolio_params_history SET params = jsonb_set(params, '{agent_weights}', '{"macro": 0, "onchain": 0, "ta": 1}')`,
    ],
    [
      'the market',
      `UPDATE strategy_runs SET market_snapshot = jsonb_set(market_snapshot, '{price,value}', '"1234.5"')`,
    ],
    ['the cash', `UPDATE strategy_executions SET state_before = jsonb_set(state_before::jsonb, '{2}', '"1"')`],
    [
      'what the market traded',
      `UPDATE strategy_runs SET market_snapshot = jsonb_set(market_snapshot, '{hour_volume,value}', '0')`,
    ],
    ['the slippage', `UPDATE strategy_runs SET slippage_bps = 500`],
    [
      'the price, so that it is none',
      `UPDATE strategy_runs SET market_snapshot = jsonb_set(market_snapshot, '{price,value}', '"free"')`,
    ],
  ])('shows that %s was tampered with by what follows from it', async (_what, statement) => {
    expect(await fieldsAfter(statement)).not.toEqual([]);
  });

  it('shows a fill that was removed', async () => {
    expect(await fieldsAfter(`DELETE FROM trades`)).toEqual(['fills.0']);
  });

  it('is identical for an execution that failed when it fails with the same code', async () => {
    await sql(
      `UPDATE portfolios SET instance_params = '{"buy_threshold": "x"}', params_version = 2 WHERE id = $1`,
      strategy,
    );
    await sql(
      `INSERT INTO portfolio_params_history (portfolio_id, params_version, params, changed_at)
       VALUES ($1, 2, '{"buy_threshold": "x"}', now())`,
      strategy,
    );
    const run = await runNow(t, definition);
    const [row] = await sql<{ id: string; status: string }>(
      `SELECT id, status FROM strategy_executions WHERE run_id = $1 AND portfolio_id = $2`,
      run,
      strategy,
    );
    expect(row!.status).toBe('failed');
    expect(await replay(row!.id)).toMatchObject({
      identical: true,
      differences: [],
      decision: null,
      error: { code: 'params_invalid' },
    });
    await sql(
      `UPDATE strategy_executions SET error = '{"code": "internal_error", "message": "?"}' WHERE id = $1`,
      row!.id,
    );
    expect((await replay(row!.id)).differences).toEqual([
      { field: 'error.code', stored: 'internal_error', computed: 'params_invalid' },
    ]);
    await sql(
      `UPDATE strategy_executions SET error = '{"code": "chunk_failed", "message": "?"}' WHERE id = $1`,
      row!.id,
    );
    expect((await get(owner, row!.id)).body).toMatchObject({ status: 409, code: 'nothing_decided' });
    await sql(`UPDATE strategy_executions SET status = 'skipped', error = NULL WHERE id = $1`, row!.id);
    expect((await get(owner, row!.id)).body).toMatchObject({ status: 409, code: 'nothing_decided' });
  });

  it.each([
    ['business agents', `UPDATE strategy_runs SET business_agents = NULL`],
    ['market', `UPDATE strategy_runs SET market_snapshot = NULL`],
    ['params', `DELETE FROM portfolio_params_history`],
    ['portfolio', `UPDATE strategy_executions SET state_before = '{}'`],
    ['decision agent', `UPDATE strategy_runs SET decision_agent_class = '__proto__'`],
  ])('says so when the %s at the time of the decision is unknown', async (_what, statement) => {
    await sql(statement);
    expect((await get(owner)).body).toMatchObject({ status: 409, code: 'not_replayable' });
  });
});
