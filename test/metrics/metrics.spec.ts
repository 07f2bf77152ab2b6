import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser as promql } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { VirtualClock } from '../../src/platform/clock.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { InvariantCheckService } from '../../src/invariants/invariant-check.service.js';
import { INVARIANTS } from '../../src/invariants/invariants.js';
import { RunHandler } from '../../src/scheduler/runs/run-handler.js';
import { RunPlanner } from '../../src/scheduler/planner/run-planner.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { readExposition, type Family } from '../support/exposition.js';
import { replaceParams } from '../support/change-params.js';
import { ALWAYS_BUY, ALWAYS_SELL } from '../support/params.js';
import { ROOT } from '../support/eventually.js';
import { runNow } from '../support/runs.js';
import { as, createInstance, STRATEGIES } from '../support/strategies.js';

const TOKEN = 'a-token-of-the-tests';

describe('the metrics', () => {
  const clock = new VirtualClock(new Date());
  let t: TestApp;
  let trader: TestUser;
  let strategyId: string;
  /** What a scrape reads from the database is kept for five seconds: each scrape here is later by more. */
  let laterMs = 0;

  beforeAll(async () => {
    const elapsed = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => elapsed() + laterMs);
    t = await createTestApp({ clock, config: { metricsToken: TOKEN } });
    await sql(`UPDATE strategy_definitions SET is_active = (id = 1), next_run_at = NULL`);
    trader = await t.signUp('trader', 'Ada Secretname');
    strategyId = String((await createInstance(t, trader, 1, { instance_params: ALWAYS_BUY }))['id']);
    await createInstance(t, trader, 1, { instance_params: ALWAYS_SELL });
    t.app.get(Metrics).watchProcess();
  });

  afterAll(async () => {
    jest.restoreAllMocks();
    await t.close();
  });

  const sql = <T>(statement: string, ...parameters: unknown[]): Promise<T[]> =>
    t.database.dataSource.query<T[]>(statement, parameters);

  const scrape = () => t.http.get('/metrics').set('Authorization', `Bearer ${TOKEN}`);

  async function families(): Promise<Family[]> {
    laterMs += 6000;
    const response = await scrape();
    expect(response.status).toBe(200);
    return readExposition(response.text);
  }

  /** The values of a metric by those of its labels; of a histogram, the counts. */
  function valuesOf(name: string, all: readonly Family[]): Record<string, number> {
    const family = all.find((each) => each.name === name);
    if (!family) throw new Error(`There is no ${name}.`);
    const sample = family.type === 'histogram' ? `${name}_count` : name;
    const found = family.samples.filter((each) => each.name === sample);
    return Object.fromEntries(found.map(({ labels, value }) => [Object.values(labels).join(' '), value]));
  }

  it('are readable with the token', async () => {
    const nobody = await t.http.get('/metrics');
    expect(nobody.status).toBe(401);
    expect(nobody.headers).toMatchObject({
      'www-authenticate': 'Bearer',
      'content-type': 'application/problem+json; charset=utf-8',
    });
    for (const wrong of ['Bearer', 'Bearer x', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, `Bearer ${trader.token}`]) {
      expect((await t.http.get('/metrics').set('Authorization', wrong)).status).toBe(401);
    }
    expect((await t.http.post('/metrics')).status).toBe(405);
    const answer = await scrape();
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    });
  });

  it('are nowhere without a token', async () => {
    const other = await createTestApp({ database: t.database });
    try {
      const answer = await other.http.get('/metrics').set('Authorization', `Bearer ${TOKEN}`);
      expect(answer.body).toMatchObject({ status: 404, code: 'not_found', detail: 'There is nothing at this path.' });
      expect(other.app.get(Metrics).exposed).toBe(false);
    } finally {
      await other.close();
    }
  });

  it('are all explained in docs/operations.md, and nothing else is', async () => {
    const document = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
    const rows = document.split('\n').filter((line) => line.startsWith('| `') && !line.includes('METRICS_'));
    const explained = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
    const registered = t.app.get(Metrics).registry.getMetricsAsArray();
    expect(explained.sort()).toEqual(registered.map(({ name }) => name).sort());
    for (const { name, type } of registered.filter((each) => each.name.startsWith('conclave_'))) {
      const row = rows.find((each) => each.startsWith(`| \`${name}\``))!;
      expect({ name, explained: row.split('|')[2] }).toEqual({
        name,
        explained: expect.stringContaining(String(type)),
      });
    }
  });

  it('are watched by rules that Prometheus loads, each on metrics that exist', () => {
    const file = readFileSync(join(ROOT, 'deploy/prometheus-alerts.yml'), 'utf8');
    const { groups } = parse(file) as { groups: { rules: { alert: string; expr: string; annotations: object }[] }[] };
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(10);
    const registered = t.app.get(Metrics).registry.getMetricsAsArray();
    // `up` is Prometheus' own.
    const known = new Set(registered.flatMap(({ name }) => [name, `${name}_bucket`, `${name}_count`]).concat('up'));
    for (const { alert, expr, annotations } of rules) {
      const used: string[] = [];
      const mistakes: string[] = [];
      promql.parse(expr).iterate({
        enter({ name, type, from, to }) {
          if (type.isError) mistakes.push(expr.slice(from));
          if (name === 'Identifier') used.push(expr.slice(from, to));
        },
      });
      expect({ alert, mistakes, annotations }).toEqual({
        alert,
        mistakes: [],
        annotations: { summary: expect.any(String) },
      });
      expect({ alert, unknown: used.filter((name) => !known.has(name)) }).toEqual({ alert, unknown: [] });
      expect(used.length).toBeGreaterThan(0);
    }
  });

  it('count runs, instances, agents and phases when they are done', async () => {
    const before = await families();
    expect(valuesOf('conclave_runs_total', before)).toEqual({ completed: 0, degraded: 0, failed: 0, skipped: 0 });
    expect(valuesOf('conclave_instances_total', before)).toEqual({ executed: 0, held: 0, failed: 0, skipped: 0 });
    await runNow(t, 1);
    const after = await families();
    expect(valuesOf('conclave_runs_total', after)).toMatchObject({ completed: 1 });
    expect(valuesOf('conclave_run_duration_seconds', after)).toEqual({ '': 1 });
    expect(valuesOf('conclave_run_lateness_seconds', after)).toEqual({ '': 1 });
    // One buys; the other has nothing to sell.
    expect(valuesOf('conclave_instances_total', after)).toEqual({ executed: 1, held: 1, failed: 0, skipped: 0 });
    expect(valuesOf('conclave_phase_duration_seconds', after)).toEqual({
      analyse: 1,
      divide: 1,
      read: 1,
      decide: 1,
      write: 1,
    });
    const calls = { 'macro success': 1, 'onchain success': 1, 'ta success': 1 };
    expect(valuesOf('conclave_agent_calls_total', after)).toEqual(calls);
    expect(valuesOf('conclave_agent_call_duration_seconds', after)).toEqual({ macro: 1, onchain: 1, ta: 1 });
  });

  it('count what fails and what is passed over', async () => {
    await replaceParams((statement, values) => sql(statement, ...values), [strategyId], {
      ...ALWAYS_BUY,
      buy_threshold: -1,
    });
    await sql(`UPDATE agent_registry SET is_active = false WHERE agent_name = 'macro'`);
    clock.advance(1);
    await runNow(t, 1);
    await sql(`UPDATE agent_registry SET is_active = true WHERE agent_name = 'macro'`);
    await replaceParams((statement, values) => sql(statement, ...values), [strategyId], ALWAYS_BUY);
    await sql(`UPDATE portfolios SET last_execution_time = now() + interval '1 day' WHERE id = $1`, strategyId);
    clock.advance(1);
    await runNow(t, 1);
    await sql(`UPDATE portfolios SET last_execution_time = NULL WHERE id = $1`, strategyId);
    const after = await families();
    expect(valuesOf('conclave_instances_total', after)).toEqual({ executed: 1, held: 3, failed: 1, skipped: 1 });
    expect(valuesOf('conclave_runs_total', after)).toMatchObject({ completed: 2, degraded: 1 });
    expect(valuesOf('conclave_agent_calls_total', after)).toMatchObject({ 'macro unavailable': 1 });
  });

  it('count ticks that nobody ran, and runs that fail', async () => {
    const planner = t.app.get(RunPlanner);
    await planner.planDue();
    await sql(
      `UPDATE strategy_definitions SET next_run_at = next_run_at - 3 * rebalance_period_minutes * interval '1 minute'`,
    );
    await planner.planDue();
    expect(valuesOf('conclave_runs_total', await families())).toMatchObject({ skipped: 2 });
    await sql(`UPDATE tool_registry SET is_active = false WHERE tool_name = 'get_price'`);
    clock.advance(1);
    await runNow(t, 1);
    await sql(`UPDATE tool_registry SET is_active = true WHERE tool_name = 'get_price'`);
    expect(valuesOf('conclave_runs_total', await families())).toMatchObject({ failed: 1 });
  });

  it('show what is open and late, as the database says it', async () => {
    await sql(`UPDATE strategy_runs SET status = 'failed', finished_at = now() WHERE finished_at IS NULL`);
    const idle = await families();
    expect(valuesOf('conclave_open_runs', idle)).toEqual({ queued: 0, analysing: 0, deciding: 0 });
    expect(valuesOf('conclave_open_chunks', idle)).toEqual({ '': 0 });
    expect(valuesOf('conclave_oldest_open_run_age_seconds', idle)).toEqual({ '': 0 });
    expect(valuesOf('conclave_schedule_lateness_seconds', idle)).toEqual({ '': 0 });
    clock.advance(1);
    const waiting = await t.app.get(RunPlanner).planNow(1, async () => undefined);
    clock.advance(1);
    const divided = await t.app.get(RunPlanner).planNow(1, async () => undefined);
    await t.app.get(RunHandler).handle(divided);
    clock.advance(2000);
    const [definition] = await sql<{ next_run_at: Date }>(
      `UPDATE strategy_definitions SET next_run_at = $1 WHERE is_active RETURNING next_run_at`,
      new Date(clock.now().getTime() - 90_000),
    );
    const busy = await families();
    expect(definition).toBeDefined();
    expect(valuesOf('conclave_open_runs', busy)).toEqual({ queued: 1, analysing: 0, deciding: 1 });
    expect(valuesOf('conclave_open_chunks', busy)).toEqual({ '': 1 });
    expect(valuesOf('conclave_oldest_open_run_age_seconds', busy)).toEqual({ '': 2.001 });
    expect(valuesOf('conclave_schedule_lateness_seconds', busy)).toEqual({ '': 90 });
    await sql(`DELETE FROM strategy_run_chunks WHERE run_id = $1`, divided);
    await sql(`UPDATE strategy_runs SET status = 'failed', finished_at = now() WHERE id IN ($1, $2)`, waiting, divided);
  });

  it('show the jobs of the queue by state', async () => {
    await t.app.get(JobQueue).add('run', { run_id: 'x' }, 'run-x');
    const all = await families();
    expect(valuesOf('conclave_queue_up', all)).toEqual({ '': 1 });
    expect(valuesOf('conclave_queue_jobs', all)).toEqual({ waiting: 1, active: 0, delayed: 0, failed: 0 });
  });

  it('show the last check of the invariants; nothing before the first', async () => {
    const before = await families();
    expect(valuesOf('conclave_invariant_violations', before)).toEqual({});
    expect(valuesOf('conclave_invariant_check_age_seconds', before)).toEqual({});
    await sql(`UPDATE portfolios SET total_trades = total_trades + 1 WHERE id = $1`, strategyId);
    await t.app.get(InvariantCheckService).checkNow();
    await sql(`UPDATE portfolios SET total_trades = total_trades - 1 WHERE id = $1`, strategyId);
    clock.advance(60_000);
    const after = await families();
    expect(Object.keys(valuesOf('conclave_invariant_violations', after))).toEqual(INVARIANTS.map(({ name }) => name));
    expect(valuesOf('conclave_invariant_violations', after)).toMatchObject({
      trade_count_differs: 1,
      agent_ran_twice: 0,
    });
    expect(valuesOf('conclave_invariant_check_age_seconds', after)).toEqual({ '': 60 });
  });

  it('show the age of what the tools delivered', async () => {
    const ages = valuesOf('conclave_source_age_seconds', await families());
    expect(ages).toMatchObject({ get_price: expect.any(Number), get_fear_greed: expect.any(Number) });
  });

  it('show the connections of the process', async () => {
    const all = await families();
    const { idle, busy } = valuesOf('conclave_database_pool_connections', all) as { idle: number; busy: number };
    const size = valuesOf('conclave_database_pool_size', all)['']!;
    expect(idle + busy).toBeGreaterThan(0);
    expect(idle + busy).toBeLessThanOrEqual(size);
    expect(valuesOf('conclave_database_pool_waiting', all)).toEqual({ '': 0 });
  });

  it('know requests by the template of their route, and nothing about the caller', async () => {
    await as(t.http.get(`${STRATEGIES}/${strategyId}?x=secret-query`), trader);
    await t.http.get('/api/v1/no/such/path-of-somebody');
    await t.http.get('/nowhere-at-all');
    await t.http.patch(`${STRATEGIES}/${strategyId}`);
    laterMs += 6000;
    const { text } = await scrape();
    const requests = valuesOf('conclave_http_request_duration_seconds', readExposition(text));
    expect(requests).toMatchObject({
      [`GET ${STRATEGIES}/:id 2xx`]: 1,
      'GET none 4xx': 2,
      'GET /metrics 4xx': expect.any(Number),
      'GET /metrics 2xx': expect.any(Number),
      [`PATCH ${STRATEGIES}/:id 4xx`]: 1,
    });
    expect(valuesOf('conclave_http_requests_in_flight', readExposition(text))).toEqual({ '': 1 });
    for (const secret of [
      strategyId,
      trader.id,
      trader.email,
      'Secretname',
      'path-of-somebody',
      'secret-query',
      TOKEN,
    ]) {
      expect(text).not.toContain(secret);
    }
    // No id of any kind.
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('leave out what the database cannot say, and never show zero for it', async () => {
    const away = jest.spyOn(t.database.dataSource.constructor.prototype as { query: () => Promise<unknown> }, 'query');
    away.mockRejectedValue(new Error('the database is away'));
    try {
      const all = await families();
      expect(valuesOf('conclave_database_up', all)).toEqual({ '': 0 });
      for (const name of [
        'conclave_open_runs',
        'conclave_open_chunks',
        'conclave_oldest_open_run_age_seconds',
        'conclave_schedule_lateness_seconds',
        'conclave_invariant_violations',
        'conclave_invariant_check_age_seconds',
        'conclave_source_age_seconds',
      ]) {
        expect({ name, values: valuesOf(name, all) }).toEqual({ name, values: {} });
      }
      // Counts of this process stay.
      expect(valuesOf('conclave_runs_total', all)).toMatchObject({ completed: expect.any(Number) });
    } finally {
      away.mockRestore();
    }
    const back = await families();
    expect(valuesOf('conclave_database_up', back)).toEqual({ '': 1 });
    expect(valuesOf('conclave_open_chunks', back)).toEqual({ '': 0 });
  });
});
