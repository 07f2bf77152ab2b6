import type { Field } from './fields.js';

/** Groups of params, in the order of the form. */
const GROUPS = {
  weights: ['agent_weights'],
  thresholds: ['buy_threshold', 'partial_sell_threshold', 'full_sell_threshold'],
  size: [
    'max_position_size',
    'base_risk_pct',
    'base_leverage',
    'max_leverage',
    'max_concurrent_positions',
    'consecutive_signal_threshold',
    'acceleration_multiplier_min',
    'acceleration_multiplier_max',
  ],
  entry: ['min_signal_strength', 'min_confidence', 'extreme_regime_threshold', 'cooldown_minutes'],
  stops: ['default_sl_atr_multiplier', 'min_sl_distance_pct', 'max_sl_distance_pct', 'default_tp_rr', 'min_tp_rr'],
  caution: ['fg_circuit_breaker_threshold', 'circuit_breaker_blocks_exits', 'fg_position_adjust_threshold'],
} as const;

export type GroupName = keyof typeof GROUPS | 'other';

/** Groups the fields; fields without a group come last, in the order of the schema. */
export function groupsOf(fields: readonly Field[]): readonly (readonly [GroupName, readonly Field[]])[] {
  const known = Object.entries(GROUPS) as [GroupName, readonly string[]][];
  const grouped = known.map(
    ([group, names]) => [group, names.flatMap((name) => fields.filter(({ path }) => path[0] === name))] as const,
  );
  const named = new Set(known.flatMap(([, names]) => names));
  const other = fields.filter(({ path }) => !named.has(path[0] ?? ''));
  return [...grouped, ['other', other] as const].filter(([, found]) => found.length > 0);
}
