import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ADVISORY_LOCK } from '../../src/platform/database/advisory-locks.js';
import { LOGGER, type Logger } from '../../src/platform/logging/logger.js';
import { InvariantCheckService } from '../../src/invariants/invariant-check.service.js';
import { INVARIANTS, type Invariant } from '../../src/invariants/invariants.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { eventually } from '../support/eventually.js';

describe('the check of the invariants', () => {
  let engine: TestEngine;
  let service: InvariantCheckService;

  beforeAll(async () => {
    engine = await createTestEngine({ config: { role: 'worker' } });
    service = engine.app.get(InvariantCheckService);
    // A worker's first beat has made a run already: an instance made in the middle of it, at a clock that stands
    // still, would be as old as the run and not in it.
    await allRunsEnded();
    engine.clock.advance(1);
    await engine.addInstances(2);
    engine.clock.advance(600_000);
    await engine.tick();
    await allRunsEnded();
    // The hours that pass below are no ticks: a run in the middle of a made-up violation would write it into a snapshot.
    await engine.database.dataSource.query(`UPDATE strategy_definitions SET is_active = false`);
    await allRunsEnded();
  });

  afterAll(() => engine.close());

  const allRunsEnded = () =>
    eventually('the end of all runs', async () => {
      const open = await engine.database.dataSource.query<unknown[]>(
        `SELECT 1 FROM strategy_runs WHERE finished_at IS NULL`,
      );
      return open.length === 0 ? true : null;
    });

  const stored = async () => {
    const [row] = await engine.database.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::integer AS n FROM invariant_checks`,
    );
    return row!.n;
  };

  it('is made at once when there was none, and then every hour', async () => {
    const first = await service.checkIfDue();
    expect(first).toMatchObject({ checked_at: engine.clock.now(), violated: 0 });
    expect(first!.results.length).toBeGreaterThan(10);
    expect(await service.last()).toMatchObject({ id: first!.id, results: first!.results });
    engine.clock.advance(3_599_999);
    expect(await service.checkIfDue()).toBeNull();
    engine.clock.advance(1);
    expect(await service.checkIfDue()).toMatchObject({ checked_at: engine.clock.now() });
    expect(await stored()).toBe(2);
  });

  it('is made by one process at a time', async () => {
    engine.clock.advance(3_600_000);
    const before = await stored();
    const checks = await Promise.all([service.checkIfDue(), service.checkIfDue(), service.checkIfDue()]);
    expect(checks.filter((check) => check !== null)).toHaveLength(1);
    expect(await stored()).toBe(before + 1);
  });

  it('is not made when another process holds the lock, and is when it has let go', async () => {
    const other = engine.database.dataSource.createQueryRunner();
    await other.manager.query(`SELECT pg_advisory_lock($1)`, [ADVISORY_LOCK.invariants]);
    expect(await service.checkNow()).toBeNull();
    await other.manager.query(`SELECT pg_advisory_unlock($1)`, [ADVISORY_LOCK.invariants]);
    await other.release();
    expect(await service.checkNow()).not.toBeNull();
  });

  it('names what is violated', async () => {
    await engine.database.dataSource.query(`UPDATE portfolios SET current_balance = current_balance + 1`);
    const check = await service.checkNow();
    expect(check!.violated).toBeGreaterThan(0);
    expect(check!.results.find(({ name }) => name === 'cash_differs_from_ledger')).toMatchObject({ violations: 2 });
    expect(await service.last()).toMatchObject({ violated: check!.violated });
  });

  it('is of everything once a day and after one that found something, else of what is new', async () => {
    const hourly = async () => {
      engine.clock.advance(3_600_000);
      return (await service.checkIfDue())!;
    };
    // The last check found something; it is still wrong.
    expect(await hourly()).toMatchObject({ since: null, violated: expect.any(Number) });
    await engine.database.dataSource.query(`UPDATE portfolios SET current_balance = current_balance - 1`);
    const whole = await hourly();
    expect(whole).toMatchObject({ since: null, violated: 0 });
    const recent = await hourly();
    expect(recent.since).toEqual(new Date(whole.checked_at.getTime() - 3_600_000));
    expect(await service.last()).toMatchObject({ since: recent.since });
    for (let hour = 2; hour < 24; hour++) expect((await hourly()).since).not.toBeNull();
    expect((await hourly()).since).toBeNull();
    // A worker that was away for hours looks back to its last check.
    engine.clock.advance(6 * 3_600_000);
    const before = await service.last();
    expect((await service.checkIfDue())!.since).toEqual(new Date(before!.checked_at.getTime() - 3_600_000));
  });

  it('logs each violated invariant once, as an error', async () => {
    const logger = engine.app.get<Logger>(LOGGER);
    const error = jest.spyOn(logger, 'error').mockImplementation(() => undefined);
    try {
      await engine.database.dataSource.query(`UPDATE portfolios SET total_trades = total_trades + 1`);
      const check = await service.checkNow();
      const lines = error.mock.calls.filter(([, message]) => message === 'invariant violated');
      expect(lines).toHaveLength(check!.violated);
      expect(lines[0]![0]).toMatchObject({ name: 'trade_count_differs', violations: 2 });
    } finally {
      error.mockRestore();
      await engine.database.dataSource.query(`UPDATE portfolios SET total_trades = total_trades - 1`);
    }
  });

  it('keeps the last hundred results', async () => {
    await engine.database.dataSource.query(
      `INSERT INTO invariant_checks (id, checked_at, duration_ms, violated, results)
       SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, now(), 1, 0, '[]' FROM generate_series(1, 150) n`,
    );
    await service.checkNow();
    expect(await stored()).toBe(100);
  });

  it('is given up when the process ends, in the middle of a statement, and leaves nothing behind', async () => {
    const before = await stored();
    const slow = { name: 'slow', forbids: 'to be quick', sql: `SELECT 1 AS id FROM pg_sleep(60)` };
    (INVARIANTS as Invariant[]).unshift(slow);
    const sleeping = () =>
      engine.database.dataSource.query<unknown[]>(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
           AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()`,
      );
    try {
      const refusal = service.checkNow().catch((error: unknown) => error);
      await eventually('the check is at the slow one', async () => ((await sleeping()).length === 1 ? true : null));
      const asked = performance.now();
      await service.beforeApplicationShutdown();
      expect(performance.now() - asked).toBeLessThan(10_000);
      expect(await refusal).toMatchObject({ code: 'stopping', status: 503 });
    } finally {
      (INVARIANTS as Invariant[]).shift();
    }
    await eventually('the server has ended it', async () => ((await sleeping()).length === 0 ? true : null), 5);
    expect(await stored()).toBe(before);
    const other = engine.database.dataSource.createQueryRunner();
    const [lock] = await other.manager.query<{ free: boolean }[]>(`SELECT pg_try_advisory_lock($1) AS free`, [
      ADVISORY_LOCK.invariants,
    ]);
    expect(lock).toEqual({ free: true });
    await other.manager.query(`SELECT pg_advisory_unlock($1)`, [ADVISORY_LOCK.invariants]);
    await other.release();
    await expect(service.checkNow()).rejects.toThrow('This process is shutting down.');
  });
});
