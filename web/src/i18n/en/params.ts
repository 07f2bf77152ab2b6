import { fromCode } from './from-code.js';

/** Params of the decision agents: what is better said than their schema does. */
export const params = {
  ...fromCode.param,
  agent_weights: 'Weight',
  buy_threshold: 'Buy from conviction',
  partial_sell_threshold: 'Sell part below conviction',
  full_sell_threshold: 'Sell all below conviction',
  fg_circuit_breaker_threshold: 'No buying below fear and greed',
  fg_position_adjust_threshold: 'Smaller buys below fear and greed',
  circuit_breaker_blocks_exits: 'Circuit breaker also blocks sells',
  consecutive_signal_threshold: 'Larger buys after bullish decisions',
  acceleration_multiplier_min: 'Smallest factor of larger buys',
  acceleration_multiplier_max: 'Largest factor of larger buys',
  max_position_size: 'Largest single buy',
  base_risk_pct: 'Risk per trade, %',
  base_leverage: 'Leverage',
  max_leverage: 'Highest leverage',
  min_signal_strength: 'Least strength of the momentum',
  min_confidence: 'Least confidence',
  extreme_regime_threshold: 'Hold below regime points',
  default_sl_atr_multiplier: 'Distance of the stop, in ranges',
  default_tp_rr: 'Target, in distances of the stop',
  min_tp_rr: 'Smallest target, in distances of the stop',
  min_sl_distance_pct: 'Nearest stop, %',
  max_sl_distance_pct: 'Farthest stop, %',
  max_concurrent_positions: 'Most open positions',
  cooldown_minutes: 'Minutes between entries',
};

export const paramHelp = {
  ...fromCode.paramHelp,
  agent_weights: 'How much this agent counts; all together are 1.',
  max_position_size: 'As a fraction of total value: 0.01 is 1 %.',
  max_leverage: 'Never more, however good the regime is.',
  max_concurrent_positions: 'No entry while so many are open.',
};
