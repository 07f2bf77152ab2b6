import { afterEach, describe, expect, it } from '@jest/globals';
import { changeParams } from '../support/change-params.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';
import { countStatements } from '../support/statement-counter.js';

describe('the params that a run decides by', () => {
  let engine: TestEngine;

  afterEach(() => engine.close());

  const sql = <T>(statement: string, ...values: unknown[]): Promise<T[]> =>
    engine.database.dataSource.query<T[]>(statement, values);

  /** A run an hour after the last one. @returns who bought, and how many statements read params. */
  async function runOnce(): Promise<{ bought: string[]; readings: number }> {
    engine.clock.advance(3_600_000);
    const counter = countStatements();
    try {
      const [runId] = await engine.tick();
      const rows = await sql<{ portfolio_id: string }>(
        `SELECT portfolio_id FROM strategy_executions WHERE run_id = $1 AND signal LIKE '%BUY' ORDER BY portfolio_id`,
        runId,
      );
      const readings = counter.statements.filter((text) => text.includes('AS params_text'));
      return { bought: rows.map((row) => row.portfolio_id), readings: readings.length };
    } finally {
      counter.stop();
    }
  }

  it('are read once, and again when they were changed', async () => {
    engine = await createTestEngine();
    const [first, second] = (await engine.addInstances(2)) as [string, string];
    expect(await runOnce()).toEqual({ bought: [], readings: 1 });
    expect(await runOnce()).toEqual({ bought: [], readings: 0 });
    await changeParams((statement, values) => sql(statement, ...values), [second], ALWAYS_BUY);
    expect(await runOnce()).toEqual({ bought: [second], readings: 1 });
    expect(await runOnce()).toEqual({ bought: [second], readings: 0 });
    await changeParams((statement, values) => sql(statement, ...values), [first], ALWAYS_BUY);
    expect((await runOnce()).bought).toEqual([first, second]);
  });

  it('do not change without their version, not even by hand', async () => {
    engine = await createTestEngine();
    const [id] = await engine.addInstances(1);
    await expect(
      sql(`UPDATE portfolios SET instance_params = instance_params || '{"buy_threshold": 60}' WHERE id = $1`, id),
    ).rejects.toThrow('params_version = params_version + 1');
    await sql(`UPDATE portfolios SET instance_params = instance_params WHERE id = $1`, id);
  });
});
