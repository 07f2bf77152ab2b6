import type { Reason } from './decision.js';

/**
 * Every reason code of a decision or of planning its order, with its meaning and its numbers. The codes are part of the
 * interface: they are stored, shown and translated.
 */
export const REASON_CODES = {
  agent_unavailable: 'A business agent of the definition has no output in this run: no decision is taken. {agent}',
  input_absent: 'A market value was missing: every rule that reads it was left out. {input}',
  score_clamped: "An agent's score lay outside -100..100 and was cut. {agent, given, used}",
  risk_factor: 'A market value beyond a limit multiplied the weighted score by factor. {input, value, limit, factor}',
  conviction:
    'How the conviction came about: clamp((weighted_score * risk_factor + 100) / 2, 0, 100). {weighted_score, risk_factor, conviction, contributions}',
  circuit_breaker:
    'The market is too extreme to enter: blocked is the signal that was turned into HOLD, null when there was none. {input, value, limit, blocked}',
  buy_signal:
    'Conviction reached the buy threshold; size is a fraction of total value. {conviction, threshold, strength, size}',
  hold_band: 'Conviction lies between the first sell and the buy threshold. {conviction, from, below}',
  partial_sell_signal:
    'Conviction is below the partial sell threshold; size is a fraction of the holding. {conviction, threshold, strength, size}',
  full_sell_signal:
    'Conviction is below the full sell threshold: the whole holding goes. {conviction, threshold, strength, size}',
  consecutive_acceleration: 'Enough bullish decisions in a row enlarged the buy. {count, threshold, multiplier}',
  volatility_reduction: 'A large change over 24 hours reduced the buy. {value, limit, factor}',
  fear_greed_reduction: 'Fear in the market reduced the buy. {value, limit, factor}',
  size_limited:
    'The size of the buy was raised to the minimum or cut to max_position_size. {wanted, used, minimum, maximum}',
  position_ratio_above_limit: 'The holding is already too large a part of total value to buy more. {ratio, limit}',
  position_ratio_below_limit: 'The holding is too small a part of total value to sell. {ratio, limit}',
  risk_point: 'A value beyond a limit added to the risk level. {input, value, limit, points}',
  agent_output_incomplete:
    'An agent said something else than this decision needs: no decision is taken. {agent, output}',
  signal_neutral: 'The momentum has no direction. {signal}',
  strength_below_minimum: 'The momentum is too weak. {strength, minimum}',
  confidence_below_minimum: 'Too little is known of the momentum. {confidence, minimum}',
  position_open_same_side: 'A position in this symbol is open on the wanted side. {side}',
  cooldown_active: 'The last trade is too recent. {minutes, cooldown}',
  too_many_positions: 'As many positions are open as are allowed. {open, maximum}',
  regime_extreme: 'The regime is too much against the wanted side. {points, threshold}',
  channel_cannot_short: 'The channel cannot sell short. {side}',
  stop_distance_outside_limits:
    'The stop would be too near to the entry or too far from it, in percent of the entry. {distance, minimum, maximum}',
  stop_beyond_liquidation:
    'At this leverage the position would be liquidated before its stop, or too near to it: the stop must stand at nearest or closer to the entry. {stop_loss, liquidation, nearest, leverage}',
  regime_multiplier: 'The regime scales risk, leverage and target. {points, multiplier}',
  momentum_conviction:
    'How the conviction came about: 50 +/- (strength + confidence) / 2 * 50 +/- (points - 50) / 50 * 10, within 0..100. {strength, confidence, points, conviction}',
  entry_plan:
    'The entry: risk is what is lost at the stop loss, with fees and slippage, in quote currency. {risk, distance, leverage, quantity, stop_loss, take_profit, liquidation}',
  notional_limited: 'The quantity was cut to equity times leverage. {wanted, used, leverage}',
  cash_limited: 'The buy was cut to the cash there is, fee included. {wanted, affordable, cash}',
  leverage_limited: 'The leverage was cut to the highest of the venue. {wanted, used}',
  superseded: 'A later run had already processed the strategy: this one was skipped. {served_at}',
  order_size_limited:
    "The order was cut to the venue's largest market order, in base units; the rest is not ordered. {wanted, used}",
  partially_filled:
    'The market offered less than was ordered: a fill is at most share of what the last closed hour traded. Quantities in base units. {ordered, filled, hour_volume, share}',
  market_impact:
    'The order is so large that it moves the price: it filled at slippage_bps basis points in place of usual_bps. {slippage_bps, usual_bps}',
  volume_unknown: 'What the market trades was not known: the order was filled whole at the usual slippage.',
  below_min_notional: "No order: its value is below the venue's minimum. {notional, minimum, quantity}",
} as const;

export type ReasonCode = keyof typeof REASON_CODES;

export function reason(code: ReasonCode, details: Omit<Reason, 'code'>): Reason {
  return { code, ...details };
}
