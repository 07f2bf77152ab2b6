import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Reason } from '../../src/domain/decision/decision.js';
import {
  decodeReasons,
  encodeReasons,
  REASON_SHAPES,
  type StoredReason,
  decodeState,
  encodeState,
  type StoredState,
} from '../../src/instances/history/storage-codec.js';
import { StrategyExecution } from '../../src/instances/history/strategy-execution.entity.js';
import { bulkInsert } from '../../src/platform/database/bulk-statements.js';
import { MonthPartitions } from '../../src/platform/database/month-partitions.js';
import { uuidv7 } from '../../src/platform/database/uuid.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const CONVICTION = 52.97283945061728;

const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((value) => value + 0);
const detail = fc.oneof(
  number,
  fc.constant(CONVICTION),
  fc.string({ unit: 'grapheme' }),
  fc.boolean(),
  fc.constant(null),
  fc.dictionary(fc.constantFrom('macro', 'onchain', 'ta'), number),
);
/** One reason of every shape, and one of a code that is not listed. */
const reasonsOf = fc.array(detail, { minLength: 8, maxLength: 8 }).map((values): Reason[] =>
  [...REASON_SHAPES, ['unheard_of', 'detail'] as const].map(([code, ...names]) => ({
    code,
    ...(Object.fromEntries(names.map((name, index) => [name, values[index]!])) as object),
  })),
);
const STATE = { consecutive_bullish_count: 3, consecutive_bearish_count: 0, cash: '8999.1', quantity: '0.01' };
const states: readonly object[] = [
  { ...STATE, total_value: '10023.4', cost_basis: '1002.34' },
  { ...STATE, total_value: '10023.4' },
  {
    ...STATE,
    total_value: '1',
    cost_basis: '2',
    minutes_since_last_trade: null,
    position: { side: 'short', margin: '5' },
  },
];

type Row = { reasons: StoredReason[]; conviction_score: number | null; state_before: StoredState };

describe('strategy_executions_readable', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await new MonthPartitions(database.dataSource).ensure(NOW);
  });

  afterAll(() => database.close());

  /** Stores executions. @returns them as they are stored, and as the view shows them. */
  async function storedAndShown(
    given: readonly { reasons: readonly StoredReason[]; state: StoredState; conviction: number | null }[],
  ): Promise<{ stored: Row[]; shown: Row[] }> {
    const rows = given.map(({ reasons, state, conviction }) => ({
      run_id: uuidv7(NOW.getTime()),
      portfolio_id: uuidv7(NOW.getTime()),
      id: uuidv7(NOW.getTime()),
      status: 'completed' as const,
      conviction_score: conviction,
      should_execute: false,
      reasons,
      params_version: 1,
      state_before: state,
      duration_us: 1,
      executed_at: NOW,
    }));
    const read = (table: string) =>
      database.dataSource.query<Row[]>(`SELECT * FROM ${table} ORDER BY run_id, portfolio_id`);
    await database.dataSource.query(`DELETE FROM strategy_executions`);
    await database.dataSource.transaction((manager) => bulkInsert(manager, StrategyExecution, rows));
    return { stored: await read('strategy_executions'), shown: await read('strategy_executions_readable') };
  }

  it('shows every reason and state as the program reads them, in the same order', async () => {
    const drafts = fc.sample(fc.tuple(reasonsOf, fc.constantFrom(...states), fc.constantFrom(CONVICTION, null, 7)), {
      numRuns: 100,
      seed: 3,
    });
    const { stored, shown } = await storedAndShown(
      drafts.map(([reasons, state, conviction]) => ({
        reasons: encodeReasons(reasons, conviction),
        state: encodeState(state),
        conviction,
      })),
    );
    expect(stored).toHaveLength(100);
    expect(Array.isArray(stored[0]!.reasons[0])).toBe(true);
    const decoded = stored.map((row) => ({
      ...row,
      reasons: decodeReasons(row.reasons, row.conviction_score),
      state_before: decodeState(row.state_before),
    }));
    for (const [index, row] of shown.entries()) {
      expect(row).toEqual(decoded[index]);
      // The order of the names counts, too.
      expect(JSON.stringify(row.reasons)).toBe(JSON.stringify(decoded[index]!.reasons));
      expect(JSON.stringify(row.state_before)).toBe(JSON.stringify(decoded[index]!.state_before));
    }
  });

  it('shows what was stored in full, or by a newer version, as it is', async () => {
    const reasons: StoredReason[] = [{ code: 'hold_band', from: 50 }, [REASON_SHAPES.length, 1], [1, 2]];
    const { shown } = await storedAndShown([{ reasons, state: STATE, conviction: null }]);
    expect(shown).toMatchObject([{ reasons, state_before: STATE }]);
    expect((await storedAndShown([{ reasons: [], state: encodeState(STATE), conviction: 1 }])).shown).toMatchObject([
      { reasons: [], state_before: STATE },
    ]);
  });
});
