import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MarketSnapshot } from '../../src/domain/market/market-snapshot.js';
import { RunProgressStore } from '../../src/scheduler/runs/run-progress.store.js';
import { RunStore } from '../../src/scheduler/runs/run.store.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';

/** Instances, the most that a chunk may have, and the chunks that must come of them. */
const CASES: readonly (readonly [instances: number, chunkSize: number, chunks: readonly number[]])[] = [
  [0, 500, []],
  [1, 500, [1]],
  // Not worth several transactions.
  [100, 500, [100]],
  [101, 500, [100, 1]],
  // Four at once, whatever may be in one.
  [400, 500, [100, 100, 100, 100]],
  [1001, 500, [251, 251, 251, 248]],
  [2000, 500, [500, 500, 500, 500]],
  // As many as it takes when each has what it may have.
  [2001, 500, [500, 500, 500, 500, 1]],
  [500, 50, Array.from({ length: 10 }, () => 50)],
];

describe('the division of instances into chunks', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await createTestEngine();
    await engine.addInstances(1);
  });

  afterAll(() => engine.close());

  it.each(CASES)('divides %i of which %i may be in one', async (instances, chunkSize, chunks) => {
    const { dataSource } = engine.database;
    // Copies of the first: they need be nothing but active.
    await dataSource.query(
      `INSERT INTO portfolios (id, user_id, strategy_definition_id, instance_number, instance_name, instance_description,
         instance_params, params_version, trading_mode, initial_balance, current_balance, total_value, total_pnl,
         peak_value, is_active, active_since, last_snapshot_at, last_snapshot_value, created_at, updated_at)
       SELECT uuidv7(), user_id, strategy_definition_id, 10 + n, 'copy ' || n, '', instance_params, 1, trading_mode,
         initial_balance, current_balance, total_value, 0, peak_value, true, active_since, last_snapshot_at,
         last_snapshot_value, created_at, updated_at
       FROM portfolios CROSS JOIN generate_series(1, $1 - 1) n WHERE instance_number = 1`,
      [instances],
    );
    await dataSource.query(`UPDATE portfolios SET is_active = $1 WHERE instance_number < 10`, [instances > 0]);
    await divide(chunkSize);
    const rows = await dataSource.query<{ instances: number }[]>(
      `SELECT (SELECT count(*)::integer FROM portfolios p
               WHERE p.is_active AND p.id BETWEEN c.first_portfolio_id AND c.last_portfolio_id) AS instances
       FROM strategy_run_chunks c JOIN strategy_runs r ON r.id = c.run_id
       WHERE r.created_at = (SELECT max(created_at) FROM strategy_runs) ORDER BY c.chunk_index`,
    );
    await dataSource.query(`DELETE FROM portfolios WHERE instance_number >= 10`);
    expect(rows.map((row) => row.instances)).toEqual(chunks);
  });

  /** Divides a run, and does no more with it. */
  async function divide(chunkSize: number): Promise<void> {
    const { app, clock, planner, database } = engine;
    const [runId] = await planner.planDue();
    const runs = app.get(RunStore);
    const claim = await runs.claimForAnalysis(runId!, clock.now(), new Date(clock.now().getTime() + 1000));
    const task = await runs.begin(claim!, clock.now());
    const basis = { market: {} as MarketSnapshot, decisionAgentVersion: null, slippageBps: 0 };
    await app.get(RunProgressStore).divide(database.dataSource.manager, task!, basis, chunkSize);
    clock.advance(24 * 3_600_000);
  }
});
