import { uuidv7, uuidv7Beside } from '../../src/platform/database/uuid.js';
import type { TestApp } from './app.js';

/** Ids of one run that an instance took part in. */
export interface RecordedRun {
  readonly runId: string;
  readonly executionId: string;
  readonly tradeId: string;
}

const SNAPSHOT = {
  market: 'simulated',
  symbol: 'BTC',
  price: { value: '110000', source: 'simulated', observed_at: '2026-01-01T00:00:00.000Z' },
  change_24h_percent: null,
  fear_greed: { value: 55, source: 'simulated', observed_at: '2026-01-01T00:00:00.000Z' },
  dxy: null,
};

let tick = Date.parse('2026-01-01T00:00:00Z');

/**
 * Records a finished run in which an instance bought .01 BTC at 100000, and values it at 110000: the rows that a
 * run writes, as plain SQL, so that the tests of reading do not depend on the scheduler.
 */
export async function recordRun(t: TestApp, definitionId: number, portfolioId: string): Promise<RecordedRun> {
  tick += 60_000;
  const at = new Date(tick);
  const [runId, orderId, tradeId] = [1, 2, 3].map(() => uuidv7(tick)) as [string, string, string];
  const executionId = uuidv7Beside(runId);
  const sql = (statement: string, ...values: unknown[]) => t.database.dataSource.query(statement, values);
  await sql(`SELECT ensure_month_partitions($1)`, at);
  await sql(
    `INSERT INTO strategy_runs (id, definition_id, definition_version, scheduled_for, trigger, status, market_snapshot,
       business_agents, decision_agent_class, slippage_bps, counters, created_at, started_at, finished_at)
     SELECT $1, id, 1, $3, 'schedule', 'completed', $4, business_agents, decision_agent_class, 0,
       '{"instances": 1, "executed": 1, "held": 0, "failed": 0}', $3, $3, $3
     FROM strategy_definitions WHERE id = $2`,
    runId,
    definitionId,
    at,
    JSON.stringify({ ...SNAPSHOT, taken_at: at.toISOString() }),
  );
  await sql(
    `INSERT INTO agent_executions (run_id, agent_name, status, score, signal, confidence, reasoning, details, mode,
       duration_ms, created_at)
     VALUES ($1, 'ta', 'success', 30, 'BULLISH', 1, 'It rises.', '{"factors": [], "absent": []}', 'rules', 2, $2),
       ($1, 'macro', 'success', 45, 'BULLISH', .9, 'Calm.',
        '{"factors": [{"name": "dxy", "value": 99, "contribution": 0.2}], "absent": []}', 'rules', 2, $2)`,
    runId,
    at,
  );
  await sql(
    `INSERT INTO strategy_executions (id, run_id, portfolio_id, status, conviction_score, signal, signal_strength,
       position_size, risk_level, should_execute, reasons, distance_to_buy, distance_to_sell, params_version,
       state_before, duration_us, executed_at)
     SELECT $1, $2, $3, 'completed', 61.5, 'BUY', .13, .1, 'LOW', true,
       '[{"code": "buy_signal", "conviction": 61.5, "buy_threshold": 55}]', 0, 11.5, params_version,
       '{"consecutive_bullish_count": 3, "consecutive_bearish_count": 0, "cash": "10000", "quantity": "0",
         "total_value": "10000", "cost_basis": "0"}', 80, $4
     FROM portfolios WHERE id = $3`,
    executionId,
    runId,
    portfolioId,
    at,
  );
  await sql(
    `INSERT INTO orders (id, portfolio_id, execution_id, client_order_id, channel, mode, symbol, side, type, quantity,
       status, filled_quantity, average_price, created_at, updated_at)
     VALUES ($1, $2, $3::uuid, $3::uuid::text, 'binance_spot', 'paper', 'BTC', 'BUY', 'market', .01, 'filled', .01, 100000, $4, $4)`,
    orderId,
    portfolioId,
    executionId,
    at,
  );
  await sql(
    `INSERT INTO trades (id, order_id, venue_trade_id, portfolio_id, execution_id, symbol, trade_type, quantity, price,
       notional, fee, fee_asset, balance_before, balance_after, holding_before, holding_after, reason, executed_at)
     VALUES ($1, $2, '1', $3, $4, 'BTC', 'BUY', .01, 100000, 1000, 1, 'USDT', 10000, 8999, 0, .01, 'buy_signal', $5)`,
    tradeId,
    orderId,
    portfolioId,
    executionId,
    at,
  );
  await sql(
    `INSERT INTO positions (portfolio_id, symbol, side, quantity, average_entry_price, cost_basis, opened_at, updated_at)
     VALUES ($1, 'BTC', 'long', .01, 100100, 1001, $2, $2) ON CONFLICT DO NOTHING`,
    portfolioId,
    at,
  );
  await sql(
    `INSERT INTO ledger_entries (portfolio_id, asset, amount, kind, trade_id, occurred_at)
     VALUES ($1, 'USDT', -1000, 'trade', $2, $3), ($1, 'BTC', .01, 'trade', $2, $3), ($1, 'USDT', -1, 'fee', $2, $3)`,
    portfolioId,
    tradeId,
    at,
  );
  await sql(
    `INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value, price)
     VALUES ($1, now() + ($2 || ' microseconds')::interval, 10099, 8999, 1100, 110000)`,
    portfolioId,
    String(1_000_000 + (tick % 999_983)),
  );
  await sql(
    `UPDATE portfolios SET current_balance = 8999, total_value = 10099, total_pnl = 99, total_trades = total_trades + 1,
       mark_price = 110000, marked_at = $2, last_conviction_score = 61.5, last_signal = 'BUY', last_execution_time = $2,
       last_snapshot_at = (SELECT max(taken_at) FROM portfolio_snapshots WHERE portfolio_id = $1) WHERE id = $1`,
    portfolioId,
    at,
  );
  return { runId, executionId, tradeId };
}
