import { describe, expect, it } from '@jest/globals';
import { withAgents } from './agent-params.js';

const params = { agent_weights: { macro: 0.4, onchain: 0.4, ta: 0.2 }, buy_threshold: 55, flags: { a: true } };
const AGENTS = ['macro', 'onchain', 'ta'];

describe('the params of a template whose agents change', () => {
  it('give the new agents equal weights, and keep everything else', () => {
    expect(withAgents(params, AGENTS, ['macro', 'ta'])).toEqual({
      ...params,
      agent_weights: { macro: 0.5, ta: 0.5 },
    });
    expect(withAgents(params, AGENTS, AGENTS)['agent_weights']).toEqual({ macro: 0.33, onchain: 0.33, ta: 0.34 });
  });

  it('add up to 1 for any number of agents', () => {
    for (let count = 1; count <= 9; count++) {
      const names = Array.from({ length: count }, (_, index) => `agent_${index}`);
      const weights = withAgents(params, AGENTS, names)['agent_weights'] as Record<string, number>;
      expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
    }
  });
});
