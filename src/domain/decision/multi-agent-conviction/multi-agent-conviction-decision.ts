import type { z } from 'zod';
import type { DecisionAgent } from '../decision-agent.js';
import type { Decision, DecisionContext, DecisionMarket, Reason } from '../decision.js';
import { reason } from '../reason-codes.js';
import { MINIMUM_BUY } from './buy-size.js';
import { holdsBack, tripsOf } from './circuit-breaker.js';
import { convictionOf } from './conviction.js';
import { countersAfter } from './counters.js';
import { exposureLimit } from './exposure.js';
import { convictionParamsSchema, DEFAULT_CONVICTION_PARAMS, type ConvictionParams } from './params.js';
import { riskLevelOf } from './risk-level.js';
import { signalOf } from './signal.js';

/**
 * Weighs the scores of any number of business agents into one conviction (0..100, 50 neutral), damps it by
 * the market's risk, and buys small or sells against fixed thresholds. Long only.
 */
export class MultiAgentConvictionDecision implements DecisionAgent<ConvictionParams> {
  readonly name = 'MultiAgentConvictionDecision';
  readonly module = 'domain/decision/multi-agent-conviction/multi-agent-conviction-decision';
  readonly version = '1.0.0';
  readonly description =
    'Weighs the scores of the business agents into a conviction of 0..100 and buys or sells against thresholds.';
  readonly defaultBusinessAgents = ['macro', 'onchain', 'ta'];
  readonly defaultParams = DEFAULT_CONVICTION_PARAMS;

  acceptsBusinessAgents(businessAgents: readonly string[]): string[] {
    const violations: string[] = [];
    if (businessAgents.length === 0) violations.push('It needs at least one business agent.');
    if (new Set(businessAgents).size < businessAgents.length) violations.push('A business agent is named twice.');
    return violations;
  }

  paramsSchema(businessAgents: readonly string[]): z.ZodType<ConvictionParams> {
    return convictionParamsSchema(businessAgents);
  }

  decide(context: DecisionContext<ConvictionParams>): Decision {
    const { business_agents, analyses, market, params, portfolio, state } = context;
    const absent = absentInputs(market);
    const missing = business_agents.filter((agent) => !Object.hasOwn(analyses, agent));
    if (missing.length > 0) return undecided(context, missing, absent);

    const opinion = convictionOf(business_agents, analyses, params.agent_weights, market);
    const { conviction } = opinion;
    const wanted = signalOf(conviction, params, market, state);
    const trips = tripsOf(market, params);
    const held = trips.length > 0 && holdsBack(wanted.signal, params);
    const signal = held ? 'HOLD' : wanted.signal;
    const blocked = held && wanted.signal !== 'HOLD' ? wanted.signal : null;
    const limit = exposureLimit(signal, portfolio, market);
    const risk = riskLevelOf(market, conviction);

    return {
      conviction_score: conviction,
      weighted_score: opinion.weightedScore,
      risk_factor: opinion.riskFactor,
      contributions: opinion.contributions,
      signal,
      signal_strength: held ? 0 : wanted.strength,
      position_size: held ? 0 : wanted.size,
      risk_level: held ? 'HIGH' : risk.level,
      should_execute: signal !== 'HOLD' && limit === null,
      reasons: [
        ...absent,
        ...opinion.reasons,
        ...trips.map((trip) => reason('circuit_breaker', { ...trip, blocked })),
        ...(held ? [] : wanted.reasons),
        ...(limit ? [limit] : []),
        ...risk.reasons,
      ],
      distance_to_buy: Math.max(0, params.buy_threshold - conviction),
      distance_to_sell: Math.max(0, conviction - params.partial_sell_threshold),
      next_state: countersAfter(signal, conviction, state),
    };
  }

  smallestBuyFraction(params: ConvictionParams): number {
    return Math.min(MINIMUM_BUY, params.max_position_size);
  }
}

function absentInputs(market: DecisionMarket): Reason[] {
  return (['fear_greed', 'change_24h_percent', 'dxy'] as const)
    .filter((input) => market[input] === null)
    .map((input) => reason('input_absent', { input }));
}

/**
 * No decision: a missing agent is a failure, not a neutral opinion. So there is no conviction, and the
 * counters stay as they are: a run without an opinion neither continues nor breaks a series of them.
 */
function undecided(
  { market, state }: DecisionContext<ConvictionParams>,
  missing: readonly string[],
  absent: readonly Reason[],
): Decision {
  const risk = riskLevelOf(market, null);
  return {
    conviction_score: null,
    weighted_score: null,
    risk_factor: null,
    contributions: {},
    signal: 'HOLD',
    signal_strength: 0,
    position_size: 0,
    risk_level: risk.level,
    should_execute: false,
    reasons: [...missing.map((agent) => reason('agent_unavailable', { agent })), ...absent, ...risk.reasons],
    distance_to_buy: null,
    distance_to_sell: null,
    next_state: { ...state },
  };
}
