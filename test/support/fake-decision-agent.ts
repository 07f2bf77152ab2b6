import { z } from 'zod';
import type { DecisionAgent } from '../../src/domain/decision/decision-agent.js';
import type { Decision, DecisionContext } from '../../src/domain/decision/decision.js';

/** A decision agent that takes any params and answers what it is told to, also what is no decision. */
export function decisionAgentThat(decide: (context: DecisionContext<unknown>) => unknown): DecisionAgent {
  return {
    name: 'BrokenDecision',
    module: 'decision-agents/broken',
    version: '1.0.0',
    description: 'Answers what it is told to.',
    defaultBusinessAgents: ['macro', 'onchain', 'ta'],
    defaultParams: {},
    acceptsBusinessAgents: () => [],
    paramsSchema: () => z.unknown(),
    decide: (context) => decide(context) as Decision,
    smallestBuyFraction: () => 0.001,
  };
}
