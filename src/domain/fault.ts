import type { FailureCode } from './failure-codes.js';

/**
 * Something inside one instance's part of a run is broken: its decision agent, its params, its books.
 * The run catches it, writes one `failed` row with {@link code} and goes on with the other instances.
 */
export abstract class DomainFault extends Error {
  constructor(
    /** Stored with the failed row. */
    readonly code: FailureCode,
    message: string,
    /** What a library or foreign code threw goes into `cause`, for the log; the message is stored and shown. */
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/**
 * A decision that cannot be used: `params_invalid` (the stored params do not fit the definition any more),
 * `decision_agent_failed` (the agent threw), `decision_agent_timeout` (it was cut off) or `decision_invalid` (it
 * answered what no decision can be).
 */
export class DecisionFault extends DomainFault {
  declare readonly code: 'params_invalid' | 'decision_agent_failed' | 'decision_agent_timeout' | 'decision_invalid';
}
