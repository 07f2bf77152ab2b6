import { describe, expect, it } from '@jest/globals';
import { MultiAgentConvictionDecision } from '../../../src/domain/decision/multi-agent-conviction/multi-agent-conviction-decision.js';
import { DEFAULT_MOMENTUM_PARAMS, momentumParamsSchema } from '../../../src/domain/decision/momentum-regime/params.js';
import { presetsFor } from './presets.js';

const conviction = new MultiAgentConvictionDecision();
const CASES = [
  [conviction.name, conviction.defaultParams, conviction.paramsSchema(conviction.defaultBusinessAgents)],
  ['MomentumRegimeDecision', DEFAULT_MOMENTUM_PARAMS, momentumParamsSchema()],
] as const;

describe('presets', () => {
  it.each(CASES)('of %s are valid params', (name, defaults, schema) => {
    const presets = presetsFor(name, { ...defaults });
    expect(presets.map(([preset]) => preset)).toEqual(['default', 'careful', 'bold']);
    for (const [preset, params] of presets) expect([preset, schema.safeParse(params).success]).toEqual([preset, true]);
  });

  it('of an unknown agent are its defaults', () => {
    expect(presetsFor('Another', { a: 1 })).toEqual([['default', { a: 1 }]]);
  });
});
