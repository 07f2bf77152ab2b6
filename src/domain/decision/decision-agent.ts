import type { z } from 'zod';
import type { VenueRules } from '../trading/venue-rules.js';
import type { Decision, DecisionContext, DecisionChannel } from './decision.js';

/**
 * A rule set that turns analyses, market, params and state into a decision. Implementations are pure:
 * no clock, no random source, no I/O, nothing kept between calls.
 */
export interface DecisionAgent<Params = unknown> {
  /** The class name; `decision_agent_class` of a definition. */
  readonly name: string;
  /** Path below `src` without the suffix; `decision_agent_module` of a definition. Compared as text, never imported. */
  readonly module: string;
  /** Raised whenever the same context may give another decision than before. */
  readonly version: string;
  readonly description: string;
  /** The business agents it was made for; a definition may name others only if {@link acceptsBusinessAgents} says so. */
  readonly defaultBusinessAgents: readonly string[];
  /** Params of the shipped template. They are valid for {@link defaultBusinessAgents}. */
  readonly defaultParams: Params;

  /** What it reads of business agents besides their scores: agent -> names of outputs. */
  readonly outputsRead?: Readonly<Record<string, readonly string[]>>;

  /**
   * It reads `open_positions` and `minutes_since_last_trade` of the portfolio. Runs leave them out for an agent that does
   * not say so: they cost a look at the trades of every instance, and their place in what every execution stores.
   */
  readonly readsTrading?: boolean;

  /** Violations as sentences when this agent cannot work with these business agents, else an empty list. */
  acceptsBusinessAgents(businessAgents: readonly string[]): string[];

  /** Strict schema (unknown keys refused) of complete params for a definition with these business agents. */
  paramsSchema(businessAgents: readonly string[]): z.ZodType<Params>;

  /** @throws Error only on a programming error; absent inputs are reasons, not errors. */
  decide(context: DecisionContext<Params>): Decision;

  /** The smallest BUY these params can give, as a fraction of total value (0..1). */
  smallestBuyFraction(params: Params): number;
}

/** What a decision agent is told that it can do under a venue's rules: only perpetuals can be short or have leverage. */
export function decisionChannelOf({ perpetual }: Pick<VenueRules, 'perpetual'>): DecisionChannel {
  return { can_short: perpetual !== undefined, max_leverage: perpetual?.maxLeverage ?? 1 };
}
