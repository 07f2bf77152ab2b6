import type { DecisionAgent } from '../domain/decision/decision-agent.js';
import { MomentumRegimeDecision } from '../domain/decision/momentum-regime/momentum-regime-decision.js';
import { MultiAgentConvictionDecision } from '../domain/decision/multi-agent-conviction/multi-agent-conviction-decision.js';

/** All decision agents. To add one, write it, add it here, and let its spec run the contract suite. */
export const DECISION_AGENT_LIST: readonly DecisionAgent[] = [
  new MultiAgentConvictionDecision(),
  new MomentumRegimeDecision(),
];
