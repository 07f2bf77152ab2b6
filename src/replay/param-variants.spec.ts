import { describe, expect, it } from '@jest/globals';
import { DECISION_AGENT_LIST } from '../decision-agents/decision-agent-list.js';
import { DEFAULT_MOMENTUM_PARAMS } from '../domain/decision/momentum-regime/params.js';
import { DEFAULT_CONVICTION_PARAMS } from '../domain/decision/multi-agent-conviction/params.js';
import { mergeParams, type ParamsObject } from '../domain/params/merge-params.js';
import { validateParams } from '../domain/params/validate-params.js';
import { paramVariant } from './param-variants.js';

describe('param variants of a replay', () => {
  it.each(DECISION_AGENT_LIST.map((agent) => [agent.name, agent] as const))(
    'are valid for %s, 75 of them',
    (_, agent) => {
      const defaults = agent.defaultParams as ParamsObject;
      const schema = agent.paramsSchema(agent.defaultBusinessAgents);
      for (let index = 0; index < 75; index++) {
        const merged = mergeParams(defaults, paramVariant(defaults, index));
        expect(merged.violations).toEqual([]);
        expect(validateParams(schema, merged.params).violations).toEqual([]);
      }
    },
  );

  // Of the agents that they were made for; another one's instances vary in what it has of these params.
  it.each([
    ['MultiAgentConvictionDecision', DEFAULT_CONVICTION_PARAMS],
    ['MomentumRegimeDecision', DEFAULT_MOMENTUM_PARAMS],
  ])('are the defaults for the first instance, and 75 different ones for %s', (_, params) => {
    const defaults: ParamsObject = { ...params };
    expect(paramVariant(defaults, 0)).toEqual({});
    const variants = Array.from({ length: 75 }, (_variant, index) => JSON.stringify(paramVariant(defaults, index)));
    expect(new Set(variants).size).toBe(75);
    expect(paramVariant(defaults, 75)).toEqual({});
  });
});
