import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillDatabase } from '../../tools/bench/fill/fill-database.js';
import { fillSizes } from '../../tools/bench/fill/fill-sizes.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('the fill of the bench', () => {
  let database: TestDatabase;

  const count = async (sql: string): Promise<number> => {
    const [row] = await database.dataSource.query<{ n: number }[]>(`SELECT count(*)::integer AS n FROM ${sql}`);
    return row!.n;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    await fillDatabase(database.url, fillSizes(40, 1000, 160), () => undefined);
  });

  afterAll(() => database.close());

  it('has the sizes that were asked for', async () => {
    expect(await count('portfolios')).toBe(40);
    expect(await count('strategy_executions')).toBe(1000);
    expect(await count('trades')).toBe(160);
    expect(await count('orders')).toBe(160);
    expect(await count('ledger_entries')).toBe(40 + 3 * 160);
    expect(await count('portfolio_snapshots')).toBe(40 + 1000);
    expect(await count('positions')).toBe(20);
  });

  it('holds every invariant', async () => {
    const results = await checkInvariants(database.dataSource);
    expect(results.filter(({ violations }) => violations > 0)).toEqual([]);
  });

  it('has instances in every state and of both definitions, some of which won and some of which lost', async () => {
    for (const some of [
      'is_active',
      'NOT is_active AND archived_at IS NULL',
      'archived_at IS NOT NULL',
      'total_pnl > 0',
      'total_pnl < 0',
      'winning_trades > 0',
      'losing_trades > 0',
    ]) {
      expect({ some, n: await count(`portfolios WHERE ${some}`) }).not.toMatchObject({ n: 0 });
    }
    expect(await count('(SELECT DISTINCT strategy_definition_id FROM portfolios) d')).toBe(2);
    expect(await count(`strategy_executions WHERE status = 'failed'`)).toBeGreaterThan(0);
  });

  it('gives ids in the order of time, which cursors rely on', async () => {
    expect(
      await count(`strategy_executions a JOIN strategy_executions b ON b.portfolio_id = a.portfolio_id
                   WHERE b.executed_at > a.executed_at AND b.id < a.id`),
    ).toBe(0);
  });

  it.each([
    [
      { instances: 20, executions: 10, trades: 0 },
      { users: 20, instances: 20, runs: 1, tradesEach: 0 },
    ],
    [
      { instances: 150, executions: 1000, trades: 1000 },
      { users: 100, instances: 150, runs: 7, tradesEach: 5 },
    ],
  ])('of %j is of sizes %j', ({ instances, executions, trades }, sizes) => {
    expect(fillSizes(instances, executions, trades)).toEqual(sizes);
  });
});
