import type { FillStatement } from './fill-statement.js';

/**
 * What everything else is computed from. Ids are UUIDs of version 7 at a given time, made of a key, so that any
 * statement can name the row of any other. Prices are a wave with a trend: trades both win and lose.
 */
const FOUNDATION: readonly FillStatement[] = [
  {
    what: 'helpers',
    sql: `CREATE FUNCTION pg_temp.id_at(at timestamptz, key text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
            SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(key), 1, 3)
              || '8' || substr(md5(key), 4, 15))::uuid $$`,
  },
  {
    what: 'traders',
    sql: `INSERT INTO users (email, password_hash, full_name, role)
          SELECT 'bench-' || n || '@conclave.local', $2, 'Bench Trader ' || n, 'trader' FROM generate_series(1, $1::integer) n`,
    values: ({ users, passwordHash }) => [users, passwordHash],
  },
  {
    what: 'ticks',
    sql: `CREATE TEMP TABLE tick AS
          SELECT d.id AS definition_id, d.trade_symbol AS symbol, n, at, pg_temp.id_at(at, 'run ' || d.id) AS run_id,
            round((CASE d.trade_symbol WHEN 'BTC' THEN 60000 ELSE 3000 END * (1 + 0.1 * sin(n / 7.0) + n * 0.0002))::numeric, 2) AS price
          FROM strategy_definitions d
          CROSS JOIN generate_series(1, $1::integer) n
          CROSS JOIN LATERAL (
            SELECT date_trunc('hour', now()) - ($1 - n) * d.rebalance_period_minutes * interval '1 minute' AS at) t`,
    values: ({ runs }) => [runs],
  },
  {
    what: 'owners',
    // Older than the first tick, spread over two months; four of five instances are of the first definition.
    sql: `CREATE TEMP TABLE owned AS
          SELECT i, u.id AS user_id, u.full_name, d.id AS definition_id, d.display_name, d.trade_symbol AS symbol,
            d.trade_channel AS channel, d.default_params, t.created_at, pg_temp.id_at(t.created_at, 'instance ' || i) AS id,
            row_number() OVER (PARTITION BY u.id, d.id ORDER BY i)::integer AS number,
            (10000 + 2500 * (i % 7))::numeric AS deposit, i % $4::integer AS shift,
            greatest(0, $3::integer + CASE WHEN $3 = 0 THEN 0 WHEN i % 4 = 0 THEN 1 WHEN i % 4 = 2 THEN -1 ELSE 0 END) AS trades
          FROM generate_series(1, $2::integer) i
          JOIN (SELECT id, full_name, row_number() OVER (ORDER BY length(email), email) AS n FROM users
                WHERE email LIKE 'bench-%') u ON u.n = 1 + i % $1::integer
          JOIN (SELECT *, row_number() OVER (ORDER BY id) AS n FROM strategy_definitions) d
            ON d.n = CASE WHEN (i + i / $1) % 5 = 0 THEN 2 ELSE 1 END
          CROSS JOIN LATERAL (
            SELECT min(at) - interval '1 hour' - interval '60 days' * ($2 - i) / $2 AS created_at FROM tick) t`,
    values: (sizes) => [sizes.users, sizes.instances, sizes.tradesEach, stepOf(sizes)],
  },
  {
    what: 'fills',
    // Trade j happens at tick j * step - shift: bought, sold, bought, ... each sale closes the whole position.
    sql: `CREATE TEMP TABLE fill AS
          SELECT f.*, deposit + sum(cash_change) OVER w - cash_change AS cash_before,
            deposit + sum(cash_change) OVER w AS cash_after,
            CASE side WHEN 'SELL' THEN cash_change + lag(cash_change) OVER w END AS realized
          FROM (
            SELECT o.i, o.id AS portfolio_id, o.symbol, o.channel, o.deposit, j, t.at, side, quantity, p.price, notional,
              fee, CASE side WHEN 'BUY' THEN -notional - fee ELSE notional - fee END AS cash_change,
              pg_temp.id_at(t.at, 'execution ' || o.i) AS execution_id, pg_temp.id_at(t.at, 'order ' || o.i) AS order_id,
              pg_temp.id_at(t.at, 'trade ' || o.i) AS trade_id
            FROM owned o
            CROSS JOIN LATERAL generate_series(1, o.trades) j
            JOIN tick t ON t.definition_id = o.definition_id AND t.n = j * $1::integer - o.shift
            CROSS JOIN LATERAL (
              SELECT CASE j % 2 WHEN 1 THEN 'BUY' ELSE 'SELL' END AS side,
                (0.0030 + (o.i * 7 + (j + 1) / 2 * 13) % 30 * 0.0001) * CASE o.symbol WHEN 'BTC' THEN 1 ELSE 20 END AS quantity) q
            CROSS JOIN LATERAL (
              SELECT round(t.price * CASE side WHEN 'BUY' THEN 1.0005 ELSE 0.9995 END, 2) AS price) p
            CROSS JOIN LATERAL (SELECT quantity * p.price AS notional, quantity * p.price * 0.001 AS fee) m
          ) f
          WINDOW w AS (PARTITION BY i ORDER BY j)`,
    values: (sizes) => [stepOf(sizes)],
  },
  { what: 'index of fills', sql: `CREATE UNIQUE INDEX ON fill (i, j)` },
  { what: 'statistics', sql: `ANALYZE tick, owned, fill` },
  {
    what: 'months',
    sql: `SELECT ensure_month_partitions(month) FROM (
            SELECT generate_series(min(created_at), now(), interval '1 month') AS month FROM owned) months`,
  },
];

