import type { AnalysisInput } from '../business-agent.js';

/** Injection token of the {@link AgentRunner}. */
export const AGENT_RUNNER = Symbol('AGENT_RUNNER');

/** How a business agent is asked, wherever it works. */
export interface AgentRunner {
  /**
   * What the agent answers; nothing of it has been checked.
   *
   * @throws TimedOut when it does not answer in time.
   * @throws AgentCrashed when it brought its process to an end.
   * @throws MarketDataDefect when a source delivered what cannot be.
   * @throws AgentNotAsked when it was never asked: not its fault, to be tried again.
   * @throws whatever the agent throws.
   */
  ask(agent: string, input: AnalysisInput): Promise<unknown>;
}

/** The agent's process ended in the middle of an analysis: it took too much memory, left, or broke. */
export class AgentCrashed extends Error {
  override readonly name = 'AgentCrashed';

  /** @param how its exit code or signal. */
  constructor(how: string) {
    super(`The agent's process ended (${how}) before it answered; agents that take too much memory end so.`);
  }
}

/** What the agent threw in its process; the message is the stack, for the log alone. */
export class AgentThrew extends Error {
  override readonly name = 'AgentThrew';
}

/** The agent was never asked, so nothing can be said about it: no process could be started, or all are being stopped. */
export class AgentNotAsked extends Error {
  override readonly name = 'AgentNotAsked';
}

/** The work was not done in time; its result is not waited for. */
export class TimedOut extends Error {
  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds / 1000} s.`);
    this.name = 'TimedOut';
  }
}

/** In so many steps a time is counted. */
const STEPS = 30;

/**
 * The result of `work`, or a rejection with {@link TimedOut}. Leaves no timer behind. The time is counted in steps, so that a
 * process that was stopped or had no time for its timers condemns nobody: however long it was away, that is one step.
 */
export async function withTimeout<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    let steps = 0;
    timer = setInterval(() => {
      steps += 1;
      if (steps === STEPS) reject(new TimedOut(milliseconds));
    }, milliseconds / STEPS);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearInterval(timer);
  }
}
