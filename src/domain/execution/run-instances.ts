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

/** The inputs that all decisions of a run share; the channel's properties follow from the venue. */
export interface RunBasis extends Omit<SharedInput, 'channel'> {
  readonly venue: Venue;
}

/** An instance before a run. */
export interface InstanceBasis {
  readonly books: InstanceBooks;
  /** Params as stored. Frozen params shared between instances are read once. */
  readonly params: unknown;
  readonly state: InstanceState;
  /** Minutes since the last fill, for an agent that reads it; null: never traded. Absent: not loaded. */
  readonly minutesSinceLastTrade?: number | null;
}

/** The failure of one instance in a run. */
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
      /** The original error, for the log only. */
      readonly cause?: unknown;
    }
) & {
  /** Microseconds that the decision took; 0 when the decision agent was not called. */
  readonly durationUs: number;
};

/**
 * Decides and trades on paper for many instances of a run. Pure, provided that `ask` is; runs and checks of stored
 * decisions both use it. A failing instance becomes a result with an error and does not affect the others.
 *
 * @param ask the only call of the decision agent. Contexts are built before it and results after it, so cutting off a
 *   hanging agent interrupts nothing else.
 * @returns one result per instance, in the same order.
 */
export async function runInstances(
  run: RunBasis,
  instances: readonly InstanceBasis[],
  ask: AskDecisionAgent,
): Promise<InstanceResult[]> {
  const { rules, slippageBps, firstRules } = run.venue;
  const { can_short, max_leverage, ...costs } = decisionChannelOf(rules, slippageBps);
  // Decisions of version 0.1.0 did not know the costs of an order.
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

/**
 * A failing instance becomes one failed row. A fault's message is for the strategy's owner; any other error is a defect
 * of ours.
 */
function failure(error: unknown, durationUs: number): InstanceResult {
  const { message } = error as Error;
  if (!(error instanceof DomainFault)) {
    return { execution: null, error: { code: 'internal_error', message }, cause: error, durationUs };
  }
  return { execution: null, error: { code: error.code, message }, cause: error.cause, durationUs };
}
