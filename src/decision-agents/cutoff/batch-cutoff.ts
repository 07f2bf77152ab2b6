import { setImmediate } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { DecisionAnswer } from '../../domain/decision/check-decision.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import type { DecisionContext } from '../../domain/decision/decision.js';
import { DecisionFault } from '../../domain/fault.js';
import { runWithTimeout, retryAlone, answerOf, microsecondsSince } from './run-with-timeout.js';

/** Limits for cutting off decision agents. */
export interface DecisionLimits {
  /** Time budget of a batch in ms. The instance running when it expires is retried alone. */
  readonly batchMs: number;
  /**
   * Time limit in ms for a decision that is retried alone, with up to two more tries while the machine is busy: an
   * overloaded machine must not fail a working agent.
   */
  readonly aloneMs: number;
  /**
   * Maximum growth of the heap in bytes; beyond it the running decision is not retried, because a retry could exhaust
   * the memory of the process.
   */
  readonly heapBytes: number;
  /** Maximum number of timeouts in a batch; the remaining decisions then fail. */
  readonly timedOut: number;
  /**
   * Processor time limit in ms for a batch that is slow without hanging; the remaining decisions then fail, so that a
   * transaction is not held for minutes.
   */
  readonly totalMs: number;
}

/**
 * A decision takes microseconds: a thousand of them are far below the first limit, and one is a thousand times below
 * the second. At worst a batch takes 12 s of the processor and one more decision, which is less than the database's
 * timeout.
 */
const DECISION_LIMITS: DecisionLimits = {
  batchMs: 100,
  aloneMs: 500,
  heapBytes: 64 * 1024 * 1024,
  timedOut: 20,
  totalMs: 12_000,
};

/** Injection token to override the default {@link DecisionLimits} in tests. */
export const RUN_WATCH_LIMITS = Symbol('RUN_WATCH_LIMITS');

/**
 * Runs decision agents for runs, a whole chunk under one watchdog. An agent that hangs fails one instance, and the
 * others are decided. Nothing else runs in this process while an agent decides.
 */
@Injectable()
export class BatchCutoff {
  /** Agents with too many timeouts in their last batch. */
  private readonly distrusted = new WeakSet<DecisionAgent>();

  constructor(@Optional() @Inject(RUN_WATCH_LIMITS) private readonly limits: DecisionLimits = DECISION_LIMITS) {}

  /**
   * The decision running when the batch's time expires is retried alone with more time. If it hangs again, its answer
   * is `decision_agent_timeout`, and the batch continues after it. An agent with too many timeouts is given up for this
   * batch; its next batch starts with a single trial decision. An agent that decides, but too slowly for the whole
   * batch, is given up for this batch too; only processor time counts, so a suspended or overloaded process does not
   * cause that.
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
      // Gives the event loop a turn, for example for lease renewals.
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
