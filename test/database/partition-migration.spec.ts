import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PartitionHistory1764000000000 } from '../../migrations/1764000000000-partition-history.js';
import { MIGRATIONS } from '../../migrations/list.js';
import { grantAppRights, roleOf } from '../../src/platform/database/app-role.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';

import { decodeReasons, type StoredReason, decodeState } from '../../src/instances/history/storage-codec.js';

type Row = Record<string, unknown>;

describe('the migrations of the history', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await createTestEngine({ startAt: new Date('2026-01-31T23:00:00Z') });
    await engine.addInstances(2, { params: ALWAYS_BUY });
    await engine.addInstances(1);
    for (let tick = 0; tick < 12; tick++) {
      await engine.tick();
      engine.clock.advance(600_000);
    }
  });

  afterAll(() => engine.close());

  const sql = (statement: string) => engine.database.dataSource.query<Row[]>(statement);

  /** Undoes everything down to the migration that made the partitions. */
  async function undoPartitions(): Promise<void> {
    const { dataSource } = engine.database;
    const first = MIGRATIONS.indexOf(PartitionHistory1764000000000);
    for (const _ of MIGRATIONS.slice(first)) await dataSource.undoLastMigration();
  }

  /** As a start does it: the program's role gets its rights on what is new. */
  async function migrateAgain(): Promise<void> {
    const { dataSource, appUrl } = engine.database;
    await dataSource.runMigrations();
    await grantAppRights(dataSource, roleOf(appUrl));
  }

  /** With all names, whether they are stored at the moment or not. */
  function readable(row: Row): Row {
    const { reasons, conviction_score: conviction, state_before: state } = row;
    return {
      ...row,
      reasons: decodeReasons(reasons as StoredReason[], conviction as number | null),
      state_before: decodeState(state as unknown[]),
    };
  }

  async function history(): Promise<Record<string, Row[]>> {
    return {
      executions: (
        await sql(`SELECT e.*, o.id AS order_id, t.id AS trade_id FROM strategy_executions e
        LEFT JOIN orders o ON o.execution_id = e.id LEFT JOIN trades t ON t.execution_id = e.id ORDER BY run_id, portfolio_id`)
      ).map(readable),
      // A column that came later is undone, too.
      analyses: await sql(
        `SELECT to_jsonb(a) - 'llm_call_id' AS analysis FROM agent_executions a ORDER BY run_id, agent_name`,
      ),
      snapshots: await sql(`SELECT * FROM portfolio_snapshots ORDER BY portfolio_id, taken_at`),
    };
  }

  it('carries a history over two months back and forth, orders and trades with their executions', async () => {
    const before = await history();
    expect(before['executions']!.length).toBe(36);
    const { dataSource } = engine.database;
    await undoPartitions();
    expect(await history()).toEqual(before);

    // As version 0.1.0 made them: of the time at which the run began, not of that at which it was made.
    await sql(`ALTER TABLE orders DROP CONSTRAINT fk_orders_execution`);
    await sql(`CREATE TABLE renamed AS SELECT id, gen_random_uuid() AS old FROM strategy_executions`);
    await sql(`UPDATE strategy_executions e SET id = r.old FROM renamed r WHERE r.id = e.id`);
    for (const table of ['orders', 'trades']) {
      await sql(`UPDATE ${table} t SET execution_id = r.old FROM renamed r WHERE r.id = t.execution_id`);
    }
    await sql(
      `ALTER TABLE orders ADD CONSTRAINT fk_orders_execution FOREIGN KEY (execution_id) REFERENCES strategy_executions (id)`,
    );
    const tails = new Map(
      (
        await sql(`SELECT run_id || ' ' || portfolio_id AS key, right(id::text, 22) AS tail FROM strategy_executions`)
      ).map((row) => [row['key'], row['tail']]),
    );

    await sql(`DROP TABLE renamed`);

    await migrateAgain();
    const after = await history();
    const withoutId = (row: Row) => ({ ...row, id: null });
    expect(after['executions']!.map(withoutId)).toEqual(before['executions']!.map(withoutId));
    expect({ ...after, executions: [] }).toEqual({ ...before, executions: [] });
    for (const row of after['executions']!) {
      const { id, run_id: run, portfolio_id: portfolio } = row as Record<string, string>;
      expect(id!.slice(0, 13)).toBe(run!.slice(0, 13));
      expect(id!.slice(14)).toBe(tails.get(`${run} ${portfolio}`));
    }
    const violated = (await checkInvariants(dataSource)).filter(({ violations }) => violations > 0);
    expect(violated).toEqual([]);
    const months = await sql(
      `SELECT tableoid::regclass::text AS month, count(*)::integer AS n FROM strategy_executions GROUP BY 1 ORDER BY 1`,
    );
    expect(months).toEqual([
      { month: 'strategy_executions_2026_01', n: 18 },
      { month: 'strategy_executions_2026_02', n: 18 },
    ]);
  });

  it('has partitions for a run that nothing is written for yet, and the run goes on', async () => {
    engine.clock.set(new Date('2026-05-15T00:00:00Z'));
    const [run] = await engine.planner.planDue();
    await undoPartitions();
    await migrateAgain();
    for (const chunk of await engine.runs.handle(run!)) await engine.chunks.handle(run!, chunk);
    expect(await sql(`SELECT count(*)::integer AS n FROM strategy_executions_2026_05`)).toEqual([{ n: 3 }]);
  });
});
