import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestEngine, type TestEngine } from '../support/engine.js';

const MINUTE_MS = 60_000;

describe('planner', () => {
  let engine: TestEngine;
  let definitionId: number;

  beforeEach(async () => {
    engine = await createTestEngine({ startAt: new Date('2026-01-15T12:04:30Z') });
    await engine.database.dataSource.query(`UPDATE strategy_definitions SET is_active = (name = 'multi_agent_btc_v1')`);
    const [row] = await engine.database.dataSource
      .query<{ id: number }[]>(
        `UPDATE strategy_definitions SET rebalance_period_minutes = 10 WHERE is_active RETURNING id`,
      )
      .then(([rows]) => rows as unknown as { id: number }[]);
    definitionId = row!.id;
  });

  afterEach(() => engine.close());

  async function runs(): Promise<string[]> {
    const rows = await engine.database.dataSource.query<{ scheduled_for: Date; status: string }[]>(
      `SELECT scheduled_for, status FROM strategy_runs ORDER BY scheduled_for`,
    );
    return rows.map((row) => `${row.scheduled_for.toISOString().slice(11, 16)} ${row.status}`);
  }

  it('runs a new definition at once, for the tick that it is in, and then at every tick', async () => {
    expect(await engine.planner.planDue()).toHaveLength(1);
    expect(await engine.planner.planDue()).toHaveLength(0);
    engine.clock.set(new Date('2026-01-15T12:09:59.999Z'));
    expect(await engine.planner.planDue()).toHaveLength(0);
    engine.clock.set(new Date('2026-01-15T12:10:00.000Z'));
    expect(await engine.planner.planDue()).toHaveLength(1);
    expect(await runs()).toEqual(['12:00 queued', '12:10 queued']);
  });

  it('makes up for missed ticks with one run and records them as skipped', async () => {
    await engine.planner.planDue();
    engine.clock.set(new Date('2026-01-15T12:43:00Z'));
    expect(await engine.planner.planDue()).toHaveLength(1);
    expect(await runs()).toEqual(['12:00 queued', '12:10 skipped', '12:20 skipped', '12:30 skipped', '12:40 queued']);
  });

  it('lets a changed period count from the next tick, without a run in between', async () => {
    await engine.planner.planDue();
    await engine.database.dataSource.query(
      `UPDATE strategy_definitions SET rebalance_period_minutes = 1, next_run_at = NULL WHERE id = $1`,
      [definitionId],
    );
    expect(await engine.planner.planDue()).toHaveLength(0);
    engine.clock.advance(MINUTE_MS);
    expect(await engine.planner.planDue()).toHaveLength(1);
    expect(await runs()).toEqual(['12:00 queued', '12:05 queued']);
  });

  it('leaves a definition alone that is switched off', async () => {
    await engine.database.dataSource.query(`UPDATE strategy_definitions SET is_active = false`);
    expect(await engine.planner.planDue()).toHaveLength(0);
  });

  it('runs now beside the schedule when asked, and says so when there is no such definition', async () => {
    const id = await engine.planner.planNow(definitionId, async () => undefined);
    const rows = await engine.database.dataSource.query(`SELECT id, trigger FROM strategy_runs`);
    expect(rows).toEqual([{ id, trigger: 'manual' }]);
    await expect(engine.planner.planNow(2_000_000, async () => undefined)).rejects.toThrow(
      'no such strategy definition',
    );
  });

  it('serves an instance from the next tick after it was made', async () => {
    await engine.tick();
    const [id] = await engine.addInstances(1);
    engine.clock.set(new Date('2026-01-15T12:10:00Z'));
    await engine.tick();
    const rows = await engine.database.dataSource.query(`SELECT portfolio_id FROM strategy_executions`);
    expect(rows).toEqual([{ portfolio_id: id }]);
  });
});
