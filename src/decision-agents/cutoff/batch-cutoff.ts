import { setImmediate } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { DecisionAnswer } from '../../domain/decision/decide-with.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import { DecisionFault } from '../../domain/decision/decision-fault.js';
import type { DecisionContext } from '../../domain/decision/decision.js';
import { answerOf, microsecondsSince } from './answer-of.js';
import { DECISION_LIMITS, type DecisionLimits } from './decision-limits.js';
import { runWithTimeout, retryAlone } from './run-with-timeout.js';

/** Injection token of other {@link DecisionLimits} than the program's, for tests. */
export const RUN_WATCH_LIMITS = Symbol('RUN_WATCH_LIMITS');

/**
 * Asks decision agents for runs, a whole chunk under one watchdog: an agent that hangs is one failed instance, and the
 * others are done. While an agent decides, nothing else happens in this process.
 */
@Injectable()
export class BatchCutoff {
  /** Agents that were cut off too often in their last batch. */
  private readonly distrusted = new WeakSet<DecisionAgent>();

  constructor(@Optional() @Inject(RUN_WATCH_LIMITS) private readonly limits: DecisionLimits = DECISION_LIMITS) {}

  /**
   * Whoever is at it when the time of the batch is up is suspected: it is asked once more alone, with more time. Where
   * it hangs again its answer is `decision_agent_timeout`, and the batch goes on behind it. An agent that was timed out too
   * often is given up for this batch; in its next one a single decision shows whether it can be trusted again. So is one
   * that decides, but too slowly for so many: time that a stopped or overloaded process was denied does not count.
   */
  async ask(agent: DecisionAgent, contexts: readonly DecisionContext<unknown>[]): Promise<readonly DecisionAnswer[]> {
    const { batchMs, aloneMs, heapBytes, timedOut: most, totalMs } = this.limits;
    const answers: DecisionAnswer[] = [];
    const decideNext = () => answers.push(answerOf(agent, contexts[answers.length]!));
    const decideRest = () => {
      while (answers.length < contexts.length) decideNext();
    };
    const giveUp = () => {
      while (answers.length < contexts.length) answers.push(notAsked(agent));
    };
    if (contexts.length > 0 && this.distrusted.has(agent)) {
      if (!retryAlone(aloneMs, decideNext)) giveUp();
      else this.distrusted.delete(agent);
    }
    const spentBefore = process.cpuUsage();
    for (let timedOut = 0; ;) {
      const heapBefore = usedHeap();
      let started = performance.now();
      if (runWithTimeout(batchMs, decideRest)) return answers;
      if (timedOut === most || processorMsSince(spentBefore) >= totalMs) {
        if (timedOut === most) this.distrusted.add(agent);
        giveUp();
        return answers;
      }
      const mayTryAgain = usedHeap() - heapBefore <= heapBytes;
      if (mayTryAgain) started = performance.now();
      if (!mayTryAgain || !retryAlone(aloneMs, decideNext)) {
        timedOut += 1;
        answers.push(cutOff(agent, microsecondsSince(started)));
      }
      // The process has other things to do, such as keeping its jobs.
      await setImmediate();
    }
  }
}

function processorMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function usedHeap(): number {
  return getHeapStatistics().used_heap_size;
}

function cutOff(agent: DecisionAgent, durationUs: number): DecisionAnswer {
  const message = `${agent.name} did not decide within ${Math.round(durationUs / 1000)} ms and was cut off.`;
  return { decision: null, fault: new DecisionFault('decision_agent_timeout', message), durationUs };
}

function notAsked(agent: DecisionAgent): DecisionAnswer {
  const message = `${agent.name} was cut off too often, or took too long, and was not asked any more.`;
  return { decision: null, fault: new DecisionFault('decision_agent_timeout', message), durationUs: 0 };
}
