import type { DataSource } from 'typeorm';
import { uuidv7 } from '../../../src/platform/database/uuid.js';

/** Under these practically every conviction is a BUY, and thousands of buys fit in the cash. */
const ALWAYS_BUY = {
  buy_threshold: 1,
  partial_sell_threshold: 1,
  full_sell_threshold: 0,
  fg_circuit_breaker_threshold: 0,
  max_position_size: 0.002,
};

/** 20 USDT a buy: above the venue's minimum. */
const DEPOSIT = '10000';

/**
 * Makes an active definition that the schedule does not touch, with so many paper instances that buy in every run.
 * Books and ledger agree, as if they had been created through the interface.
 * @returns the definition's id.
 */
export async function addTradingInstances(database: DataSource, name: string, count: number): Promise<number> {
  return database.transaction(async (manager) => {
    // Its next tick is a week away: only the bench makes runs.
    const [definition] = await manager.query<{ id: number }[]>(
      `INSERT INTO strategy_definitions (name, display_name, description, decision_agent_module, decision_agent_class,
         business_agents, trade_channel, trade_symbol, rebalance_period_minutes, default_params, next_run_at)
       SELECT $1, $1, 'Made by the bench.', decision_agent_module, decision_agent_class, business_agents, trade_channel,
         trade_symbol, 10080, default_params || $2::jsonb, now() + interval '7 days'
       FROM strategy_definitions WHERE name = 'multi_agent_btc_v1' RETURNING id`,
      [name, JSON.stringify(ALWAYS_BUY)],
    );
    const [user] = await manager.query<{ id: string }[]>(
      `INSERT INTO users (email, password_hash, role) VALUES ($1, '!', 'trader') RETURNING id`,
      [`${name}@conclave.local`],
    );
    const ids = Array.from({ length: count }, () => uuidv7(Date.now()));
    await manager.query(
      `INSERT INTO portfolios (id, user_id, strategy_definition_id, instance_number, instance_name, instance_description,
         instance_params, trading_mode, initial_balance, current_balance, total_value, total_pnl, peak_value, is_active,
         active_since, created_at, updated_at)
       SELECT n.id, $2, d.id, n.number, d.name || ' #' || n.number, '', d.default_params, 'paper', $4::numeric, $4, $4, 0,
         $4, true, now() - interval '1 hour', now(), now()
       FROM unnest($1::uuid[]) WITH ORDINALITY AS n (id, number) JOIN strategy_definitions d ON d.id = $3`,
      [ids, user!.id, definition!.id, DEPOSIT],
    );
    await manager.query(
      `INSERT INTO portfolio_params_history (portfolio_id, params_version, params, changed_by, changed_at)
       SELECT id, params_version, instance_params, user_id, now() FROM portfolios WHERE strategy_definition_id = $1`,
      [definition!.id],
    );
    await manager.query(
      `INSERT INTO ledger_entries (portfolio_id, asset, amount, kind, occurred_at)
       SELECT id, 'USDT', initial_balance, 'deposit', now() FROM portfolios WHERE strategy_definition_id = $1`,
      [definition!.id],
    );
    return definition!.id;
  });
}
