import type { FailureCode } from './failure-codes.js';

/**
 * A failure that concerns one instance of a run: its decision agent, its params or its books. The run catches it,
 * writes one `failed` row with {@link code} and continues with the other instances.
 */
export abstract class DomainFault extends Error {
  constructor(
    /** Stored with the failed row. */
    readonly code: FailureCode,
    message: string,
    /** `cause` holds the original error for the log; the message is stored and shown to users. */
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/**
 * A decision that cannot be used: `params_invalid` (the stored params no longer fit the definition),
 * `decision_agent_failed` (the agent threw), `decision_agent_timeout` (the agent was cut off) or `decision_invalid`
 * (the agent's answer is not a valid decision).
 */
export class DecisionFault extends DomainFault {
  declare readonly code: 'params_invalid' | 'decision_agent_failed' | 'decision_agent_timeout' | 'decision_invalid';
}
