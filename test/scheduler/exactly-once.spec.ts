import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkInvariants } from '../../src/scheduler/invariants/check-invariants.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';

describe('exactly once', () => {
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await createTestEngine();
  });

  afterEach(async () => {
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
    await engine.close();
  });

  async function count(table: string): Promise<number> {
    const [row] = await engine.database.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::integer AS n FROM ${table}`,
    );
    return row!.n;
  }

  it('makes a tick once, however many planners wake up for it', async () => {
    await engine.database.dataSource.query(`UPDATE strategy_definitions SET is_active = true`);
    const made = await Promise.all(Array.from({ length: 8 }, () => engine.planner.planDue()));
    const definitions = await count('strategy_definitions');
    expect(made.flat()).toHaveLength(definitions);
    expect(await count('strategy_runs')).toBe(definitions);
  });

  it('serves an instance once when its chunk is handled again and again, also at the same time', async () => {
    await engine.addInstances(30, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    await engine.runs.handle(runId!);
    await Promise.all(Array.from({ length: 6 }, () => engine.chunks.handle(runId!, 0)));
    await engine.chunks.handle(runId!, 0);
    expect(await count('strategy_executions')).toBe(30);
    expect(await count('trades')).toBe(30);
    const [run] = await engine.database.dataSource.query<{ counters: unknown; chunks_done: number; status: string }[]>(
      `SELECT counters, chunks_done, status FROM strategy_runs WHERE id = $1`,
      [runId],
    );
    expect(run).toEqual({
      counters: { instances: 30, executed: 30, held: 0, failed: 0 },
      chunks_done: 1,
      status: 'completed',
    });
  });

  it('analyses once when several workers take the same run, and divides its instances once', async () => {
    await engine.addInstances(3);
    const [runId] = await engine.planner.planDue();
    await Promise.all(Array.from({ length: 5 }, () => engine.runs.handle(runId!)));
    expect(await count(`agent_executions WHERE run_id = '${runId}'`)).toBe(3);
    expect(await count(`strategy_run_chunks WHERE run_id = '${runId}'`)).toBe(1);
  });

  it('lets another worker take over a run whose worker died, after its lease', async () => {
    await engine.addInstances(2);
    const [runId] = await engine.planner.planDue();
    // What a worker leaves that dies in the middle of the analysis.
    await engine.database.dataSource.query(
      `UPDATE strategy_runs SET status = 'analysing', started_at = $2, lease_until = $2::timestamptz + interval '60 s' WHERE id = $1`,
      [runId, engine.clock.now()],
    );
    expect(await engine.runs.handle(runId!)).toEqual([]);
    engine.clock.advance(61_000);
    expect(await engine.runs.handle(runId!)).toEqual([0]);
    await engine.chunks.handle(runId!, 0);
    expect(await count('strategy_executions')).toBe(2);
  });

  it('leaves nothing of a chunk behind that could not be written to its end', async () => {
    await engine.addInstances(5, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    await engine.runs.handle(runId!);
    await engine.database.dataSource.query(
      `ALTER TABLE portfolio_snapshots ADD CONSTRAINT full_disk CHECK (taken_at < '2026-01-15T12:00:00Z') NOT VALID`,
    );
    await expect(engine.chunks.handle(runId!, 0)).rejects.toThrow('full_disk');
    expect([await count('strategy_executions'), await count('trades'), await count('orders')]).toEqual([0, 0, 0]);
    await engine.database.dataSource.query(`ALTER TABLE portfolio_snapshots DROP CONSTRAINT full_disk`);
    await engine.chunks.handle(runId!, 0);
    expect([await count('strategy_executions'), await count('trades'), await count('orders')]).toEqual([5, 5, 5]);
  });

  it('does not serve an instance that was stopped before its chunk came', async () => {
    const [first] = await engine.addInstances(2);
    const [runId] = await engine.planner.planDue();
    await engine.runs.handle(runId!);
    await engine.database.dataSource.query(`UPDATE portfolios SET is_active = false WHERE id = $1`, [first]);
    await engine.chunks.handle(runId!, 0);
    expect(await count('strategy_executions')).toBe(1);
  });
});
