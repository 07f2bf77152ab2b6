import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toCursor } from '../../src/platform/http/paging.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { recordRun, type RecordedRun } from '../support/history.js';
import {
  as,
  createDefinition,
  createInstance,
  DEFINITIONS,
  registerAgents,
  STRATEGIES,
  type Body,
} from '../support/strategies.js';

const USERS = '/api/v1/admin/users';
const AUDIT_LOG = '/api/v1/admin/audit-log';

describe('the filters of lists', () => {
  let t: TestApp;
  let admin: TestUser;
  let trader: TestUser;
  let other: TestUser;
  let definition: number;
  let rich: string;
  let poor: string;
  let foreign: string;
  let runs: RecordedRun[];

  beforeAll(async () => {
    t = await createTestApp();
    await registerAgents(t);
    admin = await t.signUp('admin');
    trader = await t.signUp('trader', 'Ada Lovelace');
    other = await t.signUp('trader', 'Charles 100%_Babbage');
    definition = await createDefinition(t, admin);
    [rich, poor] = [await instance(trader), await instance(trader)];
    foreign = await instance(other);
    runs = [await recordRun(t, definition, rich), await recordRun(t, definition, rich)];
    await sql(
      `UPDATE portfolios SET total_pnl = initial_balance / 3, created_at = '2026-02-01T12:00:00Z' WHERE id = $1`,
      rich,
    );
    await sql(`UPDATE portfolios SET total_pnl = -100, created_at = '2026-01-01T12:00:00Z' WHERE id = $1`, poor);
    await sql(`UPDATE portfolios SET created_at = '2026-03-01T12:00:00Z' WHERE id = $1`, foreign);
    await sql(
      `UPDATE strategy_executions SET signal = 'HOLD', status = 'failed', error = '{}' WHERE id = $1`,
      runs[0]!.executionId,
    );
    await sql(`UPDATE trades SET trade_type = 'SELL' WHERE id = $1`, runs[0]!.tradeId);
    await sql(`UPDATE strategy_runs SET status = 'degraded' WHERE id = $1`, runs[0]!.runId);
  });

  afterAll(() => t.close());

  const sql = (statement: string, ...values: unknown[]) => t.database.dataSource.query(statement, values);
  const instance = async (owner: TestUser) => String((await createInstance(t, owner, definition))['id']);
  const get = (path: string, by: TestUser) => as(t.http.get(path), by);

  async function ids(path: string, by: TestUser, field = 'id'): Promise<unknown[]> {
    const response = await get(path, by);
    expect({ path, status: response.status }).toEqual({ path, status: 200 });
    return (response.body as { items: Body[] }).items.map((item) => item[field]);
  }

  const byReturn = (query: string) =>
    ids(`${STRATEGIES}?definition_id=${definition}&sort=total_pnl_percent&${query}`, admin);
  const byAge = (query: string) => ids(`${STRATEGIES}?definition_id=${definition}&sort=created_at&${query}`, admin);
  const executions = (query: string) => ids(`${STRATEGIES}/${rich}/executions?${query}`, trader);
  const trades = (query: string) => ids(`${STRATEGIES}/${rich}/trades?${query}`, trader);
  const runsOfIt = (query: string) => ids(`${DEFINITIONS}/${definition}/runs?${query}`, trader);
  const users = (query: string) => ids(`${USERS}?${query}`, admin, 'email');
  const auditLog = (query: string, field: string) => ids(`${AUDIT_LOG}?${query}`, admin, field);

  describe('of strategies', () => {
    it('know the return, both ends included, as it is shown', async () => {
      expect(await byReturn('min_total_pnl_percent=33.33333333')).toEqual([rich]);
      expect(await byReturn('max_total_pnl_percent=33.33333333')).toEqual([poor, foreign, rich]);
      expect(await byReturn('min_total_pnl_percent=-1&max_total_pnl_percent=0')).toEqual([poor, foreign]);
      expect(await byReturn('min_total_pnl_percent=-0.5&max_total_pnl_percent=20')).toEqual([foreign]);
    });

    it('know when they were made: from a time on, and before one', async () => {
      expect(await byAge('created_from=2026-02-01T12:00:00Z')).toEqual([rich, foreign]);
      expect(await byAge('created_to=2026-02-01T12:00:00Z')).toEqual([poor]);
      expect(
        await byAge(`created_from=2026-01-02&created_to=${encodeURIComponent('2026-02-01T14:00:00+01:00')}`),
      ).toEqual([rich]);
    });

    it('know the own ones', async () => {
      expect(await ids(`${STRATEGIES}?mine=true&sort=created_at`, trader)).toEqual([poor, rich]);
      expect(await ids(`${STRATEGIES}?user_id=${trader.id.toUpperCase()}&sort=created_at`, trader)).toEqual([
        poor,
        rich,
      ]);
      expect(await ids(`${STRATEGIES}?mine=false&definition_id=${definition}`, trader)).toHaveLength(3);
      expect(await ids(`${STRATEGIES}?mine=true`, admin)).toEqual([]);
      expect((await get(`${STRATEGIES}?user_id=${other.id}`, trader)).body).toMatchObject({
        status: 403,
        code: 'admin_only',
      });
      expect((await get(`${STRATEGIES}?mine=true&user_id=${other.id}`, admin)).body).toMatchObject({ status: 400 });
    });
  });

  it('of names take upper and lower case alike, whatever the letter and the locale of the database', async () => {
    await as(t.http.patch(`${STRATEGIES}/${rich}`), trader)
      .send({ instance_name: 'Löwe ÑANDÚ' })
      .expect(200);
    await sql(`UPDATE users SET full_name = 'ÅSA Ødegård' WHERE id = $1`, other.id);
    for (const q of ['LÖWE', 'löwe', 'ñandú', 'WE Ñ']) {
      expect(await ids(`${STRATEGIES}?q=${encodeURIComponent(q)}`, trader)).toEqual([rich]);
    }
    for (const q of ['åsa', 'ØDEGÅRD']) expect(await users(`q=${encodeURIComponent(q)}`)).toEqual([other.email]);
    await sql(`UPDATE users SET full_name = 'Charles 100%_Babbage' WHERE id = $1`, other.id);
  });

  it('of names count what matches also where the page is empty', async () => {
    const page = async (query: string) =>
      (await get(`${STRATEGIES}?definition_id=${definition}&${query}`, trader)).body as Body;
    expect(await page('q=lovelace&offset=1')).toMatchObject({ items: [], total: 1 });
    expect(await page('q=nobody&limit=1')).toMatchObject({ items: [], total: 0 });
    expect(await page('offset=50')).toMatchObject({ items: [], total: 3, offset: 50 });
    expect(await page('q=a&sort=-total_value&limit=1')).toMatchObject({ total: 3 });
  });

  it('of executions know signal, status and time', async () => {
    const [first, second] = runs.map(({ executionId }) => executionId);
    const [{ executed_at: at }] = (await sql(`SELECT executed_at FROM strategy_executions WHERE id = $1`, second)) as [
      { executed_at: Date },
    ];
    expect(await executions('signal=HOLD')).toEqual([first]);
    expect(await executions('signal=BUY&status=completed')).toEqual([second]);
    expect(await executions('status=failed')).toEqual([first]);
    expect(await executions('status=skipped')).toEqual([]);
    expect(await executions(`from=${at.toISOString()}`)).toEqual([second]);
    expect(await executions(`to=${at.toISOString()}`)).toEqual([first]);
    expect(await executions(`signal=HOLD&cursor=${toCursor(`executions of ${rich}`, second!)}`)).toEqual([first]);
  });

  it('of trades know side and time', async () => {
    expect(await trades('trade_type=SELL')).toEqual([runs[0]!.tradeId]);
    expect(await trades('trade_type=BUY')).toEqual([runs[1]!.tradeId]);
    expect(await trades('from=2027-01-01')).toEqual([]);
    expect(await trades('from=2026-01-01&to=2026-12-31')).toHaveLength(2);
  });

  it('of the equity curve, the params and the ledger know the time', async () => {
    for (const [list, field] of [
      ['snapshots', 'taken_at'],
      ['params-history', 'changed_at'],
      ['ledger', 'occurred_at'],
    ] as const) {
      const found = (query: string) => ids(`${STRATEGIES}/${rich}/${list}?${query}`, trader, field);
      const all = (await found('')) as string[];
      const newest = all[0]!;
      expect(all.length).toBeGreaterThan(0);
      expect(await found(`from=${newest}`)).toEqual(all.filter((time) => time >= newest));
      expect(await found(`to=${newest}`)).toEqual(all.filter((time) => time < newest));
      expect(await found('from=2900-01-01')).toEqual([]);
    }
  });

  it('of runs know status and time', async () => {
    expect(await runsOfIt('status=degraded')).toEqual([runs[0]!.runId]);
    expect(await runsOfIt('status=completed')).toEqual([runs[1]!.runId]);
    expect(await runsOfIt('to=2026-01-01')).toEqual([]);
    expect(await runsOfIt('from=2026-01-01')).toHaveLength(2);
  });

  it('of runs take the cursor of their own list alone: no id, none of another definition, none of another list', async () => {
    const path = `${DEFINITIONS}/${definition}/runs`;
    const first = (await get(`${path}?limit=1`, trader)).body as { items: Body[]; next_cursor: string };
    expect(first.items.map(({ id }) => id)).toEqual([runs[1]!.runId]);
    expect(await runsOfIt(`cursor=${first.next_cursor}`)).toEqual([runs[0]!.runId]);
    const strangers = [
      runs[1]!.runId,
      toCursor(`runs of ${definition + 1}`, runs[1]!.runId),
      toCursor(`executions of ${rich}`, runs[1]!.runId),
    ];
    for (const cursor of strangers) {
      const refused = await get(`${path}?cursor=${cursor}`, trader);
      expect(refused.body).toMatchObject({ status: 400, code: 'bad_cursor', errors: [{ pointer: '/cursor' }] });
    }
  });

  it('of users know role, access and part of the name or the address', async () => {
    expect(await users('q=LOVELACE')).toEqual([trader.email]);
    expect(await users(`q=${other.email.slice(0, 7)}&role=trader&sort=email`)).toEqual(
      [trader.email, other.email].sort(),
    );
    expect(await users('q=%25_')).toEqual([other.email]);
    expect(await users('q=lovelace&is_active=false')).toEqual([]);
  });

  it('of the audit log know action, actor, target and time', async () => {
    await as(t.http.patch(`${USERS}/${other.id}`), admin).send({ full_name: 'Charles' });
    expect(await auditLog(`action=user.changed&target=${other.id}`, 'target_id')).toEqual([other.id]);
    expect(new Set(await auditLog('target_type=user', 'target_type'))).toEqual(new Set(['user']));
    const byAdmin = await auditLog(`actor=${admin.id}&action=user.changed`, 'id');
    expect(byAdmin).toHaveLength(1);
    expect(await auditLog(`actor=${admin.email.toUpperCase()}&action=user.changed`, 'id')).toEqual(byAdmin);
    expect(await auditLog('actor=nobody', 'id')).toEqual([]);
    expect(await auditLog('from=2900-01-01', 'id')).toEqual([]);
    expect((await auditLog('to=2900-01-01&limit=200', 'id')).length).toBeGreaterThan(5);
  });

  it.each([
    [
      STRATEGIES,
      'definition=1',
      /no parameter "definition" here. Known: created_from, created_to, definition_id, limit, .*user_id/,
    ],
    [STRATEGIES, 'status=running', /active, stopped, archived/],
    [STRATEGIES, 'trading_mode=x', /paper, live/],
    [STRATEGIES, 'sort=name', /total_pnl_percent, total_value, created_at/],
    [STRATEGIES, 'min_total_pnl_percent=1e3', /number/],
    [STRATEGIES, 'max_total_pnl_percent=', /number/],
    [STRATEGIES, 'created_from=yesterday', /2026-01-31T12:00:00Z/],
    [STRATEGIES, 'created_from=2026-02-30', /2026-01-31T12:00:00Z/],
    [STRATEGIES, 'created_from=0000-01-01', /2026-01-31T12:00:00Z/],
    [STRATEGIES, 'created_to=2026-01-01T00:00:00', /2026-01-31T12:00:00Z/],
    [STRATEGIES, 'created_to=1&created_to=2', /2026-01-31T12:00:00Z/],
    [STRATEGIES, 'mine=1', /true or false/],
    [USERS, 'name=x', /Known: is_active, limit, offset, q, role, sort\./],
    [AUDIT_LOG, 'offset=1', /Known: action, actor, cursor, from, limit, target, target_type, to\./],
    [AUDIT_LOG, `action=${'x'.repeat(65)}`, /64/],
  ])('%s?%s is refused, and the answer names what there is', async (path, query, message) => {
    const response = await get(`${path}?${query}`, admin);
    expect(response.status).toBe(400);
    const { errors } = response.body as { errors: { message: string }[] };
    expect(errors.map((error) => error.message).join(' ')).toMatch(message);
  });

  it.each([
    ['executions', 'signal=LONG', /BUY, SELL, HOLD/],
    ['executions', 'status=open', /completed, failed, skipped/],
    ['executions', 'type=1', /Known: cursor, from, limit, signal, status, to\./],
    ['trades', 'trade_type=HOLD', /BUY, SELL/],
  ])('%s?%s of a strategy is refused alike', async (name, query, message) => {
    const response = await get(`${STRATEGIES}/${rich}/${name}?${query}`, trader);
    expect(response.status).toBe(400);
    expect(JSON.stringify(response.body)).toMatch(message);
  });

  it('a run in a state that there is not is refused alike', async () => {
    const response = await get(`${DEFINITIONS}/${definition}/runs?status=open`, trader);
    expect(response.status).toBe(400);
    expect(JSON.stringify(response.body)).toMatch(/queued, analysing, deciding, completed, degraded, failed, skipped/);
  });
});
