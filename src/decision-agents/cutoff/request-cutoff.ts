import { Injectable } from '@nestjs/common';
import type { DecisionAnswer } from '../../domain/decision/check-decision.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import type { DecisionContext } from '../../domain/decision/decision.js';
import { Unavailable } from '../../platform/http/problems/app-errors.js';
import { retryAlone, answerOf } from './run-with-timeout.js';

/** Time limit in ms for the decisions of one request, during which all other requests of the process wait. */
const LIMIT_MS = 250;
/** Pause in seconds for an agent that was cut off, so that repeated requests cannot block the process. */
const PAUSE_SECONDS = 10;

/**
 * Runs decision agents for requests, such as a what-if. An agent that hangs is answered with 503, and nothing is
 * recorded.
 */
@Injectable()
export class RequestCutoff {
  /** When an agent's pause ends, by the monotonic clock. */
  private readonly pauses = new WeakMap<DecisionAgent, number>();

  /** @throws Unavailable 503 `decision_agent_timeout`. */
  async ask(agent: DecisionAgent, contexts: readonly DecisionContext<unknown>[]): Promise<readonly DecisionAnswer[]> {
    const pauseMs = (this.pauses.get(agent) ?? 0) - performance.now();
    if (pauseMs > 0) throw tooSlow(agent, Math.ceil(pauseMs / 1000));
    const answers: DecisionAnswer[] = [];
    const decide = () => {
      answers.length = 0;
      for (const context of contexts) answers.push(answerOf(agent, context));
    };
    if (retryAlone(LIMIT_MS, decide)) return answers;
    this.pauses.set(agent, performance.now() + PAUSE_SECONDS * 1000);
    throw tooSlow(agent, PAUSE_SECONDS);
  }
}

function tooSlow(agent: DecisionAgent, retryAfterSeconds: number): Unavailable {
  const message = `${agent.name} did not decide within ${LIMIT_MS} ms. Try again, or use other inputs.`;
  return new Unavailable('decision_agent_timeout', message, retryAfterSeconds);
}
