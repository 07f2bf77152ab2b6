import type { z } from 'zod';
import { readParams, type ReadParams } from '../params/read-params.js';
import type { VenueRules } from '../trading/venue-rules.js';
import type { Decision, DecisionContext, DecisionChannel } from './decision.js';

/**
 * A rule set that turns analyses, market, params and state into a decision. Implementations are pure: no clock, no
 * random source, no I/O, no state between calls.
 */
export interface DecisionAgent<Params = unknown> {
  /** The class name; `decision_agent_class` of a definition. */
  readonly name: string;
  /** Path below `src` without the suffix; `decision_agent_module` of a definition. Compared as text, never imported. */
  readonly module: string;
  /** Increases whenever the same context can give another decision than before. */
  readonly version: string;
  readonly description: string;
  /**
   * The business agents it was designed for; a definition may use others only if {@link acceptsBusinessAgents} allows
   * it.
   */
  readonly defaultBusinessAgents: readonly string[];
  /** Params of the built-in template; valid for {@link defaultBusinessAgents}. */
  readonly defaultParams: Params;

  /** The outputs it reads besides scores: business agent -> names of outputs. */
  readonly outputsRead?: Readonly<Record<string, readonly string[]>>;

  /**
   * Whether it reads `open_positions` and `minutes_since_last_trade` of the portfolio. Otherwise runs omit them: they
   * cost a query on the trades of every instance, and space in every stored execution.
   */
  readonly readsTrading?: boolean;

  /** Violations as sentences when this agent cannot work with these business agents; otherwise an empty list. */
  acceptsBusinessAgents(businessAgents: readonly string[]): string[];

  /** Strict schema (refuses unknown keys) of complete params for a definition with these business agents. */
  paramsSchema(businessAgents: readonly string[]): z.ZodType<Params>;

  /** @throws Error only on a defect; a missing input becomes a reason instead. */
  decide(context: DecisionContext<Params>): Decision;

  /** The smallest BUY possible with these params, as a fraction of total value (0..1). */
  smallestBuyFraction(params: Params): number;
}

/** The venue's properties for a decision agent: only perpetuals allow shorts, leverage and liquidation. */
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

export const DECISION_AGENTS = Symbol('DECISION_AGENTS');

/** Schemas by agent and business agents: a page of instances needs the same schema many times. */
const schemas = new WeakMap<DecisionAgent, Map<string, z.ZodType>>();

/** Stored params read by an agent's current schema, see {@link readParams}. */
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
