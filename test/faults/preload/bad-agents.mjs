/**
 * Loaded into a replica with `node --import`: the business agent `ta` misbehaves as BUSINESS_AGENT says, and the decision
 * agent as DECISION_AGENT says for the instances whose params have the marked position size. Whatever is not set works
 * as it is. The program itself is the built one; it starts the processes of business agents, in which they misbehave.
 */
import { loadInAgentProcesses } from './in-agent-processes.mjs';

loadInAgentProcesses(import.meta.url, { BUSINESS_AGENT: process.env.BUSINESS_AGENT });

const { TaAgent } = await import('../../../dist/src/business-agents/ta/ta-agent.js');
const { MultiAgentConvictionDecision } =
  await import('../../../dist/src/domain/decision/multi-agent-conviction/multi-agent-conviction-decision.js');

const MARK = 0.00777;

function loop() {
  for (;;);
}

function fail() {
  throw new Error('bad agent');
}

const { analyse } = TaAgent.prototype;
const withScore = (score) =>
  async function withScore(input) {
    return { ...(await analyse.call(this, input)), score };
  };

const businessAgents = {
  nan: withScore(NaN),
  infinity: withScore(Infinity),
  text: withScore('55'),
  null: async () => null,
  throws: fail,
  never: () => new Promise(() => undefined),
  loops: loop,
};

const { decide } = MultiAgentConvictionDecision.prototype;
const decisionAgents = {
  infinity: (decision) => ({ ...decision, conviction_score: Infinity }),
  text: (decision) => ({ ...decision, position_size: '0.1' }),
  never: () => new Promise(() => undefined),
  nan: (decision) => ({ ...decision, position_size: NaN }),
  null: () => null,
  throws: fail,
  loops: loop,
};

const business = businessAgents[process.env.BUSINESS_AGENT];
if (business) TaAgent.prototype.analyse = business;

const decision = decisionAgents[process.env.DECISION_AGENT];
if (decision) {
  MultiAgentConvictionDecision.prototype.decide = function decideBadly(context) {
    const right = decide.call(this, context);
    return context.params.max_position_size === MARK ? decision(right) : right;
  };
}
