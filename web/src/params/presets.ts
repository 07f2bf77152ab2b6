import type { Params } from './fields.js';

export type PresetName = 'default' | 'careful' | 'bold';

/** Changes of each preset to the template's defaults. An agent that is not listed has the default preset only. */
const CHANGES: Readonly<Record<string, Readonly<Record<Exclude<PresetName, 'default'>, Params>>>> = {
  MultiAgentConvictionDecision: {
    careful: { buy_threshold: 60, partial_sell_threshold: 53, full_sell_threshold: 48, max_position_size: 0.005 },
    bold: { buy_threshold: 52, partial_sell_threshold: 47, full_sell_threshold: 42, max_position_size: 0.02 },
  },
  MomentumRegimeDecision: {
    careful: { base_risk_pct: 1, base_leverage: 2, max_leverage: 3 },
    bold: { base_risk_pct: 3, base_leverage: 5, max_leverage: 8 },
  },
};

/** Complete params of each preset, the template's defaults first. */
export function presetsFor(agentClass: string, defaults: Params): readonly (readonly [PresetName, Params])[] {
  const changes = Object.entries(CHANGES[agentClass] ?? {}) as [PresetName, Params][];
  return [['default', defaults], ...changes.map(([name, change]) => [name, { ...defaults, ...change }] as const)];
}
