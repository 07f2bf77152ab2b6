import { createContext, Script } from 'node:vm';
import { decideWith, type DecisionAnswer } from '../../domain/decision/check-decision.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import type { DecisionContext } from '../../domain/decision/decision.js';
import { DecisionFault } from '../../domain/fault.js';
import { restoreMoney } from '../../domain/money/decimal.js';

/**
 * Lets decision agents work and cuts them off after `limitMs`. They are pure, so that nothing of theirs is left half
 * done; what they calculate with is put right.
 *
 * @returns whether the work came to its end.
 */
export function runWithTimeout(limitMs: number, work: () => void): boolean {
  const ended = runWithin(limitMs, work);
  if (!ended) restoreMoney();
  return ended;
}

/** How often work is tried that may have been denied the processor. */
const TRIES = 3;

/**
 * Like {@link runWithTimeout}, for a verdict: where the process got less than half of the processor in that time, on an
 * overloaded machine or after it was stopped, the work is tried again, so that an overloaded machine fails no sound agent.
 *
 * @param work may be cut off and started again.
 */
export function retryAlone(limitMs: number, work: () => void): boolean {
  for (let tries = 1; ; tries += 1) {
    const before = process.cpuUsage();
    if (runWithTimeout(limitMs, work)) return true;
    const { user, system } = process.cpuUsage(before);
    if (tries === TRIES || (user + system) / 1000 >= limitMs / 2) return false;
  }
}

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

/** Where the script finds its work: a watchdog watches a script, and a script reaches only what its globals hold. */
const stage: { work: () => void } = { work: () => undefined };
const context = createContext(stage);
const script = new Script('work()', { filename: 'watchdog' });

/**
 * Runs work and cuts it off when it takes longer than `limitMs`: also in a busy loop, in a regular expression that
 * does not end, in `Atomics.wait`. A function of the engine, such as sorting a million values, ends first. What the work
 * throws is thrown.
 *
 * Starting a watchdog takes as long as dozens of short calculations (about 60 microseconds): watch many at once. Work
 * that is cut off runs no `catch` and no `finally`: the caller repairs what it may have left half done.
 *
 * @param work synchronous; what it starts for later is not watched.
 * @returns whether the work came to its end.
 */
export function runWithin(limitMs: number, work: () => void): boolean {
  let ended = false;
  stage.work = () => {
    work();
    ended = true;
  };
  try {
    script.runInContext(context, { timeout: limitMs, displayErrors: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
  } finally {
    stage.work = () => undefined;
  }
  return ended;
}
