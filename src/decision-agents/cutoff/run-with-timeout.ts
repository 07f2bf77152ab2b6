import { createContext, Script } from 'node:vm';
import { decideWith, type DecisionAnswer } from '../../domain/decision/check-decision.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import type { DecisionContext } from '../../domain/decision/decision.js';
import { DecisionFault } from '../../domain/fault.js';
import { restoreMoney } from '../../domain/money/decimal.js';

/**
 * Runs decision agents and cuts them off after `limitMs`. They are pure, so a cut leaves no partial work; only the
 * state of decimal.js is restored.
 *
 * @returns whether the work finished.
 */
export function runWithTimeout(limitMs: number, work: () => void): boolean {
  const ended = runWithin(limitMs, work);
  if (!ended) restoreMoney();
  return ended;
}

/** Maximum number of tries for work that may have been denied the processor. */
const TRIES = 3;

/**
 * Like {@link runWithTimeout}, with retries: if the process got less than half of the processor in that time, because
 * the machine is overloaded or the process was suspended, the work is tried again. An overloaded machine must not fail
 * a working agent.
 *
 * @param work must tolerate being cut off and restarted.
 */
export function retryAlone(limitMs: number, work: () => void): boolean {
  for (let tries = 1; ; tries += 1) {
    const before = process.cpuUsage();
    if (runWithTimeout(limitMs, work)) return true;
    const { user, system } = process.cpuUsage(before);
    if (tries === TRIES || (user + system) / 1000 >= limitMs / 2) return false;
  }
}

/** Asks the agent about one instance. @throws only on a defect of ours. */
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

/** Measured with a monotonic clock. */
export function microsecondsSince(started: number): number {
  return Math.round((performance.now() - started) * 1000);
}

/** Passes the work to the script: the engine's timeout applies to a script, which can access only its globals. */
const stage: { work: () => void } = { work: () => undefined };
const context = createContext(stage);
const script = new Script('work()', { filename: 'watchdog' });

/**
 * Runs work and cuts it off after `limitMs`, even in a busy loop, in a regular expression that backtracks endlessly, or
 * in `Atomics.wait`. A built-in function, such as sorting a million values, finishes first. Errors of the work are
 * rethrown.
 *
 * Starting the watchdog takes as long as dozens of short calculations (about 60 microseconds), so watch many at once.
 * Work that is cut off runs no `catch` and no `finally`: the caller must repair partial changes.
 *
 * @param work synchronous; asynchronous follow-ups are not watched.
 * @returns whether the work finished.
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
