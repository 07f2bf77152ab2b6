import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import { DecisionFault } from '../../domain/decision/decision-fault.js';
import { decideWith, type DecisionAnswer } from '../../domain/decision/decide-with.js';
import type { DecisionContext } from '../../domain/decision/decision.js';

/** Asks the agent about one instance. @throws only on a programming error of ours. */
export function answerOf(agent: DecisionAgent, context: DecisionContext<unknown>): DecisionAnswer {
  const started = performance.now();
  try {
    const decision = decideWith(agent, context);
    return { decision, fault: null, durationUs: microsecondsSince(started) };
  } catch (error) {
    if (!(error instanceof DecisionFault)) throw error;
    return { decision: null, fault: error, durationUs: microsecondsSince(started) };
  }
}

/** By a monotonic clock. */
export function microsecondsSince(started: number): number {
  return Math.round((performance.now() - started) * 1000);
}
