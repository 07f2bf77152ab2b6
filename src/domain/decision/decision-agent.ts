import type { z } from 'zod';
import { readParams, type ReadParams } from '../params/read-params.js';
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

/** What a decision agent is told of a venue: only perpetuals can be short, have leverage and are liquidated. */
export function decisionChannelOf(
  { perpetual, takerFeeRate }: Pick<VenueRules, 'perpetual' | 'takerFeeRate'>,
  slippageBps: number,
): Required<DecisionChannel> {
  return {
    can_short: perpetual !== undefined,
    max_leverage: perpetual?.maxLeverage ?? 1,
    taker_fee_rate: Number(takerFeeRate),
    slippage_bps: slippageBps,
    maintenance_margin_rate: perpetual ? Number(perpetual.maintenanceMarginRate) : null,
  };
}

/** Injection token of the `NamedCatalogue<DecisionAgent>`. */
export const DECISION_AGENTS = Symbol('DECISION_AGENTS');

/** A schema is put together once for an agent and the agents of a definition: a page of instances needs it for each. */
const schemas = new WeakMap<DecisionAgent, Map<string, z.ZodType>>();

/** What stored params mean to a decision agent of today, see {@link readParams}. */
export function paramsInForce(
  agent: DecisionAgent,
  businessAgents: readonly string[],
  stored: unknown,
): ReadParams<unknown> {
  return readParams(schemaOf(agent, businessAgents), agent.defaultParams, stored);
}

function schemaOf(agent: DecisionAgent, businessAgents: readonly string[]): z.ZodType {
  let ofAgent = schemas.get(agent);
  if (!ofAgent) schemas.set(agent, (ofAgent = new Map<string, z.ZodType>()));
  const key = JSON.stringify(businessAgents);
  let schema = ofAgent.get(key);
  if (!schema) ofAgent.set(key, (schema = agent.paramsSchema(businessAgents)));
  return schema;
}
