import type { AnalysisInput } from '../business-agent.js';

/** Injection token of the {@link AgentRunner}. */
export const AGENT_RUNNER = Symbol('AGENT_RUNNER');

/** Calls business agents, in whatever process they run. */
export interface AgentRunner {
  /**
   * The agent's output, not validated.
   *
   * @throws TimedOut when it does not answer in time.
   * @throws AgentCrashed when its process ended during the analysis.
   * @throws MarketDataDefect when a source delivered impossible data.
   * @throws AgentNotAsked when it was never called, which is not its failure; retry later.
   * @throws whatever the agent throws.
   */
  ask(agent: string, input: AnalysisInput): Promise<unknown>;
}

/** The agent's process ended during an analysis: it used too much memory, exited, or crashed. */
export class AgentCrashed extends Error {
  override readonly name = 'AgentCrashed';

  /** @param how exit code or signal. */
  constructor(how: string) {
    super(`The agent's process ended (${how}) before it answered; agents that take too much memory end so.`);
  }
}

/** An error that the agent threw in its process; the message is the stack, for the log only. */
export class AgentThrew extends Error {
  override readonly name = 'AgentThrew';
}

/**
 * The agent was never called, so there is no result to judge: its process could not start, or the program is shutting
 * down.
 */
export class AgentNotAsked extends Error {
  override readonly name = 'AgentNotAsked';
}

/** The work did not finish in time; its result is ignored. */
export class TimedOut extends Error {
  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds / 1000} s.`);
    this.name = 'TimedOut';
  }
}

/** Number of timer ticks per time limit. */
const STEPS = 30;

/**
 * The result of `work`, or a rejection with {@link TimedOut}. Clears its timer. The time counts in ticks, so that a
 * suspended or overloaded process does not cause false timeouts: a pause of any length counts as one tick.
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
