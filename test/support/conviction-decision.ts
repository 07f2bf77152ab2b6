import type { Decision } from '../../src/domain/decision/decision.js';
import { MultiAgentConvictionDecision } from '../../src/domain/decision/multi-agent-conviction/multi-agent-conviction-decision.js';
import {
  DEFAULT_CONVICTION_PARAMS,
  type ConvictionParams,
} from '../../src/domain/decision/multi-agent-conviction/params.js';
import { decisionContext } from './decision-context.js';

const agent = new MultiAgentConvictionDecision();

export type Given = Partial<Omit<Parameters<typeof decisionContext>[0], 'params'>> & {
  params?: Partial<ConvictionParams>;
};

/** With one agent of weight 1 and a calm market, a score s gives the conviction (s + 100) / 2. */
export function decide({ params, scores = { solo: 20 }, ...given }: Given = {}): Decision {
  const weights = Object.fromEntries(Object.keys(scores).map((name) => [name, 1 / Object.keys(scores).length]));
  const complete = { ...DEFAULT_CONVICTION_PARAMS, agent_weights: weights, ...params };
  return agent.decide(decisionContext({ scores, params: complete, ...given }));
}

export const atConviction = (conviction: number, given: Given = {}) =>
  decide({ ...given, scores: { solo: 2 * conviction - 100 } });
export const codes = (decision: Decision) => decision.reasons.map(({ code }) => code);
export const reasonOf = (decision: Decision, code: string) => decision.reasons.find((reason) => reason.code === code);
