/**
 * Code and details of a reason, in their order. Its place in this list stands for it in what is stored. Append-only: a
 * reason whose details change gets a new line, and the old one reads what is there. A reason that is not listed is stored
 * with all its names: it need not be added, it only takes more bytes.
 */
export const REASON_SHAPES: readonly (readonly [code: string, ...details: string[]])[] = [
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
