import type { AskDecisionAgent } from '../../domain/decision/check-decision.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import {
  runInstances,
  type InstanceBasis,
  type InstanceResult,
  type RunBasis,
} from '../../domain/execution/run-instances.js';
import { venueOf } from '../../domain/execution/trade.js';
import type { FailureCode } from '../../domain/failure-codes.js';
import { booksOf } from '../../trading/books/stored-books.js';
import type { TradeChannel } from '../../trading/channels/trade-channel.js';
import type { StoredAnalysis } from '../runs/agent-execution.store.js';
import type { RunContext } from '../runs/run-context.js';
import type { InstanceRow } from './chunk.store.js';

export interface RunFacts {
  readonly task: RunContext;
  readonly analyses: readonly StoredAnalysis[];
  /** Null: this program has no agent of the definition's name. */
  readonly agent: DecisionAgent | null;
  readonly channel: TradeChannel | null;
  readonly slippageBps: number;
  readonly ask: AskDecisionAgent;
}

/** Serves instances and returns a result for each, in the same order. */
export type Decider = (instances: readonly InstanceRow[]) => Promise<InstanceResult[]>;

/**
 * Returns the function that serves the instances of a chunk; their common facts are prepared once. An instance that
 * fails gets a result with an error and does not affect the others.
 */
export function instanceDecider(facts: RunFacts): Decider {
  const { task, agent, channel } = facts;
  if (!agent) return failing('unknown_decision_agent', `There is no decision agent "${task.decision_agent_class}".`);
  if (!channel) return failing('unknown_trade_channel', `There is no trade channel "${task.trade_channel}".`);
  const market = task.market_snapshot;
  if (!market) throw new Error(`Run ${task.id} was divided without a market snapshot.`);
  const run: RunBasis = {
    agent,
    businessAgents: task.business_agents,
    analyses: facts.analyses,
    market,
    venue: venueOf(market, channel.rulesFor(task.trade_symbol), facts.slippageBps),
  };
  return (instances) => {
    const bases = instances.map((row) => basisOf(row, task.started_at));
    return runInstances(run, bases, facts.ask);
  };
}

function basisOf(row: InstanceRow, now: Date): InstanceBasis {
  const basis = { books: booksOf(row), params: row.instance_params, state: row };
  const minutes = minutesSinceLastTrade(row, now);
  return minutes === undefined ? basis : { ...basis, minutesSinceLastTrade: minutes };
}

/** A decider that fails every instance with the same error. */
export function failing(code: FailureCode, message: string): Decider {
  return async (instances) => instances.map(() => ({ execution: null, error: { code, message }, durationUs: 0 }));
}

const MINUTE_MS = 60_000;

/** Never negative. Null: the instance never traded; undefined: the time was not read. */
export function minutesSinceLastTrade({ last_trade_at: last }: InstanceRow, now: Date): number | null | undefined {
  return last ? Math.max(0, (now.getTime() - last.getTime()) / MINUTE_MS) : last;
}
