import type { AskDecisionAgent, DecisionAnswer } from '../decision/check-decision.js';
import { contextMaker, type InstanceInput, type SharedInput } from '../decision/context-maker.js';
import { decisionChannelOf } from '../decision/decision-agent.js';
import type { DecisionContext, InstanceState } from '../decision/decision.js';
import { DomainFault } from '../fault.js';
import {
  executeInstance,
  valueBooks,
  type InstanceBooks,
  type InstanceExecution,
  type ValuedBooks,
} from './execute-instance.js';
import type { Venue } from './trade.js';

/** What all decisions of a run rest on; what the channel can do follows from the venue. */
export interface RunBasis extends Omit<SharedInput, 'channel'> {
  readonly venue: Venue;
}

/** One instance as a run finds it. */
export interface InstanceBasis {
  readonly books: InstanceBooks;
  /** Params, as stored. Frozen ones that instances share are read once. */
  readonly params: unknown;
  readonly state: InstanceState;
  /** When it last traded, for an agent that reads it; null: never. Absent: it is not looked at. */
  readonly minutesSinceLastTrade?: number | null;
}

/** Why an instance's part in a run failed. */
export interface InstanceError {
  /** Stable, snake_case. */
  readonly code: string;
  /** Stored and shown. */
  readonly message: string;
}

export type InstanceResult = (
  | { readonly execution: InstanceExecution; readonly error: null }
  | {
      readonly execution: null;
      readonly error: InstanceError;
      /** What foreign code threw, for the log alone. */
      readonly cause?: unknown;
    }
) & {
  /** Microseconds that the decision took; 0 when the decision agent was not asked. */
  readonly durationUs: number;
};

/**
 * The part of many instances in a run: each decides, and trades on paper. Pure, as far as `ask` is; runs and the check
 * of a stored decision both come here. A broken instance is a result with an error and harms no other.
 *
 * @param ask the only way to the decision agent: it may hang, so that nothing else happens while it works.
 * @returns one result per instance, in their order.
 */
export async function runInstances(
  run: RunBasis,
  instances: readonly InstanceBasis[],
  ask: AskDecisionAgent,
): Promise<InstanceResult[]> {
  const { rules, slippageBps, firstRules } = run.venue;
  const { can_short, max_leverage, ...costs } = decisionChannelOf(rules, slippageBps);
  // Decisions of version 0.1.0 were not told what an order costs.
  const channel = { can_short, max_leverage, ...(firstRules ? {} : costs) };
  const contextFor = contextMaker({ ...run, channel });
  const prepared = instances.map((instance) => prepare(run.venue, contextFor, instance));
  const contexts = prepared.flatMap((part) => ('context' in part ? [part.context] : []));
  const answers = (await ask(run.agent, contexts)).values();
  return prepared.map((part, index) =>
    'context' in part ? conclude(run, instances[index]!, part.valued, answers.next().value!) : part,
  );
}

interface Prepared {
  readonly valued: ValuedBooks;
  readonly context: DecisionContext<unknown>;
}

function prepare(
  venue: Venue,
  contextFor: (instance: InstanceInput) => DecisionContext<unknown>,
  { books, params, state, minutesSinceLastTrade }: InstanceBasis,
): Prepared | InstanceResult {
  try {
    const valued = valueBooks(books, venue, minutesSinceLastTrade);
    return { valued, context: contextFor({ params, portfolio: valued.portfolio, state }) };
  } catch (error) {
    return failure(error, 0);
  }
}

function conclude(run: RunBasis, instance: InstanceBasis, valued: ValuedBooks, answer: DecisionAnswer): InstanceResult {
  const { decision, fault, durationUs } = answer;
  if (!decision) return failure(fault, durationUs);
  try {
    return { execution: executeInstance(instance.books, run.venue, valued, decision), error: null, durationUs };
  } catch (error) {
    return failure(error, durationUs);
  }
}

/** One broken instance is one failed row; what a fault says is for its owner, anything else is our defect. */
function failure(error: unknown, durationUs: number): InstanceResult {
  const { message } = error as Error;
  if (!(error instanceof DomainFault)) {
    return { execution: null, error: { code: 'internal_error', message }, cause: error, durationUs };
  }
  return { execution: null, error: { code: error.code, message }, cause: error.cause, durationUs };
}
