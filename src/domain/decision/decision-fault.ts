import { DomainFault } from '../fault.js';

/**
 * A decision that cannot be used: `params_invalid` (the stored params do not fit the definition any more),
 * `decision_agent_failed` (the agent threw), `decision_agent_timeout` (it was cut off) or `decision_invalid` (it
 * answered what no decision can be).
 */
export class DecisionFault extends DomainFault {
  declare readonly code: 'params_invalid' | 'decision_agent_failed' | 'decision_agent_timeout' | 'decision_invalid';
}
