import type { Reason } from '../../domain/decision/decision.js';

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
  ['entry_plan', 'risk', 'distance', 'leverage', 'quantity', 'stop_loss', 'take_profit', 'liquidation'],
  ['stop_beyond_liquidation', 'stop_loss', 'liquidation', 'nearest', 'leverage'],
  ['order_size_limited', 'wanted', 'used'],
  ['partially_filled', 'ordered', 'filled', 'hour_volume', 'share'],
  ['market_impact', 'slippage_bps', 'usual_bps'],
];

/** A reason as `[place in REASON_SHAPES, ...values]`, or as it is. */
export type StoredReason = readonly unknown[] | Reason;

/** Stands for the decision's own conviction. No detail of a reason is an array, so it can be nothing else. */
const SAME_CONVICTION: readonly never[] = [];

/** A code's newest shape is the one that is written. */
const PLACES = new Map(REASON_SHAPES.map(([code], place) => [code, place]));

/**
 * Reasons in the form in which an execution stores them: without the names that all reasons of a code have, and without
 * repeating the conviction. As JSON a quarter to a half of the bytes, in less time. {@link decodeReasons} brings them back.
 *
 * @param conviction the decision's, as it is stored beside the reasons.
 */
export function encodeReasons(reasons: readonly Reason[], conviction: number | null): StoredReason[] {
  return reasons.map((reason) => {
    const place = PLACES.get(reason.code);
    return place === undefined ? reason : (shortReason(reason, place, conviction) ?? reason);
  });
}

/**
 * The reasons of which {@link encodeReasons} made these, and reasons that were stored in full.
 * @param conviction the same as then.
 * @throws RangeError for a place that is not in the list: a newer version of the program wrote it.
 */
export function decodeReasons(stored: readonly StoredReason[], conviction: number | null): Reason[] {
  return stored.map((reason) => (isShort(reason) ? longReason(reason, conviction) : reason));
}

/** @returns null for a reason that has other details than its shape, or in another order. */
function shortReason(reason: Reason, place: number, conviction: number | null): unknown[] | null {
  const shape = REASON_SHAPES[place]!;
  const short: unknown[] = [place];
  let at = 0;
  for (const name in reason) {
    if (at > 0) {
      if (name !== shape[at]) return null;
      const value = reason[name];
      if (value === undefined) return null;
      short.push(name === 'conviction' && value === conviction ? SAME_CONVICTION : value);
    } else if (name !== 'code') return null;
    at += 1;
  }
  return at === shape.length ? short : null;
}

function longReason([place, ...values]: readonly unknown[], conviction: number | null): Reason {
  const shape = REASON_SHAPES[place as number];
  if (shape?.length !== values.length + 1) {
    throw new RangeError(
      `No reason has the form ${String(place)} with ${values.length} values: a newer version wrote it.`,
    );
  }
  const [code, ...names] = shape;
  const details = names.map((name, index) => [name, Array.isArray(values[index]) ? conviction : values[index]]);
  return { code, ...(Object.fromEntries(details) as Omit<Reason, 'code'>) };
}

function isShort(reason: StoredReason): reason is readonly unknown[] {
  return Array.isArray(reason);
}

/** What every state before a decision has, in the order in which its values are stored. */
const FIELDS = [
  'consecutive_bullish_count',
  'consecutive_bearish_count',
  'cash',
  'quantity',
  'total_value',
  'cost_basis',
] as const;
const FIELD_NAMES: ReadonlySet<string> = new Set(FIELDS);

type State = Readonly<Record<string, unknown>>;

/** A state as {@link encodeState} makes it, or as it is. */
export type StoredState = readonly unknown[] | State;

/**
 * The state before a decision in the form in which an execution stores it: the values of the fields that all have, null
 * for one that is absent, and behind them an object with whatever else there is. {@link decodeState} brings it back.
 */
export function encodeState(state: object): unknown[] {
  const fields = state as State;
  const short: unknown[] = [
    fields['consecutive_bullish_count'],
    fields['consecutive_bearish_count'],
    fields['cash'],
    fields['quantity'],
    fields['total_value'],
    fields['cost_basis'],
  ];
  let others: Record<string, unknown> | null = null;
  for (const name in fields) {
    if (FIELD_NAMES.has(name) || fields[name] === undefined) continue;
    others ??= {};
    others[name] = fields[name];
  }
  if (others) short.push(others);
  return short;
}

/** The state of which {@link encodeState} made this, and one that was stored in full. */
export function decodeState(stored: StoredState): State {
  if (!Array.isArray(stored)) return stored as State;
  const given = FIELDS.map((name, index) => [name, stored[index]] as const).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(given), ...(stored[FIELDS.length] as State | undefined) };
}
