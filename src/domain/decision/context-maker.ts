import type { z } from 'zod';
import type { AnalysisOutputs } from '../analysis/analysis.js';
import { DecisionFault } from '../fault.js';
import type { MarketSnapshot } from '../market/market-snapshot.js';
import { readParams } from '../params/read-params.js';
import type { DecisionAgent } from './decision-agent.js';
import type {
  DecisionAnalysis,
  DecisionChannel,
  DecisionContext,
  DecisionMarket,
  DecisionPortfolio,
  InstanceState,
} from './decision.js';

/** The part of a business agent's result that decisions read. */
export interface AnalysisOutcome {
  readonly agent_name: string;
  /** Only analyses with `success` count. */
  readonly status: string;
  readonly score: number | null;
  /** Other outputs by name; absent or null: none. */
  readonly outputs?: AnalysisOutputs | null;
}

/** The inputs that all decisions of a run share. */
export interface SharedInput {
  readonly agent: DecisionAgent;
  /** The definition's business agents. */
  readonly businessAgents: readonly string[];
  readonly analyses: readonly AnalysisOutcome[];
  readonly market: MarketSnapshot;
  readonly channel: DecisionChannel;
}

/** The inputs of one instance's decision. */
export interface InstanceInput {
  /** The instance's params as stored. Params that are {@link frozen} are checked only once per object. */
  readonly params: unknown;
  readonly portfolio: DecisionPortfolio;
  /** Only the counters reach the decision. */
  readonly state: InstanceState;
}

/**
 * Returns a function that builds the decision context of one instance. The shared part is built once and frozen. Params
 * are read in every run, because the definition and its agent may have changed since they were stored.
 *
 * The returned function throws DecisionFault `params_invalid`, which concerns that instance alone.
 */
export function contextMaker(shared: SharedInput): (instance: InstanceInput) => DecisionContext<unknown> {
  const { agent, businessAgents } = shared;
  const paramsOf = paramsReader(agent, businessAgents);
  const analyses = frozen(analysesOf(businessAgents, shared.analyses));
  const market = frozen(marketOf(shared.market));
  const channel = frozen({ ...shared.channel });
  const names = frozen([...businessAgents]);
  const { symbol } = shared.market;
  return ({ params, portfolio, state }) => ({
    business_agents: names,
    analyses,
    market,
    symbol,
    channel,
    params: paramsOf(params),
    portfolio,
    state: {
      consecutive_bullish_count: state.consecutive_bullish_count,
      consecutive_bearish_count: state.consecutive_bearish_count,
    },
  });
}

/** Reads params; frozen ones only once. */
function paramsReader(agent: DecisionAgent, businessAgents: readonly string[]): (given: unknown) => unknown {
  let schema: z.ZodType<unknown> | null = null;
  const known = new WeakMap<object, unknown>();
  return (given) => {
    const isLasting = typeof given === 'object' && given !== null && Object.isFrozen(given);
    if (isLasting && known.has(given)) return known.get(given);
    // Built inside the call: an agent that throws here fails its own instances, not the whole chunk.
    schema ??= agent.paramsSchema(businessAgents);
    const { params, violations } = readParams(schema, agent.defaultParams, given).checked;
    if (violations.length > 0) {
      const named = violations.map(({ pointer, message }) => `${pointer || '/'}: ${message}`).join(' ');
      throw new DecisionFault('params_invalid', `The params do not fit the definition. ${named.slice(0, 1000)}`);
    }
    frozen(params);
    if (isLasting) known.set(given, params);
    return params;
  };
}

/** The scores of the definition's agents that succeeded. A score that is not a finite number counts as absent. */
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

/**
 * Freezes a value deeply, so that it is safe to share. For plain JSON data; values that are already frozen are not
 * traversed again.
 */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
