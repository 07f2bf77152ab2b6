-- What must hold of the stored data at every moment between transactions. Each statement gives one row for each
-- violation, with its key as `id`; no row: it holds. A worker checks them every hour, `npm run conclave -- check:invariants` and
-- POST /admin/system/invariants at any time.
--
-- A statement begins with its `-- name:` (stable, snake_case) and `-- forbids:` (what must never be) and ends with a
-- semicolon. Two placeholders keep the hourly check small on a large database; the whole check sets them to the
-- beginning of time:
--
--   :since     only runs that ended from then on, or have not ended, and snapshots taken from then on
--   :since_id  the same for rows by their id, which begins with the time
--
-- What concerns money as a whole (ledger, positions, profit, counters of trades) has neither: it is summed from the
-- first entry each time.
--
-- The ledger has an account of the quote asset (free cash), one of the base asset (what is held, negative for a short) and,
-- where positions are perpetual, one of their margin, whose name has a colon: `USDC:margin`.
--
-- By hand: psql -v since="'-infinity'" -v since_id="'00000000-0000-0000-0000-000000000000'" -f invariants.sql

-- name: instance_without_execution
-- forbids: a strategy that was active a minute before a finished run began and is without an execution in it, of months that are kept
-- A minute: active_since is the time before the commit that makes an instance active, and a run that begins in between
-- cannot see it. No transaction of the program takes that long.
SELECT p.id FROM strategy_runs r
JOIN portfolios p ON p.strategy_definition_id = r.definition_id AND p.is_active = true
  AND p.active_since <= r.started_at - interval '1 minute'
WHERE r.status IN ('completed', 'degraded') AND r.finished_at >= :since
  AND NOT EXISTS (SELECT 1 FROM strategy_executions e WHERE e.run_id = r.id AND e.portfolio_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM dropped_months d WHERE r.id >= d.first_id AND r.id < d.end_id);

-- name: execution_without_outcome
-- forbids: an execution that is neither completed, failed nor skipped, or completed without a signal
SELECT e.id FROM strategy_runs r
JOIN strategy_executions e ON e.run_id = r.id
WHERE (r.finished_at >= :since OR r.finished_at IS NULL)
  AND (e.status NOT IN ('completed', 'failed', 'skipped') OR (e.status = 'completed' AND e.signal IS NULL));

-- name: history_of_nobody
-- forbids: an execution, an analysis or a snapshot of a run or a strategy that is not there
SELECT e.id::text AS id FROM strategy_executions e
WHERE e.run_id >= :since_id
  AND (NOT EXISTS (SELECT 1 FROM strategy_runs r WHERE r.id = e.run_id)
    OR NOT EXISTS (SELECT 1 FROM portfolios p WHERE p.id = e.portfolio_id))
UNION ALL
SELECT a.run_id || ' ' || a.agent_name FROM agent_executions a
WHERE a.run_id >= :since_id AND NOT EXISTS (SELECT 1 FROM strategy_runs r WHERE r.id = a.run_id)
UNION ALL
SELECT s.portfolio_id || ' ' || s.taken_at FROM portfolio_snapshots s
WHERE s.taken_at >= :since AND NOT EXISTS (SELECT 1 FROM portfolios p WHERE p.id = s.portfolio_id)
UNION ALL
SELECT pr.portfolio_id::text FROM past_returns pr
WHERE NOT EXISTS (SELECT 1 FROM portfolios p WHERE p.id = pr.portfolio_id);

-- name: execution_not_to_be_found
-- forbids: an execution whose id does not carry the time of its run: who asks for the id would not find it
SELECT id FROM strategy_executions
WHERE run_id >= :since_id AND substring(uuid_send(id) FROM 1 FOR 6) <> substring(uuid_send(run_id) FROM 1 FOR 6);

-- name: order_without_execution
-- forbids: an order of an execution that is not there (of months that are kept) or is another strategy's, and a trade of another one than its order's
SELECT o.id FROM orders o
WHERE o.id >= :since_id AND o.execution_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM strategy_runs r
  JOIN strategy_executions e ON e.run_id = r.id AND e.portfolio_id = o.portfolio_id
  WHERE r.id BETWEEN (left(o.execution_id::text, 13) || '-0000-0000-000000000000')::uuid
      AND (left(o.execution_id::text, 13) || '-ffff-ffff-ffffffffffff')::uuid
    AND e.id = o.execution_id)
  AND NOT EXISTS (SELECT 1 FROM dropped_months d WHERE o.execution_id >= d.first_id AND o.execution_id < d.end_id)
