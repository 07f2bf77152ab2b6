/** What must hold of the stored data at every moment between transactions. */
export interface Invariant {
  /** Stable snake_case name. */
  readonly name: string;
  /** What must never be. */
  readonly forbids: string;
  /** Gives one row for each violation, with its key as `id`. */
  readonly sql: string;
}

/** The invariants of the platform. Each statement returns no row as long as it holds. */
export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'instance_without_execution',
    forbids: 'an active instance of a finished run without an execution in it',
    sql: `SELECT p.id FROM strategy_runs r
          JOIN portfolios p ON p.strategy_definition_id = r.definition_id AND p.is_active = true
            AND p.active_since <= r.started_at
          WHERE r.status IN ('completed', 'degraded')
            AND NOT EXISTS (SELECT 1 FROM strategy_executions e WHERE e.run_id = r.id AND e.portfolio_id = p.id)`,
  },
  {
    name: 'execution_without_outcome',
    forbids: 'an execution that is neither completed, failed nor skipped, or completed without a signal',
    sql: `SELECT id FROM strategy_executions
          WHERE status NOT IN ('completed', 'failed', 'skipped') OR (status = 'completed' AND signal IS NULL)`,
  },
  {
    name: 'second_order_of_an_execution',
    forbids: 'two orders of one execution',
    sql: `SELECT execution_id AS id FROM orders WHERE execution_id IS NOT NULL GROUP BY execution_id HAVING count(*) > 1`,
  },
  {
    name: 'failed_execution_with_order',
    forbids: 'an order of an execution that failed',
    sql: `SELECT o.id FROM orders o JOIN strategy_executions e ON e.id = o.execution_id WHERE e.status = 'failed'`,
  },
  {
    name: 'trade_without_order',
    forbids: 'a trade without an order, or of another instance than its order',
    sql: `SELECT t.id FROM trades t LEFT JOIN orders o ON o.id = t.order_id
          WHERE o.id IS NULL OR o.portfolio_id <> t.portfolio_id`,
  },
  {
    name: 'cash_differs_from_ledger',
    forbids: 'free cash that is not the sum of the quote entries of the ledger',
    sql: `SELECT p.id FROM portfolios p JOIN strategy_definitions d ON d.id = p.strategy_definition_id
          LEFT JOIN ledger_entries l ON l.portfolio_id = p.id AND l.asset <> d.trade_symbol
          GROUP BY p.id HAVING p.current_balance <> coalesce(sum(l.amount), 0)`,
  },
  {
    name: 'position_differs_from_ledger',
    forbids: 'a position whose quantity is not the sum of the base entries of the ledger, or base entries without one',
    sql: `SELECT p.id FROM portfolios p JOIN strategy_definitions d ON d.id = p.strategy_definition_id
          LEFT JOIN positions s ON s.portfolio_id = p.id AND s.symbol = d.trade_symbol
          LEFT JOIN ledger_entries l ON l.portfolio_id = p.id AND l.asset = d.trade_symbol
          GROUP BY p.id, s.quantity HAVING coalesce(s.quantity, 0) <> coalesce(sum(l.amount), 0)`,
  },
  {
    name: 'profit_does_not_add_up',
    forbids: 'realized plus unrealized profit that is not total value minus deposits',
    sql: `SELECT p.id FROM portfolios p
          LEFT JOIN (SELECT portfolio_id, sum(realized_pnl) AS realized FROM trades GROUP BY portfolio_id) t
            ON t.portfolio_id = p.id
          LEFT JOIN (SELECT portfolio_id, sum(cost_basis) AS cost FROM positions GROUP BY portfolio_id) s
            ON s.portfolio_id = p.id
          JOIN (SELECT portfolio_id, sum(amount) FILTER (WHERE kind IN ('deposit', 'withdrawal')) AS deposits
                FROM ledger_entries GROUP BY portfolio_id) l ON l.portfolio_id = p.id
          WHERE coalesce(t.realized, 0) + (p.total_value - p.current_balance - coalesce(s.cost, 0))
            <> p.total_value - l.deposits`,
  },
  {
    name: 'total_pnl_differs',
    forbids: 'a total profit that is not total value minus deposits',
    sql: `SELECT p.id FROM portfolios p
          JOIN (SELECT portfolio_id, sum(amount) FILTER (WHERE kind IN ('deposit', 'withdrawal')) AS deposits
                FROM ledger_entries GROUP BY portfolio_id) l ON l.portfolio_id = p.id
          WHERE p.total_pnl <> p.total_value - l.deposits`,
  },
  {
    name: 'snapshot_does_not_add_up',
    forbids: 'a snapshot whose cash and positions are not its value, or a last snapshot that is not the one noted',
    sql: `SELECT s.portfolio_id AS id FROM portfolio_snapshots s
          LEFT JOIN portfolios p ON p.id = s.portfolio_id AND p.last_snapshot_at = s.taken_at
          WHERE s.total_value <> s.cash + s.positions_value OR s.total_value <> p.last_snapshot_value`,
  },
  {
    name: 'impossible_money',
    forbids: 'NaN or negative cash, and more closes than trades',
    sql: `SELECT id FROM portfolios WHERE current_balance = 'NaN' OR total_value = 'NaN' OR current_balance < 0
            OR winning_trades + losing_trades > total_trades`,
  },
  {
    name: 'trade_count_differs',
    forbids: 'an instance whose trade counters differ from its trades',
    sql: `SELECT p.id FROM portfolios p LEFT JOIN trades t ON t.portfolio_id = p.id GROUP BY p.id
          HAVING p.total_trades <> count(t.id)
            OR p.winning_trades <> count(t.id) FILTER (WHERE t.realized_pnl > 0)
            OR p.losing_trades <> count(t.id) FILTER (WHERE t.realized_pnl <= 0)`,
  },
  {
    name: 'agent_ran_twice',
    forbids: 'an agent that spoke twice in a run',
    sql: `SELECT run_id::text || ' ' || agent_name AS id FROM agent_executions
          GROUP BY run_id, agent_name HAVING count(*) > 1`,
  },
  {
    name: 'unknown_params_version',
    forbids: 'an execution whose params version does not exist',
    sql: `SELECT e.id FROM strategy_executions e
          LEFT JOIN portfolio_params_history h ON h.portfolio_id = e.portfolio_id AND h.params_version = e.params_version
          WHERE h.portfolio_id IS NULL`,
  },
  {
    name: 'paper_order_at_venue',
    forbids: 'a paper order in a state that only a venue can give',
    sql: `SELECT id FROM orders WHERE mode = 'paper' AND status NOT IN ('filled', 'partially_filled', 'rejected')`,
  },
  {
    name: 'fills_differ_from_order',
    forbids: 'an order whose filled quantity is not the sum of its fills',
    sql: `SELECT o.id FROM orders o LEFT JOIN trades t ON t.order_id = o.id
          GROUP BY o.id HAVING o.filled_quantity <> coalesce(sum(t.quantity), 0)`,
  },
  {
    name: 'run_counters_differ',
    forbids: 'a finished run whose counters differ from its executions (those of purged portfolios are gone)',
    sql: `SELECT r.id FROM strategy_runs r
          JOIN (SELECT run_id, count(*) AS instances, count(*) FILTER (WHERE e.status = 'failed') AS failed,
                  count(o.id) FILTER (WHERE o.filled_quantity > 0) AS executed
                FROM strategy_executions e LEFT JOIN orders o ON o.execution_id = e.id GROUP BY run_id) e ON e.run_id = r.id
          WHERE r.status IN ('completed', 'degraded')
            AND ((r.counters->>'instances')::integer <> e.instances OR (r.counters->>'failed')::integer <> e.failed
              OR (r.counters->>'executed')::integer <> e.executed
              OR (r.counters->>'held')::integer <> e.instances - e.failed - e.executed)`,
  },
];
