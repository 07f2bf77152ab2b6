import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { INVARIANTS, statementOf, type Invariant } from '../../src/invariants/invariants.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';
import { createToldEngine, entry, type ToldEngine } from '../support/told-engine.js';

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
  value_differs_from_mark: [
    `UPDATE portfolios SET total_value = total_value + 0.000000000000000001, total_pnl = total_pnl + 0.000000000000000001`,
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

/** The same for those of perpetuals, in data of their own: an open position with an hour that is owed and a settled one. */
const PERPETUAL_BREAKS: Readonly<Record<string, readonly string[]>> = {
  entry_differs_from_fills: [`UPDATE positions SET entry_notional = entry_notional + 0.000000000000000001`],
  funding_hour_without_evidence: [
    `UPDATE funding_hours SET amount = amount + 0.000000000000000001 WHERE settled_at IS NOT NULL`,
  ],
  funding_differs_from_ledger: [
    `UPDATE ledger_entries SET amount = amount + 0.000000000000000001 WHERE kind = 'funding'`,
  ],
  funding_hour_left_out: [`DELETE FROM funding_hours WHERE settled_at IS NOT NULL`],
};

const MORE_PERPETUAL_BREAKS: readonly (readonly [name: string, how: string])[] = [
  ['entry_differs_from_fills', `DELETE FROM trades`],
  ['entry_differs_from_fills', `UPDATE trades SET notional = notional - 1`],
  [
    'funding_hour_without_evidence',
    `UPDATE funding_hours SET quantity = quantity * 2, amount = amount * 2 WHERE settled_at IS NOT NULL`,
  ],
  ['funding_hour_without_evidence', `UPDATE funding_hours SET rate = rate * 2 WHERE settled_at IS NOT NULL`],
  ['funding_hour_without_evidence', `UPDATE trades SET executed_at = executed_at + interval '4 hours'`],
  ['funding_differs_from_ledger', `DELETE FROM ledger_entries WHERE kind = 'funding'`],
  [
    'funding_differs_from_ledger',
    `INSERT INTO ledger_entries (portfolio_id, asset, amount, kind, occurred_at)
     SELECT portfolio_id, asset, amount, kind, occurred_at + interval '1 minute' FROM ledger_entries WHERE kind = 'funding'`,
  ],
  ['value_differs_from_mark', `UPDATE positions SET margin = margin - 1`],
  ['value_differs_from_mark', `UPDATE positions SET side = 'short'`],
  ['value_differs_from_mark', `UPDATE portfolios SET current_balance = current_balance + 1`],
  ['funding_hour_left_out', `DELETE FROM positions`],
  ['funding_hour_left_out', `UPDATE positions SET funding_until = funding_until + interval '1 hour'`],
];

/** Other ways to break some of them. */
const MORE_BREAKS: readonly (readonly [name: string, how: string])[] = [
  ['run_goes_on_after_its_end', `UPDATE strategy_runs SET status = 'deciding'`],
  ['run_goes_on_after_its_end', `UPDATE strategy_runs SET error = '{}'`],
  ['run_goes_on_after_its_end', `UPDATE strategy_runs SET chunks_total = 2`],
  ['run_goes_on_after_its_end', `UPDATE strategy_run_chunks SET finished_at = NULL`],
  ['total_value_differs', `DELETE FROM positions`],
  ['value_differs_from_mark', `UPDATE portfolios SET mark_price = mark_price + 0.01`],
  ['value_differs_from_mark', `UPDATE positions SET quantity = quantity * 2`],
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

function invariantOf(name: string): Invariant {
  return INVARIANTS.find((one) => one.name === name)!;
}

/** What the whole check and the hourly one find after these statements. */
async function findings(engine: TestEngine, invariant: Invariant, statements: readonly string[]): Promise<number[]> {
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
    const ways = [...Object.keys(BREAKS), ...Object.keys(PERPETUAL_BREAKS)];
    expect(ways.sort()).toEqual(INVARIANTS.map(({ name }) => name).sort());
  });

  it.each(Object.entries(BREAKS))('%s is found when it is broken', async (name, statements) => {
    expect(await findings(engine, invariantOf(name), statements)).not.toContain(0);
  });

  it.each(MORE_BREAKS)('%s is found, too, after %s', async (name, statement) => {
    expect(await findings(engine, invariantOf(name), [statement])).not.toContain(0);
  });

  it('ask for no execution of an instance that became active less than a minute before the run', async () => {
    const invariant = invariantOf('instance_without_execution');
    const statements = [
      ...BREAKS[invariant.name]!,
      `UPDATE portfolios SET active_since = active_since + interval '1 ms'`,
    ];
    expect(await findings(engine, invariant, statements)).toEqual([0, 0]);
  });
});

describe('invariants of perpetuals', () => {
  let engine: ToldEngine;

  beforeAll(async () => {
    engine = await createToldEngine({ paperSlippageBps: 5 });
    engine.market.daily.funding = 0.0008;
    await engine.addTold();
    // Opened, added to, a part of it closed; the hour of 13:00 is owed, that of 14:00 settled.
    for (const [minutes, wish] of [
      [10, entry('long', { hold_hours: 100 })],
      [10, entry('long', { quantity: '0.0333', leverage: '3' })],
      [10, { signal: 'SELL', size: 0.37 }],
      [30, null],
      [60, null],
    ] as const) {
      engine.wish = wish;
      engine.market.missing.add('1h 2026-01-15T13:00:00.000Z');
      engine.clock.advance(minutes * 60_000);
      await engine.tick();
    }
  });

  afterAll(async () => {
    delete engine.market.daily.funding;
    await engine.close();
  });

  it('hold', async () => {
    const results = await checkInvariants(engine.database.dataSource);
    expect(results.filter((result) => result.violations > 0)).toEqual([]);
    const hours = await engine.sql(`SELECT settled_at IS NULL AS owed FROM funding_hours ORDER BY hour`);
    expect(hours).toEqual([{ owed: true }, { owed: false }]);
  });

  it.each(Object.entries(PERPETUAL_BREAKS))('%s is found when it is broken', async (name, statements) => {
    expect(await findings(engine, invariantOf(name), statements)).not.toContain(0);
  });

  it.each(MORE_PERPETUAL_BREAKS)('%s is found, too, after %s', async (name, statement) => {
    expect(await findings(engine, invariantOf(name), [statement])).not.toContain(0);
  });
});
