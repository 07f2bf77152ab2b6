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

/** What a business agent said in a run, as far as decisions read it. */
export interface AnalysisOutcome {
  readonly agent_name: string;
  /** Only `success` counts. */
  readonly status: string;
  readonly score: number | null;
  /** What else it says, by name; absent or null: nothing. */
  readonly outputs?: AnalysisOutputs | null;
}

/** What all decisions of a run rest on. */
export interface SharedInput {
  readonly agent: DecisionAgent;
  /** The definition's business agents. */
  readonly businessAgents: readonly string[];
  readonly analyses: readonly AnalysisOutcome[];
  readonly market: MarketSnapshot;
  readonly channel: DecisionChannel;
}

/** What a decision rests on besides. */
export interface InstanceInput {
  /** The instance's params, as stored. Those that are {@link frozen} are checked once for each object. */
  readonly params: unknown;
  readonly portfolio: DecisionPortfolio;
  /** Fields besides the counters are not handed on. */
  readonly state: InstanceState;
}

/**
 * The function that makes what a decision agent is given to decide for one instance; what all instances share is made
 * once, and nobody can change it. The params are read again in every run, because the definition and the agent that they
 * were written for may have changed since.
 *
 * It throws DecisionFault `params_invalid`, which concerns that instance alone.
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

/** Reads params; what cannot change since it was read is not read again. */
function paramsReader(agent: DecisionAgent, businessAgents: readonly string[]): (given: unknown) => unknown {
  let schema: z.ZodType<unknown> | null = null;
  const known = new WeakMap<object, unknown>();
  return (given) => {
    const isLasting = typeof given === 'object' && given !== null && Object.isFrozen(given);
    if (isLasting && known.has(given)) return known.get(given);
    // Built here: an agent that cannot do so is a fault of its instances, not of everybody's chunk.
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

/**
 * The same value, unchangeable from now on with everything in it: safe to share. For plain data, as JSON has it; what is
 * frozen already is not looked through again.
 */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
