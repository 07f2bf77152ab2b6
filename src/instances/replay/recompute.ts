import type { AnalysisOutcome } from '../../domain/decision/decide-for.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import type { InstanceBooks } from '../../domain/execution/execute-instance.js';
import { runInstance, type InstanceResult } from '../../domain/execution/run-instance.js';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import { Money } from '../../domain/money/decimal.js';
import type { TradeChannel } from '../../trading/trade-channel.js';
import type { StateBefore } from './state-before.js';

/** Everything that a stored decision rests on. */
export interface StoredInputs {
  readonly agent: DecisionAgent;
  readonly channel: TradeChannel;
  readonly symbol: string;
  readonly slippageBps: number;
  readonly businessAgents: readonly string[];
  readonly analyses: readonly AnalysisOutcome[];
  readonly market: MarketSnapshot;
  readonly params: unknown;
  readonly state: StateBefore;
}

/**
 * Lets the instance decide and trade once more, by the same function as the run did. Pure. What is stored may have
 * been tampered with, so that it is not even a number: that too is a result with an error.
 */
export function recompute(inputs: StoredInputs): InstanceResult {
  const { agent, businessAgents, analyses, market, params, state } = inputs;
  try {
    const venue = {
      baseAsset: inputs.symbol,
      rules: inputs.channel.rulesFor(inputs.symbol),
      price: new Money(market.price.value),
      slippageBps: inputs.slippageBps,
    };
    return runInstance({ agent, businessAgents, analyses, market, venue }, { books: booksOf(state), params, state });
  } catch (error) {
    return { execution: null, error: { code: 'internal_error', message: (error as Error).message } };
  }
}

/** Peaks and counters come after the decision and are not compared: they begin at nothing. */
function booksOf(state: StateBefore): InstanceBooks {
  const cash = new Money(state.cash);
  const quantity = new Money(state.quantity);
  const costBasis = new Money(state.cost_basis ?? '0');
  return {
    cash,
    position: quantity.isZero() ? null : { quantity, costBasis, averageEntryPrice: costBasis.div(quantity) },
    initialBalance: cash,
    peakValue: cash,
    maxDrawdown: 0,
    totalTrades: 0,
    winningTrades: 0,
    losingTrades: 0,
  };
}
