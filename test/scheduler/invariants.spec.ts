import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkInvariants } from '../../src/scheduler/invariants/check-invariants.js';
import { INVARIANTS, statementOf, type Invariant } from '../../src/scheduler/invariants/invariants.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';

/** For each invariant, statements that break it in data that was right. Constraints that stand in the way go first. */
const BREAKS: Readonly<Record<string, readonly string[]>> = {
  instance_without_execution: [
    `DELETE FROM strategy_executions WHERE id = (SELECT min(id::text) FROM strategy_executions)::uuid`,
  ],
  execution_without_outcome: [
    `UPDATE strategy_executions SET signal = NULL WHERE id = (SELECT min(id::text) FROM strategy_executions)::uuid`,
  ],
  history_of_nobody: [
    `INSERT INTO agent_executions (run_id, agent_name, status, details, mode, duration_ms, created_at)
     SELECT lowest_id_at(created_at + interval '1 second'), agent_name, 'failed', details, mode, 0, created_at FROM agent_executions LIMIT 1`,
  ],
  execution_not_to_be_found: [`UPDATE strategy_executions SET id = gen_random_uuid()`],
  order_without_execution: [`DELETE FROM strategy_executions`],
  second_order_of_an_execution: [
    `ALTER TABLE orders DROP CONSTRAINT uq_orders_execution`,
    `UPDATE orders SET execution_id = (SELECT min(execution_id::text) FROM orders)::uuid`,
  ],
  failed_execution_with_order: [`UPDATE strategy_executions SET status = 'failed', error = '{}'`],
  trade_without_order: [
    `ALTER TABLE trades DROP CONSTRAINT fk_trades_order`,
    `UPDATE trades SET order_id = gen_random_uuid() WHERE id = (SELECT min(id::text) FROM trades)::uuid`,
  ],
  cash_differs_from_ledger: [`UPDATE portfolios SET current_balance = current_balance + 0.000000000000000001`],
  position_differs_from_ledger: [`UPDATE positions SET quantity = quantity + 0.000000000000000001`],
  margin_differs_from_ledger: [`UPDATE positions SET margin = margin + 0.000000000000000001`],
  exit_without_trade: [
    `INSERT INTO position_exits (id, portfolio_id, symbol, side, kind, level, price, observed_from, observed_until,
       opened_at, order_id, executed_at)
     SELECT id, portfolio_id, symbol, 'long', 'stop_loss', price, price, executed_at, executed_at, executed_at, order_id,
       executed_at FROM trades LIMIT 1`,
  ],
  profit_does_not_add_up: [`UPDATE positions SET cost_basis = cost_basis - 0.01`],
  total_value_differs: [
    `UPDATE portfolio_snapshots SET positions_value = positions_value + 0.000000000000000001,
       total_value = total_value + 0.000000000000000001`,
  ],
  total_pnl_differs: [`UPDATE portfolios SET total_pnl = total_pnl + 0.000000000000000001`],
  snapshot_does_not_add_up: [`UPDATE portfolio_snapshots SET cash = cash + 0.000000000000000001`],
  impossible_money: [
    `ALTER TABLE portfolios DROP CONSTRAINT ck_portfolios_current_balance`,
    `UPDATE portfolios SET current_balance = 'NaN'`,
  ],
  trade_count_differs: [`UPDATE portfolios SET total_trades = total_trades + 1`],
  agent_ran_twice: [
    `ALTER TABLE agent_executions DROP CONSTRAINT pk_agent_executions`,
    `INSERT INTO agent_executions SELECT * FROM agent_executions WHERE agent_name = 'macro'`,
  ],
  unknown_params_version: [`UPDATE strategy_executions SET params_version = 99`],
  paper_order_at_venue: [`UPDATE orders SET status = 'sent'`],
  fills_differ_from_order: [`UPDATE orders SET filled_quantity = 0`],
  run_goes_on_after_its_end: [`UPDATE strategy_runs SET finished_at = NULL`],
  run_counters_differ: [`UPDATE strategy_runs SET counters = jsonb_set(counters, '{held}', '7')`],
};

/** Other ways to break some of them. */
const MORE_BREAKS: readonly (readonly [name: string, how: string])[] = [
  ['run_goes_on_after_its_end', `UPDATE strategy_runs SET status = 'deciding'`],
  ['run_goes_on_after_its_end', `UPDATE strategy_runs SET error = '{}'`],
  ['run_goes_on_after_its_end', `UPDATE strategy_runs SET chunks_total = 2`],
  ['run_goes_on_after_its_end', `UPDATE strategy_run_chunks SET finished_at = NULL`],
  ['total_value_differs', `DELETE FROM positions`],
  [
    'total_value_differs',
    `UPDATE portfolio_snapshots SET cash = cash - 1, positions_value = positions_value + 1, price = price + 1`,
  ],
  ['total_value_differs', `UPDATE ledger_entries SET amount = amount + 1 WHERE asset = 'BTC'`],
  // A failed run whose instances were served after its end.
  [
    'run_counters_differ',
    `UPDATE strategy_runs SET status = 'failed', counters = '{"instances": 0, "executed": 0, "held": 0, "failed": 0}'`,
  ],
];

describe('invariants', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await createTestEngine();
    await engine.addInstances(3, { params: ALWAYS_BUY });
    engine.clock.advance(60_000);
    await engine.tick();
  });

  afterAll(() => engine.close());

  it('hold after a run that traded', async () => {
    const results = await checkInvariants(engine.database.dataSource);
    expect(results.map(({ name }) => name)).toEqual(INVARIANTS.map(({ name }) => name));
    expect(results.filter((result) => result.violations > 0)).toEqual([]);
  });

  it('each have a way to be broken here', () => {
    expect(Object.keys(BREAKS)).toEqual(INVARIANTS.map(({ name }) => name));
  });

  /** What the whole check and the hourly one find after these statements. */
  async function findings(invariant: Invariant, statements: readonly string[]): Promise<number[]> {
    const runner = engine.database.dataSource.createQueryRunner();
    await runner.startTransaction();
    try {
      for (const statement of statements) await runner.query(statement);
      const found: number[] = [];
      for (const since of [null, engine.clock.now()]) {
        const { sql, values } = statementOf(invariant, since);
        found.push((await runner.manager.query<unknown[]>(sql, values)).length);
      }
      return found;
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  it.each(INVARIANTS.map((invariant) => [invariant.name, invariant] as const))(
    '%s is found when it is broken',
    async (name, invariant) => {
      expect(await findings(invariant, BREAKS[name]!)).not.toContain(0);
    },
  );

  it.each(MORE_BREAKS)('%s is found, too, after %s', async (name, statement) => {
    const invariant = INVARIANTS.find((one) => one.name === name)!;
    expect(await findings(invariant, [statement])).not.toContain(0);
  });

  it('ask for no execution of an instance that became active less than a minute before the run', async () => {
    const invariant = INVARIANTS.find(({ name }) => name === 'instance_without_execution')!;
    const statements = [
      ...BREAKS[invariant.name]!,
      `UPDATE portfolios SET active_since = active_since + interval '1 ms'`,
    ];
    expect(await findings(invariant, statements)).toEqual([0, 0]);
  });
});
