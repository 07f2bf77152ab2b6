import { DomainFault } from '../../domain/fault.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import { decideFor } from '../../domain/decision/decide-for.js';
import {
  executeInstance,
  type InstanceBooks,
  type InstanceExecution,
  type Venue,
} from '../../domain/execution/execute-instance.js';
import { Money } from '../../domain/money/decimal.js';
import type { TradeChannel } from '../../trading/trade-channel.js';
import type { StoredAnalysis } from '../runs/agent-execution.store.js';
import type { RunTask } from '../runs/run.store.js';
import type { InstanceRow } from './chunk.store.js';

export interface RunFacts {
  readonly task: RunTask;
  readonly analyses: readonly StoredAnalysis[];
  readonly agent: DecisionAgent;
  readonly channel: TradeChannel;
  readonly slippageBps: number;
}

export type InstanceResult =
  | { readonly execution: InstanceExecution; readonly error: null }
  | { readonly execution: null; readonly error: { readonly code: string; readonly message: string } };

/**
 * The function that serves each instance of a chunk; what all of them share is prepared once. A broken
 * instance is a result with an error and harms no other.
 */
export function instanceDecider(facts: RunFacts): (instance: InstanceRow) => InstanceResult {
  const { task, agent } = facts;
  const market = task.market_snapshot;
  if (!market) throw new Error(`Run ${task.id} was divided without a market snapshot.`);
  const venue: Venue = {
    baseAsset: task.trade_symbol,
    rules: facts.channel.rulesFor(task.trade_symbol),
    price: new Money(market.price.value),
    slippageBps: facts.slippageBps,
  };
  return (instance) => {
    try {
      const execution = executeInstance(booksOf(instance), venue, (portfolio) =>
        decideFor({
          agent,
          businessAgents: task.business_agents,
          analyses: facts.analyses,
          market,
          params: instance.instance_params,
          portfolio,
          state: instance,
        }),
      );
      return { execution, error: null };
    } catch (error) {
      // One broken instance is one failed row; what a fault says is for its owner, anything else is our defect.
      if (error instanceof DomainFault) return { execution: null, error: { code: error.code, message: error.message } };
      return { execution: null, error: { code: 'internal_error', message: (error as Error).message } };
    }
  };
}

function booksOf(row: InstanceRow): InstanceBooks {
  const position =
    row.quantity === null || row.cost_basis === null || row.average_entry_price === null
      ? null
      : {
          quantity: new Money(row.quantity),
          costBasis: new Money(row.cost_basis),
          averageEntryPrice: new Money(row.average_entry_price),
        };
  return {
    cash: new Money(row.current_balance),
    position,
    initialBalance: new Money(row.initial_balance),
    peakValue: new Money(row.peak_value),
    maxDrawdown: row.max_drawdown,
    totalTrades: row.total_trades,
    winningTrades: row.winning_trades,
    losingTrades: row.losing_trades,
  };
}
