import type { DecisionAgent } from '../decision/decision-agent.js';
import type { InstanceState } from '../decision/decision.js';
import { decideFor, type AnalysisOutcome } from '../decision/decide-for.js';
import { DomainFault } from '../fault.js';
import type { MarketSnapshot } from '../market/market-snapshot.js';
import { executeInstance, type InstanceBooks, type InstanceExecution, type Venue } from './execute-instance.js';

/** What all decisions of a run rest on. */
export interface RunBasis {
  readonly agent: DecisionAgent;
  /** Hand in the same array for all instances of a run: see decideFor. */
  readonly businessAgents: readonly string[];
  readonly analyses: readonly AnalysisOutcome[];
  readonly market: MarketSnapshot;
  readonly venue: Venue;
}

/** One instance as a run finds it. */
export interface InstanceBasis {
  readonly books: InstanceBooks;
  /** Complete params, as stored. */
  readonly params: unknown;
  readonly state: InstanceState;
}

export type InstanceResult =
  | { readonly execution: InstanceExecution; readonly error: null }
  | { readonly execution: null; readonly error: { readonly code: string; readonly message: string } };

/**
 * One instance's part in a run: it decides, and trades on paper. Pure; runs and the check of a stored decision both
 * come here. A broken instance is a result with an error and harms no other.
 */
export function runInstance(run: RunBasis, instance: InstanceBasis): InstanceResult {
  const { agent, businessAgents, analyses, market } = run;
  const { params, state } = instance;
  const { perpetual } = run.venue.rules;
  const channel = { can_short: perpetual !== undefined, max_leverage: perpetual?.maxLeverage ?? 1 };
  try {
    const execution = executeInstance(instance.books, run.venue, (portfolio) =>
      decideFor({ agent, businessAgents, analyses, market, channel, params, portfolio, state }),
    );
    return { execution, error: null };
  } catch (error) {
    // One broken instance is one failed row; what a fault says is for its owner, anything else is our defect.
    if (error instanceof DomainFault) return { execution: null, error: { code: error.code, message: error.message } };
    return { execution: null, error: { code: 'internal_error', message: (error as Error).message } };
  }
}
