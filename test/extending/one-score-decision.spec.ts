import { describe, expect, it } from '@jest/globals';
import { decisionContext } from '../support/decision-context.js';
import { runDecisionAgentContract } from '../support/decision-agent.contract.js';
import { OneScoreDecision } from './one-score-decision.js';

const agent = new OneScoreDecision();

runDecisionAgentContract(agent);

describe('OneScoreDecision', () => {
  it.each([
    [20, 'BUY'],
    [0, 'HOLD'],
    [-21, 'SELL'],
  ])('answers a macro score of %s with %s', (macro, signal) => {
    expect(agent.decide(decisionContext({ scores: { macro }, params: agent.defaultParams })).signal).toBe(signal);
  });
});
