import { DecisionFault } from '../fault.js';
import { checkDecision } from './check-decision.js';
import type { DecisionAgent } from './decision-agent.js';
import type { Decision, DecisionContext } from './decision.js';

/**
 * Asks a decision agent and checks its answer, for contexts whose params are validated already. Run, what-if, replay
 * and the check of a stored decision all come here. Pure: the same context gives the same decision.
 *
 * @throws DecisionFault `decision_agent_failed` or `decision_invalid`.
 */
export function decideWith(agent: DecisionAgent, context: DecisionContext<unknown>): Decision {
  let answer: unknown;
  try {
    answer = agent.decide(context);
  } catch (cause) {
    throw new DecisionFault('decision_agent_failed', `${agent.name} failed; the log has the cause.`, { cause });
  }
  // A promise is no decision; where it fails later, nobody else would hear of it, and the process would end.
  if (answer instanceof Promise) answer.catch(() => undefined);
  return checkDecision(answer);
}

/** What came of asking a decision agent about one instance. */
export type DecisionAnswer = (
  { readonly decision: Decision; readonly fault: null } | { readonly decision: null; readonly fault: DecisionFault }
) & {
  /** Microseconds that the agent took. */
  readonly durationUs: number;
};

/**
 * Asks a decision agent about many instances, and cuts it off where it hangs: rules cannot do that by themselves.
 *
 * @returns one answer per context, in their order.
 */
export type AskDecisionAgent = (
  agent: DecisionAgent,
  contexts: readonly DecisionContext<unknown>[],
) => Promise<readonly DecisionAnswer[]>;
