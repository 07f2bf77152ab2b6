import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reasons and the state before a decision become JSON text, in which new executions leave out the names that all have.
 * As jsonb every number took 12 bytes more and each row a parse. What is there keeps its
 * names, and is read as it is.
 */
export class ShortenExplanations1764004000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Rewrites every month.
    await db.query(`SET LOCAL statement_timeout = 0`);
    await db.query(`
      ALTER TABLE strategy_executions
        ALTER COLUMN reasons TYPE json USING reasons::text::json,
        ALTER COLUMN state_before TYPE json USING state_before::text::json`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`SET LOCAL statement_timeout = 0`);
    for (let last: Place | undefined = FIRST; last;) last = await lengthenSome(db, last);
    await db.query(`
      ALTER TABLE strategy_executions
        ALTER COLUMN reasons TYPE jsonb USING reasons::text::jsonb,
        ALTER COLUMN state_before TYPE jsonb USING state_before::text::jsonb`);
  }
}

interface Place {
  readonly run_id: string;
  readonly portfolio_id: string;
}

interface Short extends Place {
  readonly conviction_score: number | null;
  readonly reasons: readonly unknown[];
  readonly state_before: unknown;
}

const AT_ONCE = 5000;
const NOBODY = '00000000-0000-0000-0000-000000000000';
const FIRST: Place = { run_id: NOBODY, portfolio_id: NOBODY };

/** Gives the rows after one their names back. @returns the last of them; undefined when there was none. */
async function lengthenSome(db: QueryRunner, after: Place): Promise<Place | undefined> {
  const rows = (await db.query(
    `SELECT run_id, portfolio_id, conviction_score, reasons, state_before FROM strategy_executions
     WHERE (run_id, portfolio_id) > ($1, $2) ORDER BY run_id, portfolio_id LIMIT ${AT_ONCE}`,
    [after.run_id, after.portfolio_id],
  )) as Short[];
  await db.query(
    `UPDATE strategy_executions e SET reasons = l.reasons, state_before = l.state_before
     FROM unnest($1::uuid[], $2::uuid[], $3::json[], $4::json[]) AS l (run_id, portfolio_id, reasons, state_before)
     WHERE e.run_id = l.run_id AND e.portfolio_id = l.portfolio_id`,
    [
      rows.map((row) => row.run_id),
      rows.map((row) => row.portfolio_id),
      rows.map((row) => JSON.stringify(decodeReasons(row.reasons, row.conviction_score))),
      rows.map((row) => JSON.stringify(decodeState(row.state_before))),
    ],
  );
  return rows.at(-1);
}

/* How what is short is read, copied from the program as it was: a migration does not change with it. */

/** Code and details of a reason, by the place that stands for it. */
const SHAPES: readonly (readonly string[])[] = [
  ['conviction', 'weighted_score', 'risk_factor', 'conviction', 'contributions'],
  ['hold_band', 'conviction', 'from', 'below'],
  ['buy_signal', 'conviction', 'threshold', 'strength', 'size'],
  ['partial_sell_signal', 'conviction', 'threshold', 'strength', 'size'],
  ['full_sell_signal', 'conviction', 'threshold', 'strength', 'size'],
  ['risk_point', 'input', 'value', 'limit', 'points'],
  ['risk_factor', 'input', 'value', 'limit', 'factor'],
  ['circuit_breaker', 'input', 'value', 'limit', 'blocked'],
  ['consecutive_acceleration', 'count', 'threshold', 'multiplier'],
  ['volatility_reduction', 'value', 'limit', 'factor'],
  ['fear_greed_reduction', 'value', 'limit', 'factor'],
  ['size_limited', 'wanted', 'used', 'minimum', 'maximum'],
  ['position_ratio_above_limit', 'ratio', 'limit'],
  ['position_ratio_below_limit', 'ratio', 'limit'],
  ['cash_limited', 'wanted', 'affordable', 'cash'],
  ['below_min_notional', 'notional', 'minimum', 'quantity'],
  ['agent_unavailable', 'agent'],
  ['input_absent', 'input'],
  ['score_clamped', 'agent', 'given', 'used'],
  ['superseded', 'served_at'],
  ['momentum_conviction', 'strength', 'confidence', 'points', 'conviction'],
  ['regime_multiplier', 'points', 'multiplier'],
  ['signal_neutral', 'signal'],
  ['strength_below_minimum', 'strength', 'minimum'],
  ['confidence_below_minimum', 'confidence', 'minimum'],
  ['position_open_same_side', 'side'],
  ['cooldown_active', 'minutes', 'cooldown'],
  ['too_many_positions', 'open', 'maximum'],
  ['regime_extreme', 'points', 'threshold'],
  ['entry_plan', 'risk', 'distance', 'leverage', 'quantity', 'stop_loss', 'take_profit'],
];
/** What every state has, in the order in which its values are stored. */
const STATE = [
  'consecutive_bullish_count',
  'consecutive_bearish_count',
  'cash',
  'quantity',
  'total_value',
  'cost_basis',
];

/** @throws RangeError for a reason that only a newer version knows. */
function decodeReasons(stored: readonly unknown[], conviction: number | null): unknown[] {
  return stored.map((reason) => {
    if (!Array.isArray(reason)) return reason;
    const [place, ...values] = reason as [number, ...unknown[]];
    const [code, ...names] = SHAPES[place] ?? [];
    if (code === undefined || names.length !== values.length) {
      throw new RangeError(`No reason has the form ${place} with ${values.length} values: a newer version wrote it.`);
    }
    const details = names.map((name, index) => [name, Array.isArray(values[index]) ? conviction : values[index]]);
    return { code, ...(Object.fromEntries(details) as object) };
  });
}

function decodeState(stored: unknown): unknown {
  if (!Array.isArray(stored)) return stored;
  const given = STATE.map((name, index) => [name, stored[index] as unknown]).filter(([, value]) => value !== null);
  return { ...(Object.fromEntries(given) as object), ...(stored[STATE.length] as object | undefined) };
}