/** Ticks between two trades of an instance. */
export function stepOf(sizes: { readonly runs: number; readonly tradesEach: number }): number {
  return Math.max(1, Math.floor(sizes.runs / (sizes.tradesEach + 1)));
}

const INSTANCES: readonly FillStatement[] = [
  {
    what: 'instances',
    // One of twenty is archived, one of ten stopped; one of fifty has a name of its own.
    sql: `INSERT INTO portfolios (id, user_id, strategy_definition_id, instance_number, instance_name, instance_description,
            instance_params, trading_mode, initial_balance, current_balance, total_value, total_pnl, peak_value, total_trades,
            winning_trades, losing_trades, win_rate, max_drawdown, is_active, active_since, archived_at,
            consecutive_bullish_count, last_conviction_score, last_signal, last_execution_time, last_snapshot_at,
            created_at, updated_at)
          SELECT o.id, o.user_id, o.definition_id, o.number,
            CASE o.i % 50 WHEN 7 THEN 'Weekend dip buyer ' || o.i
              ELSE o.display_name || ' - ' || o.full_name || ' - #' || o.number END,
            'Made by the bench.', o.default_params || jsonb_build_object('buy_threshold', 55 + o.i % 5), 'paper',
            o.deposit, o.deposit + b.earned, v.total_value, v.total_value - o.deposit, greatest(o.deposit, v.total_value),
            o.trades, b.wins, b.losses, b.wins::float8 / nullif(b.wins + b.losses, 0),
            1 - v.total_value / greatest(o.deposit, v.total_value), state = 'active',
            CASE state WHEN 'active' THEN o.created_at END, CASE state WHEN 'archived' THEN t.at END, o.i % 4,
            45 + o.i % 13, 'HOLD', t.at, t.at, o.created_at, t.at
          FROM owned o
          JOIN tick t ON t.definition_id = o.definition_id AND t.n = $1::integer
          CROSS JOIN LATERAL (
            SELECT coalesce(sum(cash_change), 0) AS earned, count(*) FILTER (WHERE realized > 0) AS wins,
              count(*) FILTER (WHERE realized <= 0) AS losses
            FROM fill f WHERE f.i = o.i) b
          LEFT JOIN fill held ON held.i = o.i AND held.j = o.trades AND held.side = 'BUY'
          CROSS JOIN LATERAL (
            SELECT o.deposit + b.earned + coalesce(held.quantity, 0) * t.price AS total_value,
              CASE WHEN o.i % 20 = 0 THEN 'archived' WHEN o.i % 10 = 5 THEN 'stopped' ELSE 'active' END AS state) v
          ORDER BY o.i`,
    values: ({ runs }) => [runs],
  },
  {
    what: 'params',
    sql: `INSERT INTO portfolio_params_history (portfolio_id, params_version, params, changed_by, changed_at)
          SELECT id, params_version, instance_params, user_id, created_at FROM portfolios ORDER BY created_at`,
  },
];

/** Users, and their instances with the balances that the trades of the fill lead to. */
export const INSTANCE_STATEMENTS = [...FOUNDATION, ...INSTANCES];
