import type { FillStatement } from './fill-statement.js';
import { stepOf } from './instance-statements.js';

/** What runs leave behind: analyses, executions, and a point of the equity curve a run. */
export const HISTORY_STATEMENTS: readonly FillStatement[] = [
  {
    what: 'runs',
    sql: `INSERT INTO strategy_runs (id, definition_id, definition_version, scheduled_for, trigger, status, market_snapshot,
            counters, chunks_total, chunks_done, created_at, started_at, finished_at)
          SELECT run_id, definition_id, 1, at, 'schedule', 'completed',
            jsonb_build_object('market', 'simulated', 'symbol', symbol, 'taken_at', at,
              'price', jsonb_build_object('value', price::text, 'source', 'simulated', 'observed_at', at),
              'change_24h_percent', jsonb_build_object('value', 1.5, 'source', 'simulated', 'observed_at', at),
              'fear_greed', jsonb_build_object('value', 40 + n % 30, 'source', 'simulated', 'observed_at', at),
              'dxy', jsonb_build_object('value', 104.2, 'source', 'simulated', 'observed_at', at)),
            '{}', chunks, chunks, at, at, at + interval '2 seconds'
          FROM tick
          JOIN (SELECT definition_id, ceil(count(*) / 1000.0)::integer AS chunks FROM owned GROUP BY definition_id) c
            USING (definition_id)
          ORDER BY at`,
  },
  {
    what: 'analyses',
    sql: `INSERT INTO agent_executions (run_id, agent_name, status, score, signal, confidence, reasoning, details, mode,
            duration_ms, created_at)
          SELECT r.id, agent, 'success', 20, 'BULLISH', 1, 'Made by the bench.', '{"factors": [], "absent": []}', 'rules', 3,
            r.started_at
          FROM strategy_runs r
          JOIN strategy_definitions d ON d.id = r.definition_id
          CROSS JOIN LATERAL jsonb_array_elements_text(d.business_agents) agent`,
  },
  {
    what: 'executions',
    // In the order in which runs write them, so that an instance's rows lie as far apart as they really do.
    sql: `INSERT INTO strategy_executions (id, run_id, portfolio_id, status, conviction_score, signal, signal_strength,
            position_size, risk_level, should_execute, reasons, distance_to_buy, distance_to_sell, params_version,
            state_before, duration_us, error, executed_at)
          SELECT pg_temp.id_at(t.at, 'execution ' || o.i), t.run_id, o.id,
            CASE WHEN failed THEN 'failed' ELSE 'completed' END, conviction, signal,
            CASE WHEN failed THEN NULL WHEN signal = 'HOLD' THEN 0 ELSE 0.13 END,
            CASE WHEN failed THEN NULL WHEN signal = 'HOLD' THEN 0 ELSE 0.003 END,
            CASE WHEN failed THEN NULL ELSE 'LOW' END, now.side IS NOT NULL,
            CASE WHEN failed THEN '[]' ELSE format('[[0,%s,1,[],{"macro":4.123456789,"onchain":2.234567891,"ta":-1.345678912}],%s,[5,"dxy",104.2,104,1]]',
              conviction * 2 - 100, CASE signal WHEN 'HOLD' THEN '[1,[],50,55]' WHEN 'BUY' THEN '[2,[],55,0.13,0.003]'
                ELSE '[4,[],55,0.13,0.003]' END)::json END,
            CASE WHEN failed THEN NULL ELSE greatest(0, 55 - conviction) END,
            CASE WHEN failed THEN NULL ELSE greatest(0, conviction - 50) END, 1,
            format('[%s,0,"%s","%s","%s",null]', t.n % 4, trim_scale(coalesce(past.cash_after, o.deposit)),
              CASE past.side WHEN 'BUY' THEN trim_scale(past.quantity) ELSE 0 END,
              trim_scale(coalesce(past.cash_after, o.deposit)
                + CASE past.side WHEN 'BUY' THEN past.quantity * t.price ELSE 0 END))::json,
            80, CASE WHEN failed THEN '{"code": "invalid_params", "message": "Made by the bench."}'::jsonb END, t.at
          FROM tick t
          JOIN owned o ON o.definition_id = t.definition_id
          LEFT JOIN fill now ON now.i = o.i AND now.j = (t.n + o.shift) / $1::integer AND (t.n + o.shift) % $1 = 0
          LEFT JOIN fill past ON past.i = o.i AND past.j = least(o.trades, (t.n + o.shift - 1) / $1)
          CROSS JOIN LATERAL (SELECT now.side IS NULL AND (o.i + t.n) % 53 = 0 AS failed) f
          CROSS JOIN LATERAL (
            SELECT CASE WHEN NOT failed THEN coalesce(now.side, 'HOLD') END AS signal,
              CASE WHEN NOT failed THEN CASE now.side WHEN 'BUY' THEN 57 WHEN 'SELL' THEN 43 ELSE 51 END
                + (o.i * 31 + t.n * 17) % 100 / 50.0 END AS conviction) c
          ORDER BY t.at, t.definition_id, o.id`,
    values: (sizes) => [stepOf(sizes)],
  },
  {
    what: 'counters of runs',
    sql: `UPDATE strategy_runs r SET counters = jsonb_build_object('instances', e.instances, 'executed', e.executed,
            'held', e.instances - e.executed - e.failed, 'failed', e.failed)
          FROM (SELECT run_id, count(*) AS instances, count(*) FILTER (WHERE should_execute) AS executed,
                  count(*) FILTER (WHERE status = 'failed') AS failed
                FROM strategy_executions GROUP BY run_id) e
          WHERE e.run_id = r.id`,
  },
  {
    what: 'first snapshots',
    sql: `INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value)
          SELECT id, created_at, deposit, deposit, 0 FROM owned ORDER BY created_at`,
  },
  {
    what: 'snapshots',
    sql: `INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value, price)
          SELECT o.id, t.at, cash + held * t.price, cash, held * t.price, t.price
          FROM tick t
          JOIN owned o ON o.definition_id = t.definition_id
          LEFT JOIN fill past ON past.i = o.i AND past.j = least(o.trades, (t.n + o.shift) / $1::integer)
          CROSS JOIN LATERAL (
            SELECT coalesce(past.cash_after, o.deposit) AS cash,
              CASE past.side WHEN 'BUY' THEN past.quantity ELSE 0 END AS held) b
          ORDER BY t.at, o.id`,
    values: (sizes) => [stepOf(sizes)],
  },
];
