import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { decisionContext } from '../../../../test/support/decision-context.js';
import type { Decision, DecisionMarket, InstanceState } from '../decision.js';
import { validateParams } from '../../params/validate-params.js';
import { MultiAgentConvictionDecision } from './multi-agent-conviction-decision.js';
import { DEFAULT_CONVICTION_PARAMS, type ConvictionParams } from './params.js';

interface Case {
  readonly input: {
    readonly scores: Record<string, number>;
    readonly market: Partial<Pick<DecisionMarket, 'fear_greed' | 'change_24h_percent' | 'dxy'>>;
    readonly params: Partial<ConvictionParams>;
    readonly position_ratio: number;
    readonly state: InstanceState;
  };
  readonly output: Partial<Decision>;
}

const file = new URL('../../../../test/cases/multi-agent-conviction.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };
const agent = new MultiAgentConvictionDecision();

/** Replaces a number that differs from the expected one by float error only. */
function withoutNoise(answered: unknown, right: unknown): unknown {
  if (typeof answered !== 'number' || typeof right !== 'number') return answered;
  return Math.abs(answered - right) <= 1e-9 ? right : answered;
}

describe('the reference cases of MultiAgentConvictionDecision', () => {
  it('are complete', () => expect(cases).toHaveLength(200));

  it.each(cases.map((one, index) => [index, one] as const))('case %i', (_index, { input, output }) => {
    const params = { ...DEFAULT_CONVICTION_PARAMS, ...input.params };
    const decision = agent.decide(
      decisionContext({
        scores: input.scores,
        params,
        market: { fear_greed: null, change_24h_percent: null, dxy: null, ...input.market },
        positionRatio: input.position_ratio,
        state: input.state,
      }),
    );
    for (const [field, right] of Object.entries(output)) {
      expect({ [field]: withoutNoise(decision[field as keyof Decision], right) }).toEqual({ [field]: right });
    }
    expect(validateParams(agent.paramsSchema(Object.keys(input.scores)), params).violations).toEqual([]);
  });
});
