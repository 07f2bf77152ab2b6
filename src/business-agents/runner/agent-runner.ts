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
