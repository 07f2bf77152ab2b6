import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvariantCheckService } from '../../src/scheduler/invariants/invariant-check.service.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';

describe('the check of the invariants', () => {
  let engine: TestEngine;
  let service: InvariantCheckService;

  beforeAll(async () => {
    engine = await createTestEngine({ config: { role: 'worker' } });
    service = engine.app.get(InvariantCheckService);
    await engine.addInstances(2);
    await engine.tick();
  });

  afterAll(() => engine.close());

  const stored = async () => {
    const [row] = await engine.database.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::integer AS n FROM invariant_checks`,
    );
    return row!.n;
  };

  it('is made at once when there was none, and then every hour', async () => {
    const first = await service.checkIfDue();
    expect(first).toMatchObject({ checkedAt: engine.clock.now(), violated: 0 });
    expect(first!.results.length).toBeGreaterThan(10);
    expect(await service.last()).toMatchObject({ id: first!.id, results: first!.results });
    engine.clock.advance(3_599_999);
    expect(await service.checkIfDue()).toBeNull();
    engine.clock.advance(1);
    expect(await service.checkIfDue()).toMatchObject({ checkedAt: engine.clock.now() });
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
    await other.manager.query(`SELECT pg_advisory_lock(7262664)`);
    expect(await service.checkNow()).toBeNull();
    await other.manager.query(`SELECT pg_advisory_unlock(7262664)`);
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

  it('keeps the last hundred results', async () => {
    await engine.database.dataSource.query(
      `INSERT INTO invariant_checks (id, checked_at, duration_ms, violated, results)
       SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, now(), 1, 0, '[]' FROM generate_series(1, 150) n`,
    );
    await service.checkNow();
    expect(await stored()).toBe(100);
  });

  it('is given up when the process ends', async () => {
    await service.beforeApplicationShutdown();
    await expect(service.checkNow()).rejects.toThrow('The process ends.');
  });
});
