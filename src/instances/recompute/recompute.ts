import { z } from 'zod';
import type { AskDecisionAgent } from '../../domain/decision/check-decision.js';
import type { AnalysisOutcome } from '../../domain/decision/context-maker.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import type { InstanceBooks } from '../../domain/execution/execute-instance.js';
import { venueOf, type Venue } from '../../domain/execution/trade.js';
import { runInstances, type InstanceResult } from '../../domain/execution/run-instances.js';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import { Money } from '../../domain/money/decimal.js';
import type { HeldPosition } from '../../domain/trading/held-position.js';
import type { TradeChannel } from '../../trading/channels/trade-channel.js';

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
 * @throws what `ask` throws.
 */
export async function recompute(inputs: StoredInputs, ask: AskDecisionAgent): Promise<InstanceResult> {
  const { agent, businessAgents, analyses, market, params, state } = inputs;
  let venue: Venue;
  let books: InstanceBooks;
  try {
    venue = venueOf(market, inputs.channel.rulesFor(inputs.symbol), inputs.slippageBps);
    books = booksOf(state);
  } catch (error) {
    const { message } = error as Error;
    return { execution: null, error: { code: 'internal_error', message }, durationUs: 0 };
  }
  const run = { agent, businessAgents, analyses, market, venue };
  const { minutes_since_last_trade: minutes } = state;
  const trading = minutes === undefined ? {} : { minutesSinceLastTrade: minutes };
  const [result] = await runInstances(run, [{ books, params, state, ...trading }], ask);
  return result!;
}

/** Peaks and counters come after the decision and are not compared: they begin at nothing. */
function booksOf(state: StateBefore): InstanceBooks {
  const cash = new Money(state.cash);
  const quantity = new Money(state.quantity);
  const costBasis = new Money(state.cost_basis ?? '0');
  return {
    cash,
    position: quantity.isZero() ? null : positionOf(quantity, costBasis, state.position ?? null),
    initialBalance: cash,
    peakValue: cash,
    maxDrawdown: 0,
    totalTrades: 0,
    winningTrades: 0,
    losingTrades: 0,
  };
}

function positionOf(quantity: Money, costBasis: Money, perpetual: StateBefore['position'] | null): HeldPosition {
  if (!perpetual) return { quantity, costBasis, averageEntryPrice: costBasis.div(quantity) };
  return {
    side: perpetual.side,
    quantity: quantity.abs(),
    costBasis,
    entryNotional: new Money(perpetual.entry_notional),
    margin: new Money(perpetual.margin),
    leverage: new Money(perpetual.leverage),
  };
}

const count = z.int().min(0);

const schema = z.object({
  consecutive_bullish_count: count,
  consecutive_bearish_count: count,
  cash: z.string(),
  quantity: z.string(),
  total_value: z.string(),
  /** What the quantity cost; executions have it since the profit of a sale is computed again too. */
  cost_basis: z.string().optional(),
  /** Where the decision agent reads it: null when there was no trade yet. What was open follows from the rest. */
  minutes_since_last_trade: z.number().nullish(),
  /** Of a perpetual position; the quantity of a short is negative. */
  position: z
    .object({
      side: z.enum(['long', 'short']),
      entry_notional: z.string(),
      margin: z.string(),
      leverage: z.string(),
    })
    .nullish(),
});

/** Counters and portfolio before a decision, as its execution keeps them. Decimal strings. */
export type StateBefore = z.infer<typeof schema>;

/** @returns null when it is not complete. */
export function readStateBefore(stored: unknown): StateBefore | null {
  return schema.safeParse(stored).data ?? null;
}
