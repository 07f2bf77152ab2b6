import type { Pool } from 'pg';
import { ALWAYS_BUY } from '../../support/params.js';

const INSTANCES_OF_A_USER = 100;

/** Params under which every second decision is a purchase as long as there is cash; money moves in every run. */
export const TRADING_PARAMS = ALWAYS_BUY;

/**
 * Makes active paper instances of a definition, each with its params, deposit and first snapshot, by one statement a
 * table: what the interface makes one by one, in seconds for 10,000. They are an hour old, or younger than
 * the last run, in which they had no part. @returns their ids.
 */
export async function fillInstances(
  pool: Pool,
  definition: string,
  count: number,
  params: Readonly<Record<string, unknown>> = TRADING_PARAMS,
): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `CREATE TEMP TABLE made ON COMMIT DROP AS
       SELECT uuidv7() AS id, n, d.id AS definition_id, d.default_params || $3::jsonb AS params,
         greatest(
           now() - interval '1 hour',
           (SELECT max(started_at) + interval '1 ms' FROM strategy_runs r WHERE r.definition_id = d.id)
         ) AS at, ((n - 1) / $4::integer) AS owner,
         1 + (n - 1) % $4::integer AS number, (10000 + n % 7 * 2500)::numeric AS deposit
       FROM strategy_definitions d CROSS JOIN generate_series(1, $2::integer) n WHERE d.name = $1`,
      [definition, count, JSON.stringify(params), INSTANCES_OF_A_USER],
    );
    await client.query(
      `CREATE TEMP TABLE owners ON COMMIT DROP AS
       SELECT owner, gen_random_uuid() AS user_id FROM made GROUP BY owner`,
    );
    await client.query(
      `INSERT INTO users (id, email, password_hash, full_name, role)
       SELECT user_id, 'fault-' || user_id || '@conclave.test', '!', 'Fault ' || owner, 'trader' FROM owners`,
    );
    await client.query(
      `INSERT INTO portfolios (id, user_id, strategy_definition_id, instance_number, instance_name, instance_description,
         instance_params, params_version, trading_mode, initial_balance, current_balance, total_value, total_pnl,
         peak_value, is_active, active_since, last_snapshot_at, last_snapshot_value, created_at, updated_at)
       SELECT id, user_id, definition_id, number, 'Fault #' || n, '', params, 1, 'paper', deposit, deposit, deposit, 0,
         deposit, true, at, at, deposit, at, at
       FROM made JOIN owners USING (owner)`,
    );
    await client.query(
      `INSERT INTO portfolio_params_history (portfolio_id, params_version, params, changed_at)
       SELECT id, 1, params, at FROM made`,
    );
    await client.query(
      `INSERT INTO ledger_entries (portfolio_id, asset, amount, kind, occurred_at)
       SELECT id, 'USDT', deposit, 'deposit', at FROM made`,
    );
    await client.query(
      `INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value)
       SELECT id, at, deposit, deposit, 0 FROM made`,
    );
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM made ORDER BY n`);
    await client.query('COMMIT');
    return rows.map(({ id }) => id);
  } finally {
    client.release();
  }
}