UNION ALL
SELECT t.id FROM trades t JOIN orders o ON o.id = t.order_id
WHERE t.id >= :since_id AND t.execution_id IS DISTINCT FROM o.execution_id;

-- name: second_order_of_an_execution
-- forbids: two orders of one execution
SELECT execution_id AS id FROM orders
WHERE execution_id IN (SELECT execution_id FROM orders WHERE id >= :since_id)
GROUP BY execution_id HAVING count(*) > 1;

-- name: failed_execution_with_order
-- forbids: an order of an execution that failed
SELECT o.id FROM strategy_runs r
JOIN strategy_executions e ON e.run_id = r.id AND e.status = 'failed'
JOIN orders o ON o.execution_id = e.id
WHERE r.finished_at >= :since OR r.finished_at IS NULL;

-- name: trade_without_order
-- forbids: a trade without an order, or of another strategy than its order
SELECT t.id FROM trades t
LEFT JOIN orders o ON o.id = t.order_id
WHERE t.id >= :since_id AND (o.id IS NULL OR o.portfolio_id <> t.portfolio_id);

-- name: cash_differs_from_ledger
-- forbids: free cash that is not the sum of the quote entries of the ledger
SELECT p.id FROM portfolios p
JOIN strategy_definitions d ON d.id = p.strategy_definition_id
LEFT JOIN ledger_entries l ON l.portfolio_id = p.id AND l.asset <> d.trade_symbol AND strpos(l.asset, ':') = 0
GROUP BY p.id HAVING p.current_balance <> coalesce(sum(l.amount), 0);

-- name: position_differs_from_ledger
-- forbids: a position whose quantity is not the sum of the base entries of the ledger, or base entries without one
SELECT p.id FROM portfolios p
JOIN strategy_definitions d ON d.id = p.strategy_definition_id
LEFT JOIN positions s ON s.portfolio_id = p.id AND s.symbol = d.trade_symbol
LEFT JOIN ledger_entries l ON l.portfolio_id = p.id AND l.asset = d.trade_symbol
GROUP BY p.id, s.quantity, s.side
HAVING coalesce(CASE s.side WHEN 'short' THEN -s.quantity ELSE s.quantity END, 0) <> coalesce(sum(l.amount), 0);

-- name: margin_differs_from_ledger
-- forbids: margin of a position that is not the sum of the margin entries of the ledger
SELECT p.id FROM portfolios p
LEFT JOIN (SELECT portfolio_id, sum(margin) AS margin FROM positions GROUP BY portfolio_id) s ON s.portfolio_id = p.id
LEFT JOIN (SELECT portfolio_id, sum(amount) AS margin FROM ledger_entries WHERE strpos(asset, ':') > 0
           GROUP BY portfolio_id) l ON l.portfolio_id = p.id
WHERE coalesce(s.margin, 0) <> coalesce(l.margin, 0);

-- name: exit_without_trade
-- forbids: an exit whose order did not close a position of that side, of that strategy, for that reason
SELECT x.id FROM position_exits x
LEFT JOIN trades t ON t.order_id = x.order_id AND t.portfolio_id = x.portfolio_id AND t.symbol = x.symbol
  AND t.reason = x.kind AND t.execution_id IS NULL AND t.holding_after = 0
  AND t.trade_type = CASE x.side WHEN 'long' THEN 'SELL' ELSE 'BUY' END
WHERE x.id >= :since_id AND t.id IS NULL;

