import { setImmediate } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { DecisionAnswer } from '../../domain/decision/check-decision.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import type { DecisionContext } from '../../domain/decision/decision.js';
import { DecisionFault } from '../../domain/fault.js';
import { runWithTimeout, retryAlone, answerOf, microsecondsSince } from './run-with-timeout.js';

/** When a decision agent is cut off. */
export interface DecisionLimits {
  /** Time budget of a batch in ms. The instance running when it expires is retried alone. */
  readonly batchMs: number;
  /**
   * Milliseconds for a decision that is retried alone, tried once or twice more where the machine was busy with something
   * else: an overloaded machine must not fail a sound agent.
   */
  readonly aloneMs: number;
  /** Bytes by which the heap may grow in a batch; who is at it then gets no second try, which could end the process. */
  readonly heapBytes: number;
  /** How many decisions of a batch may be timed out; what is not decided by then fails. */
  readonly timedOut: number;
  /**
   * Milliseconds of the processor for a whole batch of decisions of which none is timed out, but many are slow; what is
   * not decided by then fails, so that a transaction is not held for minutes.
   */
  readonly totalMs: number;
}

/**
 * A decision takes microseconds: a thousand of them are far from the first limit, and one is a thousand times away from
 * the second. At worst a batch takes 12 s of the
 * processor and one decision more, which is less than the database waits for.
 */
const DECISION_LIMITS: DecisionLimits = {
  batchMs: 100,
  aloneMs: 500,
  heapBytes: 64 * 1024 * 1024,
  timedOut: 20,
  totalMs: 12_000,
};

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
   * The request under way when the batch's time is up is the suspect: it is asked once more alone, with more time. Where
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
