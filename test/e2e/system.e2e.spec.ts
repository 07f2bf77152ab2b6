import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { VirtualClock } from '../../src/platform/clock.js';
import { ADVISORY_LOCK } from '../../src/platform/database/advisory-locks.js';
import { LOGGER, type Logger } from '../../src/platform/logging/logger.js';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { ApiStateStore } from '../../src/registry/apis/calls/api-state.store.js';
import { RunPlanner } from '../../src/scheduler/planner/run-planner.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { runNow } from '../support/runs.js';
import { as, type Body } from '../support/strategies.js';

const SYSTEM = '/api/v1/admin/system';

interface System {
  readonly definitions: Body[];
  readonly sources: Body[];
  readonly failures: { readonly total: number; readonly items: Body[] };
  readonly [field: string]: unknown;
}

describe('GET /admin/system', () => {
  // Tokens are dated by this clock too; it begins now, so that the token's library agrees.
  const clock = new VirtualClock(new Date());
  let t: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    t = await createTestApp({ clock });
    await sql(`UPDATE strategy_definitions SET is_active = (name = 'multi_agent_btc_v1')`);
    admin = await t.signUp('admin');
  });

  afterAll(() => t.close());

  const sql = <T = Body>(statement: string, ...values: unknown[]): Promise<T[]> =>
    t.database.dataSource.query<T[]>(statement, values);

  async function look(): Promise<System> {
    const response = await as(t.http.get(SYSTEM), admin);
    expect(response.status).toBe(200);
    return response.body as System;
  }

  it('is for admins', async () => {
    for (const role of ['user', 'trader'] as const) {
      const by = await t.signUp(role);
      expect((await as(t.http.get(SYSTEM), by)).status).toBe(403);
      expect((await as(t.http.post(`${SYSTEM}/invariants`), by)).status).toBe(403);
    }
    expect((await t.http.get(SYSTEM)).status).toBe(401);
  });

  it('can be read before anything has run', async () => {
    const system = await look();
    expect(system).toMatchObject({
      market: 'simulated',
      live_trading: false,
      invariants: null,
      failures: { total: 0, items: [] },
      queue: { waiting: 0, active: 0, delayed: 0, failed: 0 },
      process: { role: 'api' },
    });
    expect(system.definitions[0]).toMatchObject({ last_run_id: null, last_status: null, lateness_seconds: 0 });
    expect(system.sources.find(({ tool }) => tool === 'get_price')).toMatchObject({
      observed_at: null,
      age_seconds: null,
    });
  });

  it('warns of a proxy that TRUST_PROXY does not count, once in the log', async () => {
    expect((await look())['warnings']).toEqual([]);
    const warn = jest.spyOn(t.app.get<Logger>(LOGGER), 'warn');
    for (let time = 0; time < 3; time++) await t.http.get('/api/v1/auth/me').set('X-Forwarded-For', '203.0.113.7');
    expect((await look())['warnings']).toEqual(['forwarded_for_ignored']);
    const lines = warn.mock.calls.filter(([, text]) => String(text).includes('TRUST_PROXY'));
    expect(lines).toHaveLength(1);

    const named = await createTestApp({ database: t.database, clock, config: { trustProxy: 1 } });
    try {
      const answer = await as(named.http.get(SYSTEM), admin).set('X-Forwarded-For', '203.0.113.7');
      expect((answer.body as System)['warnings']).toEqual([]);
    } finally {
      await named.close();
    }
  });

  it('shows how each outside API does, whichever process asked it', async () => {
    const apis = async (): Promise<Record<string, Body>> =>
      Object.fromEntries(((await look())['apis'] as Body[]).map((api) => [api['api'], api]));
    expect((await apis())['fred_api']).toEqual({
      api: 'fred_api',
      status: 'not_asked',
      last_success_at: null,
      last_failure_at: null,
      last_failure: null,
      failures_in_row: 0,
      paused_until: null,
      clock_skew_seconds: null,
    });
    const worker = new ApiStateStore(t.database.dataSource);
    await worker.admit('fred_api', 1);
    await worker.failed('fred_api', { code: 'timed_out', message: 'It did not answer.' });
    expect((await apis())['fred_api']).toMatchObject({
      status: 'failing',
      last_failure_at: expect.any(String),
      last_failure: { code: 'timed_out', message: 'It did not answer.' },
      failures_in_row: 1,
    });
    await worker.succeeded('fred_api', 3);
    expect((await apis())['fred_api']).toMatchObject({ status: 'ok', failures_in_row: 0, clock_skew_seconds: 3 });
    await worker.pause('fred_api', 60);
    expect((await apis())['fred_api']).toMatchObject({ status: 'paused', paused_until: expect.any(String) });
    await sql(`UPDATE api_config SET is_active = false WHERE api_name = 'fred_api'`);
    expect((await apis())['fred_api']).toMatchObject({ status: 'switched_off' });
  });

  it('shows program, node, server, schema and decision agents by their versions', async () => {
    const [migration] = await sql<{ name: string }>(`SELECT name FROM migrations ORDER BY timestamp DESC LIMIT 1`);
    const [server] = await sql<{ server_version: string }>(`SHOW server_version`);
    expect((await look())['versions']).toEqual({
      program: '0.1.0',
      node: process.versions.node,
      postgresql: server!.server_version,
      schema: migration!.name,
      decision_agents: [
        { name: 'MultiAgentConvictionDecision', version: '1.0.0' },
        { name: 'MomentumRegimeDecision', version: '1.1.0' },
      ],
    });
  });

  it('shows last and next tick of a definition, and how late it is', async () => {
    const [run] = await t.app.get(RunPlanner).planDue();
    const [{ scheduled_for: tick, next }] = (await sql<{ scheduled_for: Date; next: Date }>(
      `SELECT r.scheduled_for, d.next_run_at AS next FROM strategy_runs r JOIN strategy_definitions d ON d.id = r.definition_id
       WHERE r.id = $1`,
      run,
    )) as [{ scheduled_for: Date; next: Date }];
    const [definition] = (await look()).definitions;
    expect(definition).toMatchObject({
      last_run_id: run,
      last_tick_at: tick.toISOString(),
      last_status: 'queued',
      last_delay_seconds: null,
      next_tick_at: next.toISOString(),
      lateness_seconds: 0,
    });
    clock.set(new Date(next.getTime() + 90_000));
    expect((await look()).definitions[0]).toMatchObject({ lateness_seconds: 90 });
    await sql(
      `UPDATE strategy_runs SET status = 'completed', started_at = scheduled_for + interval '2.5 seconds', finished_at = now()`,
    );
    await sql(`UPDATE strategy_definitions SET is_active = false`);
    expect((await look()).definitions[0]).toMatchObject({
      last_status: 'completed',
      last_delay_seconds: 2.5,
      next_tick_at: null,
      lateness_seconds: 0,
    });
    await sql(`UPDATE strategy_definitions SET is_active = (name = 'multi_agent_btc_v1')`);
  });

  it('shows each tool with the age of its data, and why some is absent', async () => {
    await sql(`UPDATE tool_registry SET is_active = false WHERE tool_name = 'get_vix'`);
    await runNow(t, 1);
    const { sources } = await look();
    const tools = await sql<{ tool_name: string }>(`SELECT tool_name FROM tool_registry`);
    expect(sources.map(({ tool }) => tool).sort()).toEqual(tools.map(({ tool_name }) => tool_name).sort());
    expect(sources.find(({ tool }) => tool === 'get_price')).toMatchObject({ source: 'simulated', absent: [] });
    const fearGreed = sources.find(({ tool }) => tool === 'get_fear_greed')!;
    const age = (clock.now().getTime() - Date.parse(String(fearGreed['observed_at']))) / 1000;
    expect(fearGreed).toMatchObject({ source: 'simulated', age_seconds: age });
    expect(sources.find(({ tool }) => tool === 'get_vix')).toMatchObject({
      observed_at: null,
      absent: ['tool_inactive'],
    });
  });

  it('shows runs that failed or were degraded, for a day', async () => {
    const { failures } = await look();
    // The agent whose tool is switched off still delivers; switched off itself it does not.
    await sql(`UPDATE agent_registry SET is_active = false WHERE agent_name = 'onchain'`);
    clock.advance(1);
    const degraded = await runNow(t, 1);
    await sql(`UPDATE strategy_runs SET counters = jsonb_set(counters, '{failed}', '3') WHERE id = $1`, degraded);
    const after = await look();
    expect(after.failures.total).toBe(failures.total + 1);
    expect(after.failures.items[0]).toMatchObject({
      run_id: degraded,
      strategy_definition_id: 1,
      definition_name: 'multi_agent_btc_v1',
      status: 'degraded',
      missing_agents: ['onchain'],
      failed_instances: 3,
      error: null,
    });
    clock.advance(24 * 3_600_000 + 1);
    await signInAgain();
    expect((await look()).failures.items.map(({ run_id }) => run_id)).not.toContain(degraded);
  });

  it('shows a run that is not finished after a minute, however old it is', async () => {
    clock.advance(1);
    const run = await t.app.get(RunPlanner).planNow(1, async () => undefined);
    expect((await look()).failures.items.map(({ run_id }) => run_id)).not.toContain(run);
    clock.advance(60_001);
    expect((await look()).failures.items[0]).toMatchObject({ run_id: run, status: 'queued', finished_at: null });
    clock.advance(48 * 3_600_000);
    await signInAgain();
    expect((await look()).failures.items.map(({ run_id }) => run_id)).toContain(run);
  });

  it('shows how many jobs wait', async () => {
    await t.app.get(JobQueue).add('run', { run_id: 'x' }, 'run-x');
    expect((await look())['queue']).toMatchObject({ waiting: 1 });
  });

  it('shows the last check of the invariants, which an admin can make now', async () => {
    const response = await as(t.http.post(`${SYSTEM}/invariants`), admin);
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ checked_at: clock.now().toISOString() });
    expect((response.body as { results: Body[] }).results[0]).toMatchObject({ violations: 0, examples: [] });
    expect((await look())['invariants']).toEqual(response.body);
  });

  it('refuses a check while another runs', async () => {
    const other = t.database.dataSource.createQueryRunner();
    await other.manager.query(`SELECT pg_advisory_lock($1)`, [ADVISORY_LOCK.invariants]);
    const response = await as(t.http.post(`${SYSTEM}/invariants`), admin);
    expect(response.body).toMatchObject({ status: 409, code: 'check_running' });
    await other.manager.query(`SELECT pg_advisory_unlock($1)`, [ADVISORY_LOCK.invariants]);
    await other.release();
  });

  /** The clock has moved beyond the life of the token. */
  async function signInAgain(): Promise<void> {
    admin = await t.signUp('admin');
  }
});