-- name: entry_differs_from_fills
-- forbids: an open perpetual whose entry notional is not what its fills bought or sold short, less the parts that were closed
-- Its fills begin with the last trade from zero or through zero. Their times do not tell: an exit and a new entry may share one.
WITH RECURSIVE fills AS (
  SELECT s.portfolio_id, s.entry_notional, t.quantity, t.price, t.notional, abs(t.holding_before) AS before,
    abs(t.holding_after) AS after, t.holding_before * t.holding_after < 0 AS turned,
    row_number() OVER (PARTITION BY t.portfolio_id ORDER BY t.id) AS n
  FROM positions s
  CROSS JOIN LATERAL (SELECT o.id FROM trades o
    WHERE o.portfolio_id = s.portfolio_id AND o.symbol = s.symbol
      AND (o.holding_before = 0 OR o.holding_before * o.holding_after < 0)
    ORDER BY o.id DESC LIMIT 1) opening
  JOIN trades t ON t.portfolio_id = s.portfolio_id AND t.symbol = s.symbol AND t.id >= opening.id
  WHERE s.entry_notional > 0),
entries AS (
  SELECT portfolio_id, n, CASE WHEN turned THEN notional - round(before * price, 18) ELSE notional END AS notional
  FROM fills WHERE n = 1
  UNION ALL
  SELECT f.portfolio_id, f.n, CASE WHEN f.after > f.before THEN e.notional + f.notional
    ELSE e.notional - round(e.notional * f.quantity / f.before, 18) END
  FROM entries e JOIN fills f ON f.portfolio_id = e.portfolio_id AND f.n = e.n + 1)
SELECT s.portfolio_id AS id FROM positions s
LEFT JOIN LATERAL (SELECT notional FROM entries WHERE portfolio_id = s.portfolio_id ORDER BY n DESC LIMIT 1) e ON true
WHERE s.entry_notional > 0 AND s.entry_notional IS DISTINCT FROM e.notional;

-- name: funding_hour_without_evidence
-- forbids: an hour of funding that is not quantity * price * an eighth of its rate, or whose quantity is not what the fills before it left
SELECT f.portfolio_id || ' ' || f.hour AS id FROM funding_hours f
LEFT JOIN LATERAL (SELECT t.holding_after FROM trades t
  WHERE t.portfolio_id = f.portfolio_id AND t.symbol = f.symbol AND t.executed_at < f.hour
  ORDER BY t.id DESC LIMIT 1) t ON true
WHERE (f.hour >= :since OR f.settled_at >= :since)
  AND (f.quantity IS DISTINCT FROM t.holding_after OR f.amount <> -round(f.quantity * f.price * f.rate * 0.125, 18));

-- name: funding_differs_from_ledger
-- forbids: funding in the ledger that is not the sum of the hours that were settled at that moment; the hours are kept since the first of them
-- Of months that are not kept, and while they are being dropped, nothing is asked.
WITH kept AS NOT MATERIALIZED (
  SELECT portfolio_id, settled_at AS moment, amount FROM funding_hours
  WHERE settled_at >= coalesce((SELECT (max(month) + interval '1 month') AT TIME ZONE 'UTC' FROM dropped_months), '-infinity'))
SELECT coalesce(h.portfolio_id, l.portfolio_id) AS id
FROM (SELECT portfolio_id, moment, sum(amount) AS amount FROM kept GROUP BY portfolio_id, moment) h
FULL JOIN (SELECT portfolio_id, occurred_at AS moment, sum(amount) AS amount FROM ledger_entries
           WHERE kind = 'funding' AND occurred_at >= (SELECT min(moment) FROM kept)
           GROUP BY portfolio_id, occurred_at) l ON l.portfolio_id = h.portfolio_id AND l.moment = h.moment
WHERE coalesce(h.amount, 0) <> coalesce(l.amount, 0);

-- name: funding_hour_left_out
-- forbids: an hour that a position was held and that is not there, and one that is owed of a position of which nothing is known
-- Of months that are not kept only what is owed is there.
SELECT f.portfolio_id AS id
FROM (SELECT *, CASE WHEN hour >= coalesce(
        (SELECT (max(month) + interval '1 month') AT TIME ZONE 'UTC' FROM dropped_months), '-infinity') THEN hour END AS kept
      FROM funding_hours) f
LEFT JOIN positions s ON s.portfolio_id = f.portfolio_id AND s.symbol = f.symbol AND s.opened_at = f.opened_at
LEFT JOIN closed_positions c ON c.portfolio_id = f.portfolio_id AND c.symbol = f.symbol AND c.opened_at = f.opened_at
GROUP BY f.portfolio_id, f.symbol, f.opened_at, s.portfolio_id, s.symbol, c.portfolio_id
HAVING count(f.kept) <> extract(epoch FROM max(f.kept) - min(f.kept)) / 3600 + 1
  OR max(f.kept) <> max(s.funding_until)
  OR (s.portfolio_id IS NULL AND c.portfolio_id IS NULL AND bool_or(f.settled_at IS NULL AND f.given_up_at IS NULL));

