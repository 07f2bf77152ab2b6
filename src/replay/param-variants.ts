/** Shifts of the three thresholds, in conviction points, in the order the instances get them. */
const THRESHOLD_SHIFTS = [0, 1, -1, 2, -2];
/** Weight that moves from the first business agent to the last. */
const WEIGHT_TILTS = [0, 0.05, -0.05, 0.1, -0.1];
/** Factors of the largest position. */
const SIZE_FACTORS = [1, 2, 3];

/** Shifts of the smallest strength of a momentum that is followed. */
const STRENGTH_SHIFTS = [0, -0.1, 0.1, -0.2, 0.2];
/** Factors of the distance of a stop. */
const STOP_FACTORS = [1, 0.75, 1.25, 0.5, 1.5];
/** Factors of the risk of a trade. */
const RISK_FACTORS = [1, 0.5, 1.5];

const THRESHOLDS = ['buy_threshold', 'partial_sell_threshold', 'full_sell_threshold'] as const;

/**
 * Params of instance `index` (from 0) of a replay, so that instances decide differently: 5 shifts of the
 * thresholds, then 5 tilts of the agent weights, then 3 position sizes; for a decision by momentum 5 shifts of the
 * smallest strength, 5 distances of the stop, 3 risks. The 76th is like the first. Instance 0 has the defaults. Params that the decision agent does not have are left out, so another agent's
 * instances vary in what it has.
 * @returns what to give beside the defaults.
 */
export function paramVariant(defaults: Readonly<Record<string, unknown>>, index: number): Record<string, unknown> {
  const variant: Record<string, unknown> = {};
  const shift = THRESHOLD_SHIFTS[index % 5]!;
  const tilt = WEIGHT_TILTS[Math.floor(index / 5) % 5]!;
  const factor = SIZE_FACTORS[Math.floor(index / 25) % 3]!;
  for (const name of THRESHOLDS) {
    const threshold = defaults[name];
    if (typeof threshold === 'number' && shift !== 0) variant[name] = threshold + shift;
  }
  const weights = Object.entries((defaults['agent_weights'] ?? {}) as Record<string, number>);
  if (weights.length > 1 && tilt !== 0) {
    const last = weights.length - 1;
    const tilted = weights.map(([name, weight], at) => {
      const change = at === 0 ? -tilt : at === last ? tilt : 0;
      return [name, Math.round((weight + change) * 1e6) / 1e6];
    });
    variant['agent_weights'] = Object.fromEntries(tilted);
  }
  const size = defaults['max_position_size'];
  if (typeof size === 'number' && factor !== 1) variant['max_position_size'] = Math.min(size * factor, 1);
  Object.assign(variant, momentumVariant(defaults, index));
  return variant;
}

function momentumVariant(defaults: Readonly<Record<string, unknown>>, index: number): Record<string, unknown> {
  const variant: Record<string, unknown> = {};
  const change = (name: string, by: (value: number) => number): void => {
    const value = defaults[name];
    if (typeof value !== 'number') return;
    const changed = Math.round(by(value) * 1e6) / 1e6;
    if (changed !== value) variant[name] = changed;
  };
  change('min_signal_strength', (value) => Math.min(Math.max(value + STRENGTH_SHIFTS[index % 5]!, 0), 1));
  change('default_sl_atr_multiplier', (value) => value * STOP_FACTORS[Math.floor(index / 5) % 5]!);
  change('base_risk_pct', (value) => value * RISK_FACTORS[Math.floor(index / 25) % 3]!);
  return variant;
}
