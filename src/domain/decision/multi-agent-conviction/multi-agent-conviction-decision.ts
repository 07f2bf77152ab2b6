import type { z } from 'zod';
import { Money } from '../../money/decimal.js';
import type { DecisionAgent } from '../decision-agent.js';
import {
  type Decision,
  type DecisionContext,
  type DecisionMarket,
  type Reason,
  type Signal,
  LARGEST_COUNT,
  type InstanceState,
  type DecisionPortfolio,
  type RiskLevel,
} from '../decision.js';
import { reason } from '../reason-codes.js';
import { MINIMUM_BUY } from './buy-size.js';
import { convictionOf } from './conviction.js';
import { convictionParamsSchema, DEFAULT_CONVICTION_PARAMS, type ConvictionParams } from './params.js';
import { signalOf } from './signal.js';

/**
 * Weighs the scores of any number of business agents into one conviction (0..100, 50 neutral), damps it by market risk,
 * and compares it with thresholds for small buys and for sells. Long only.
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
 * No decision: a missing agent is a failure, not a neutral opinion. There is no conviction, and the counters do not
 * change: a run without an opinion neither continues nor breaks a series.
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

/** A market value too extreme for an entry. */
interface Trip {
  readonly input: 'fear_greed' | 'change_24h_percent';
  readonly value: number;
  readonly limit: number;
}

/** Absolute change over 24 hours, in percent, above which the breaker trips. */
const CHANGE_LIMIT = 15;

/** Every value that trips the breaker. An absent value does not trip it. */
function tripsOf(market: DecisionMarket, params: ConvictionParams): Trip[] {
  const { fear_greed, change_24h_percent } = market;
  const trips: Trip[] = [];
  if (fear_greed !== null && fear_greed < params.fg_circuit_breaker_threshold) {
    trips.push({ input: 'fear_greed', value: fear_greed, limit: params.fg_circuit_breaker_threshold });
  }
  if (change_24h_percent !== null && Math.abs(change_24h_percent) > CHANGE_LIMIT) {
    trips.push({ input: 'change_24h_percent', value: change_24h_percent, limit: CHANGE_LIMIT });
  }
  return trips;
}

/** Whether a tripped breaker turns this signal into HOLD; depending on the params, a SELL may pass. */
function holdsBack(signal: Signal, params: ConvictionParams): boolean {
  return params.circuit_breaker_blocks_exits || signal !== 'SELL';
}

const NEUTRAL_CONVICTION = 50;

/** Independent of the instance's sell thresholds. */
const BEARISH_CONVICTION = 45;

/**
 * The counters after a decision: a BUY at 50 or above and a SELL below 45 continue their series; anything else resets
 * both.
 */
function countersAfter(signal: Signal, conviction: number, state: InstanceState): InstanceState {
  if (signal === 'BUY' && conviction >= NEUTRAL_CONVICTION) {
    return { consecutive_bullish_count: countOn(state.consecutive_bullish_count), consecutive_bearish_count: 0 };
  }
  if (signal === 'SELL' && conviction < BEARISH_CONVICTION) {
    return { consecutive_bullish_count: 0, consecutive_bearish_count: countOn(state.consecutive_bearish_count) };
  }
  return { consecutive_bullish_count: 0, consecutive_bearish_count: 0 };
}

function countOn(count: number): number {
  return Math.min(count + 1, LARGEST_COUNT);
}

/** A BUY executes only while the holding is at most this fraction of total value. */
const LARGEST_RATIO_TO_BUY = 0.95;

/** A SELL executes only while the holding is at least this fraction of total value. */
const SMALLEST_RATIO_TO_SELL = 0.01;

/** The exposure limit that blocks the signal, or null. Compared in decimals, not in floats. */
function exposureLimit(signal: Signal, portfolio: DecisionPortfolio, market: DecisionMarket): Reason | null {
  if (signal === 'HOLD') return null;
  const ratio = positionRatioOf(portfolio, market);
  if (signal === 'BUY' && ratio.gt(LARGEST_RATIO_TO_BUY)) {
    return reason('position_ratio_above_limit', { ratio: ratio.toNumber(), limit: LARGEST_RATIO_TO_BUY });
  }
  if (signal === 'SELL' && ratio.lt(SMALLEST_RATIO_TO_SELL)) {
    return reason('position_ratio_below_limit', { ratio: ratio.toNumber(), limit: SMALLEST_RATIO_TO_SELL });
  }
  return null;
}

/** Market value of the holding / total value; 0 for a portfolio without value. */
function positionRatioOf(portfolio: DecisionPortfolio, market: DecisionMarket): Money {
  const totalValue = new Money(portfolio.total_value);
  if (!totalValue.gt(0)) return totalValue.sub(totalValue);
  return new Money(portfolio.quantity).mul(market.price).div(totalValue);
}

/**
 * Risk points for extreme fear and greed, a large change and an extreme conviction: 3 or more HIGH, 1 or 2 MEDIUM. An
 * absent value gives no point.
 */
function riskLevelOf(
  market: DecisionMarket,
  conviction: number | null,
): { readonly level: RiskLevel; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = [];
  const point = (input: string, value: number, limit: number) =>
    reasons.push(reason('risk_point', { input, value, limit, points: 1 }));

  const { fear_greed, change_24h_percent: change } = market;
  if (fear_greed !== null && fear_greed < 30) point('fear_greed', fear_greed, 30);
  if (fear_greed !== null && fear_greed > 75) point('fear_greed', fear_greed, 75);
  if (change !== null && Math.abs(change) > 7) point('change_24h_percent', change, 7);
  if (change !== null && Math.abs(change) > 12) point('change_24h_percent', change, 12);
  if (conviction !== null && conviction < 40) point('conviction', conviction, 40);
  if (conviction !== null && conviction > 85) point('conviction', conviction, 85);

  const points = reasons.length;
  return { level: points >= 3 ? 'HIGH' : points >= 1 ? 'MEDIUM' : 'LOW', reasons };
}