-- name: profit_does_not_add_up
-- forbids: realized plus unrealized profit that is not total value minus deposits
-- Funding that was settled after the close is in no trade's result: it is what moved cash without a trade.
SELECT p.id FROM portfolios p
LEFT JOIN (SELECT portfolio_id, sum(realized_pnl) AS realized FROM trades GROUP BY portfolio_id) t
  ON t.portfolio_id = p.id
LEFT JOIN (SELECT portfolio_id, sum(amount) AS late FROM ledger_entries
           WHERE kind IN ('funding', 'liquidation') AND trade_id IS NULL AND strpos(asset, ':') = 0
           GROUP BY portfolio_id) f ON f.portfolio_id = p.id
LEFT JOIN (SELECT portfolio_id, sum(cost_basis) AS cost FROM positions GROUP BY portfolio_id) s
  ON s.portfolio_id = p.id
JOIN (SELECT portfolio_id, sum(amount) FILTER (WHERE kind IN ('deposit', 'withdrawal')) AS deposits
      FROM ledger_entries GROUP BY portfolio_id) l ON l.portfolio_id = p.id
WHERE coalesce(t.realized, 0) + coalesce(f.late, 0) + (p.total_value - p.current_balance - coalesce(s.cost, 0)) <> p.total_value - l.deposits;

-- name: total_value_differs
-- forbids: a total value that is not the cash where nothing is held, and a last snapshot that is not cash and holdings at its price
SELECT p.id FROM portfolios p
WHERE p.total_value <> p.current_balance AND NOT EXISTS (SELECT 1 FROM positions s WHERE s.portfolio_id = p.id)
UNION ALL
SELECT p.id FROM portfolios p
JOIN strategy_definitions d ON d.id = p.strategy_definition_id
JOIN portfolio_snapshots s ON s.portfolio_id = p.id AND s.taken_at = p.last_snapshot_at
  AND s.taken_at >= :since AND s.price IS NOT NULL
LEFT JOIN (SELECT l.portfolio_id, sum(l.amount) FILTER (WHERE l.asset = d.trade_symbol) AS held,
             sum(l.amount) FILTER (WHERE strpos(l.asset, ':') > 0) AS margin,
             sum(l.amount) FILTER (WHERE l.asset <> d.trade_symbol AND strpos(l.asset, ':') = 0) AS cash
           FROM ledger_entries l
           JOIN portfolios p ON p.id = l.portfolio_id AND l.occurred_at <= p.last_snapshot_at
           JOIN strategy_definitions d ON d.id = p.strategy_definition_id
           GROUP BY l.portfolio_id) l ON l.portfolio_id = p.id
-- A fill always moves the value, so that what is held since the last snapshot was bought or sold for the same.
LEFT JOIN positions h ON h.portfolio_id = p.id AND h.symbol = d.trade_symbol
WHERE s.positions_value <> coalesce(l.margin, 0)
    + sign(coalesce(l.held, 0)) * (round(abs(coalesce(l.held, 0)) * s.price, 18) - coalesce(h.entry_notional, 0))
  OR s.cash <> coalesce(l.cash, 0);

-- name: value_differs_from_mark
-- forbids: a total value that is not free cash and what is held, at the price that it was computed at
SELECT p.id FROM portfolios p
JOIN positions s ON s.portfolio_id = p.id
WHERE p.mark_price IS NOT NULL AND p.total_value <> p.current_balance + s.margin
  + CASE s.side WHEN 'long' THEN 1 ELSE -1 END * (round(s.quantity * p.mark_price, 18) - s.entry_notional);

-- name: total_pnl_differs
-- forbids: a total profit that is not total value minus deposits
SELECT p.id FROM portfolios p
JOIN (SELECT portfolio_id, sum(amount) FILTER (WHERE kind IN ('deposit', 'withdrawal')) AS deposits
      FROM ledger_entries GROUP BY portfolio_id) l ON l.portfolio_id = p.id
WHERE p.total_pnl <> p.total_value - l.deposits;

