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
