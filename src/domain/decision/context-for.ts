import type { z } from 'zod';
import type { AnalysisOutputs } from '../analysis/analysis.js';
import type { MarketSnapshot } from '../market/market-snapshot.js';
import { validateParams } from '../params/validate-params.js';
import type { DecisionAgent } from './decision-agent.js';
import { DecisionFault } from './decision-fault.js';
import type {
  DecisionAnalysis,
  DecisionChannel,
  DecisionContext,
  DecisionMarket,
  DecisionPortfolio,
  InstanceState,
} from './decision.js';

/** What a business agent said in a run, as far as decisions read it. */
export interface AnalysisOutcome {
  readonly agent_name: string;
  /** Only `success` counts. */
  readonly status: string;
  readonly score: number | null;
  /** What else it says, by name; absent or null: nothing. */
  readonly outputs?: AnalysisOutputs | null;
}

export interface DecisionInput {
  readonly agent: DecisionAgent;
  /** The definition's business agents. Hand in the same array for all instances of a run: see {@link contextFor}. */
  readonly businessAgents: readonly string[];
  readonly analyses: readonly AnalysisOutcome[];
  readonly market: MarketSnapshot;
  readonly channel: DecisionChannel;
  /** The instance's complete params, as stored. */
  readonly params: unknown;
  readonly portfolio: DecisionPortfolio;
  /** Fields besides the counters are not handed on. */
  readonly state: InstanceState;
}

/**
 * What a decision agent is given to decide for one instance. The params are validated every time, because the
 * definition they were written for may have changed since; the schema is built once for an agent and array of
 * business agents.
 *
 * @throws DecisionFault `params_invalid`: it concerns this instance alone.
 */
export function contextFor(input: DecisionInput): DecisionContext<unknown> {
  const { agent, businessAgents, state } = input;
  const { params, violations } = validateParams(schemaFor(agent, businessAgents), input.params);
  if (violations.length > 0) {
    const named = violations.map(({ pointer, message }) => `${pointer || '/'}: ${message}`).join(' ');
    throw new DecisionFault('params_invalid', `The params do not fit the definition. ${named.slice(0, 1000)}`);
  }
  return {
    business_agents: businessAgents,
    analyses: analysesOf(businessAgents, input.analyses),
    market: marketOf(input.market),
    symbol: input.market.symbol,
    channel: input.channel,
    params,
    portfolio: input.portfolio,
    state: {
      consecutive_bullish_count: state.consecutive_bullish_count,
      consecutive_bearish_count: state.consecutive_bearish_count,
    },
  };
}

/** Building a schema costs fifty times what a validation does; keyed by identity, so nothing outlives its run. */
const schemas = new WeakMap<readonly string[], Map<DecisionAgent, z.ZodType<unknown>>>();

function schemaFor(agent: DecisionAgent, businessAgents: readonly string[]): z.ZodType<unknown> {
  const ofAgents = schemas.get(businessAgents) ?? new Map<DecisionAgent, z.ZodType<unknown>>();
  schemas.set(businessAgents, ofAgents);
  const schema = ofAgents.get(agent) ?? agent.paramsSchema(businessAgents);
  ofAgents.set(agent, schema);
  return schema;
}

/** The scores of the definition's agents that succeeded. A score that is no number counts as no output. */
function analysesOf(
  businessAgents: readonly string[],
  outcomes: readonly AnalysisOutcome[],
): DecisionContext<unknown>['analyses'] {
  const analyses: Record<string, DecisionAnalysis> = {};
  for (const { agent_name, status, score, outputs } of outcomes) {
    if (status !== 'success' || score === null || !Number.isFinite(score)) continue;
    if (businessAgents.includes(agent_name)) analyses[agent_name] = { ...outputs, score };
  }
  return analyses;
}

function marketOf(snapshot: MarketSnapshot): DecisionMarket {
  return {
    price: snapshot.price.value,
    change_24h_percent: snapshot.change_24h_percent?.value ?? null,
    fear_greed: snapshot.fear_greed?.value ?? null,
    dxy: snapshot.dxy?.value ?? null,
  };
}