-- name: snapshot_does_not_add_up
-- forbids: a snapshot whose cash and positions are not its value, or a last snapshot that is not the one noted
SELECT s.portfolio_id AS id FROM portfolio_snapshots s
LEFT JOIN portfolios p ON p.id = s.portfolio_id AND p.last_snapshot_at = s.taken_at
WHERE s.taken_at >= :since
  AND (s.total_value <> s.cash + s.positions_value OR s.total_value <> p.last_snapshot_value);

-- name: impossible_money
-- forbids: NaN or negative cash, and more closes than trades
SELECT id FROM portfolios
WHERE current_balance = 'NaN' OR total_value = 'NaN' OR current_balance < 0
  OR winning_trades + losing_trades > total_trades;

-- name: trade_count_differs
-- forbids: a strategy whose trade counters differ from its trades
SELECT p.id FROM portfolios p
LEFT JOIN trades t ON t.portfolio_id = p.id
GROUP BY p.id
HAVING p.total_trades <> count(t.id)
  OR p.winning_trades <> count(t.id) FILTER (WHERE t.realized_pnl > 0)
  OR p.losing_trades <> count(t.id) FILTER (WHERE t.realized_pnl <= 0);

-- name: agent_ran_twice
-- forbids: an agent that ran twice in one run
SELECT a.run_id::text || ' ' || a.agent_name AS id FROM strategy_runs r
JOIN agent_executions a ON a.run_id = r.id
WHERE r.finished_at >= :since OR r.finished_at IS NULL
GROUP BY a.run_id, a.agent_name HAVING count(*) > 1;

-- name: unknown_params_version
-- forbids: an execution whose parameter version does not exist
SELECT e.id FROM strategy_runs r
JOIN strategy_executions e ON e.run_id = r.id
LEFT JOIN portfolio_params_history h ON h.portfolio_id = e.portfolio_id AND h.params_version = e.params_version
WHERE (r.finished_at >= :since OR r.finished_at IS NULL) AND h.portfolio_id IS NULL;

-- name: paper_order_at_venue
-- forbids: a paper order in a state that only a venue can give
SELECT id FROM orders
WHERE id >= :since_id AND mode = 'paper' AND status NOT IN ('filled', 'partially_filled', 'rejected');

-- name: fills_differ_from_order
-- forbids: an order whose filled quantity is not the sum of its fills
SELECT o.id FROM orders o
LEFT JOIN trades t ON t.order_id = o.id
WHERE o.id >= :since_id
GROUP BY o.id HAVING o.filled_quantity <> coalesce(sum(t.quantity), 0);

-- name: run_goes_on_after_its_end
-- forbids: a run that is over and open at once, one that ended well with an error, and chunks that it did not count
SELECT r.id FROM strategy_runs r
LEFT JOIN LATERAL (SELECT count(*) AS chunks, count(finished_at) AS done FROM strategy_run_chunks
                   WHERE run_id = r.id) c ON c.chunks > 0
WHERE (r.finished_at >= :since OR r.finished_at IS NULL)
  AND ((r.finished_at IS NULL) <> (r.status IN ('queued', 'analysing', 'deciding'))
    OR (r.status IN ('completed', 'degraded') AND (r.error IS NOT NULL OR r.chunks_done <> r.chunks_total))
    OR r.chunks_done <> c.done);

-- name: run_counters_differ
-- forbids: a run that is over, however it ended, whose counters differ from its executions (those of purged strategies are gone)
SELECT r.id FROM strategy_runs r
JOIN (SELECT e.run_id, count(*) AS instances, count(*) FILTER (WHERE e.status = 'failed') AS failed,
        count(o.id) FILTER (WHERE o.filled_quantity > 0) AS executed
      FROM strategy_runs recent
      JOIN strategy_executions e ON e.run_id = recent.id
      LEFT JOIN orders o ON o.execution_id = e.id
      WHERE recent.finished_at >= :since
      GROUP BY e.run_id) e ON e.run_id = r.id
WHERE (r.counters->>'instances')::integer <> e.instances OR (r.counters->>'failed')::integer <> e.failed
  OR (r.counters->>'executed')::integer <> e.executed
  OR (r.counters->>'held')::integer <> e.instances - e.failed - e.executed;
