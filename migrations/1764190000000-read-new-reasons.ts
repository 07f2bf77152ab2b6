import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Code and details of a reason by its place, as 0.1.0 stored them. */
const FIRST_SHAPES = [
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

/** What was added since; a shape that is added later needs such a migration again. */
const ADDED_SHAPES = [
  ['entry_plan', 'risk', 'distance', 'leverage', 'quantity', 'stop_loss', 'take_profit', 'liquidation'],
  ['stop_beyond_liquidation', 'stop_loss', 'liquidation', 'nearest', 'leverage'],
  ['order_size_limited', 'wanted', 'used'],
  ['partially_filled', 'ordered', 'filled', 'hour_volume', 'share'],
  ['market_impact', 'slippage_bps', 'usual_bps'],
];

/** What every state before a decision has, in the order of its values. */
const STATE = `ARRAY['consecutive_bullish_count', 'consecutive_bearish_count', 'cash', 'quantity', 'total_value', 'cost_basis']`;

/** A reason is `[place, ...values]`; an empty array stands for the conviction of the decision. */
const reasons = (shapes: readonly (readonly string[])[]): string => `
  (SELECT coalesce(json_agg(coalesce(named.reason, stored.reason) ORDER BY stored.place), '[]'::json)
   FROM json_array_elements(e.reasons) WITH ORDINALITY AS stored (reason, place)
   CROSS JOIN LATERAL (SELECT '${JSON.stringify(shapes)}'::json -> (stored.reason ->> 0)::integer AS names) shape
   LEFT JOIN LATERAL (
     SELECT json_object_agg(
       CASE part WHEN 0 THEN 'code' ELSE shape.names ->> part END,
       CASE WHEN part = 0 THEN shape.names -> 0
         WHEN json_typeof(stored.reason -> part) = 'array' THEN to_json(e.conviction_score)
         ELSE stored.reason -> part END
       ORDER BY part) AS reason
     FROM generate_series(0, json_array_length(shape.names) - 1) AS part
     WHERE CASE json_typeof(stored.reason)
       WHEN 'array' THEN json_array_length(shape.names) = json_array_length(stored.reason) END) named ON true)`;

/** Values of what every state has, null for one that is absent, and behind them an object with whatever else there is. */
const STATE_BEFORE = `
  CASE json_typeof(e.state_before) WHEN 'array' THEN
    (SELECT json_object_agg(field.name, field.value ORDER BY field.place) FROM (
       SELECT name, e.state_before -> (place - 1)::integer AS value, place
       FROM unnest(${STATE}) WITH ORDINALITY AS known (name, place)
       WHERE json_typeof(e.state_before -> (place - 1)::integer) <> 'null'
       UNION ALL
       SELECT name, value, 6 + place FROM json_each(e.state_before -> 6) WITH ORDINALITY AS other (name, value, place)
     ) field)
  ELSE e.state_before END`;

const view = (shapes: readonly (readonly string[])[]): string => `
  CREATE OR REPLACE VIEW strategy_executions_readable AS
  SELECT e.run_id, e.portfolio_id, e.id, e.status, e.conviction_score, e.signal, e.signal_strength, e.position_size,
    e.risk_level, e.should_execute, ${reasons(shapes)} AS reasons, e.distance_to_buy, e.distance_to_sell, e.params_version,
    ${STATE_BEFORE} AS state_before, e.duration_us, e.error, e.executed_at
  FROM strategy_executions e`;

/** The view names the reasons of sizes, fills and liquidation, too. */
export class ReadNewReasons1764190000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(view([...FIRST_SHAPES, ...ADDED_SHAPES]));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(view(FIRST_SHAPES));
  }
}
