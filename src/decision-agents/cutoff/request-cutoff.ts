import { Injectable } from '@nestjs/common';
import type { DecisionAnswer } from '../../domain/decision/check-decision.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import type { DecisionContext } from '../../domain/decision/decision.js';
import { Unavailable } from '../../platform/http/problems/app-errors.js';
import { retryAlone, answerOf } from './run-with-timeout.js';

/** Milliseconds for the decisions of one request. All other requests of the process wait meanwhile. */
const LIMIT_MS = 250;
/** Seconds in which an agent that was cut off is not asked again, so that nobody can hold the process up. */
const PAUSE_SECONDS = 10;

/** Asks decision agents for requests, such as a what-if: an agent that hangs is a 503, and nothing is recorded. */
@Injectable()
export class RequestCutoff {
  /** Until when agents are not asked, by the monotonic clock. */
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
