import type { z } from 'zod';
import type { DecisionAgent } from '../decision-agent.js';
import { LARGEST_COUNT, type Decision, type DecisionContext, type InstanceState, type Reason } from '../decision.js';
import { reason } from '../reason-codes.js';
import { planEntry, type EntryPlan } from './entry-plan.js';
import { planFirstEntry } from './first-entry-plan.js';
import { MOMENTUM_OUTPUTS, momentumInputsOf, type MomentumInputs } from './momentum-inputs.js';
import { DEFAULT_MOMENTUM_PARAMS, momentumParamsSchema, type MomentumParams } from './params.js';
import { pointsFor, refusalsOf, sideOf } from './refusals.js';

const AGENTS = ['regime_filter', 'ta_momentum'] as const;

/** Below this the regime opposes the wanted side, though not extremely. */
const WEAK_REGIME = 40;

/**
 * Follows the momentum of one symbol, long or short. The regime scales size, leverage and target, and every entry has a
 * stop. It only enters: stop, target, time stop or an opposite entry close its positions.
 */
export class MomentumRegimeDecision implements DecisionAgent<MomentumParams> {
  readonly name = 'MomentumRegimeDecision';
  readonly module = 'domain/decision/momentum-regime/momentum-regime-decision';
  readonly version = '1.1.0';
  readonly description =
    'Follows momentum, long or short, with risk, leverage and target scaled by the regime; every position has a stop.';
  readonly defaultBusinessAgents = AGENTS;
  readonly defaultParams = DEFAULT_MOMENTUM_PARAMS;
  readonly outputsRead = MOMENTUM_OUTPUTS;
  readonly readsTrading = true;

  acceptsBusinessAgents(businessAgents: readonly string[]): string[] {
    const violations = AGENTS.filter((agent) => !businessAgents.includes(agent)).map(
      (agent) => `It needs the business agent ${agent}.`,
    );
    if (new Set(businessAgents).size < businessAgents.length) violations.push('A business agent is named twice.');
    return violations;
  }

  paramsSchema(): z.ZodType<MomentumParams> {
    return momentumParamsSchema();
  }

  decide(context: DecisionContext<MomentumParams>): Decision {
    const missing = context.business_agents.filter((agent) => !Object.hasOwn(context.analyses, agent));
    if (missing.length > 0)
      return undecided(
        context,
        missing.map((agent) => reason('agent_unavailable', { agent })),
      );
    const inputs = momentumInputsOf(context.analyses['regime_filter']!, context.analyses['ta_momentum']!);
    if ('missing' in inputs) return undecided(context, inputs.missing);

    const side = sideOf(inputs);
    const points = side && pointsFor(side, inputs.regimeScore);
    const refusals = refusalsOf(context, inputs);
    const opinion = opinionOf(inputs, points);
    if (side === null || points === null) return hold(context, inputs, opinion, refusals);
    const multiplier = regimeMultiplier(points);
    const scaled = { ...opinion, multiplier, points };
    const reasons = [...opinion.reasons, reason('regime_multiplier', { points, multiplier })];
    if (refusals.length > 0) return hold(context, inputs, { ...scaled, reasons }, refusals);

    // Runs before version 1.1.0 did not know costs; they are recomputed with the plan of their version.
    const planOf = context.channel.slippage_bps === undefined ? planFirstEntry : planEntry;
    const plan = planOf(context, inputs, side, multiplier);
    if (!plan.entry) return hold(context, inputs, { ...scaled, reasons }, plan.reasons);
    return enter(context, inputs, { ...scaled, reasons }, plan);
  }

  /**
   * The smallest notional: risk at the lowest multiplier with the widest stop. Fees and slippage add up to {@link
   * LARGEST_COST_PCT} to the loss of a stop-out.
   */
  smallestBuyFraction(params: MomentumParams): number {
    return (params.base_risk_pct * LOWEST_MULTIPLIER) / (params.max_sl_distance_pct + LARGEST_COST_PCT);
  }
}

/** Percent of the notional, for both fills at the default slippage on the more expensive venue: 2 * (0.1 + 0.05). */
const LARGEST_COST_PCT = 0.3;

interface Opinion {
  readonly conviction: number;
  readonly momentum: number;
  readonly regime: number;
  /** m(g) and g; null without a direction. */
  readonly multiplier: number | null;
  readonly points: number | null;
  readonly reasons: readonly Reason[];
}

/** Conviction is 50 without a direction. @param points regime points of the wanted side, null without one. */
function opinionOf({ signal, strength, confidence }: MomentumInputs, points: number | null): Opinion {
  const none = { conviction: 50, momentum: 0, regime: 0, multiplier: null, points: null };
  if (points === null) return { ...none, reasons: [] };
  const direction = signal === 'LONG' ? 1 : -1;
  const momentum = direction * ((strength + confidence) / 2) * 50;
  const regime = direction * ((points - 50) / 50) * 10;
  const conviction = Math.min(Math.max(50 + momentum + regime, 0), 100);
  const reasons = [reason('momentum_conviction', { strength, confidence, points, conviction })];
  return { ...none, conviction, momentum, regime, reasons };
}

function enter(
  context: DecisionContext<MomentumParams>,
  inputs: MomentumInputs,
  opinion: Opinion,
  plan: EntryPlan & { readonly entry: object },
): Decision {
  const signal = plan.entry.side === 'long' ? 'BUY' : 'SELL';
  return {
    ...common(inputs, opinion),
    signal,
    position_size: plan.marginFraction,
    entry: plan.entry,
    should_execute: plan.marginFraction > 0,
    reasons: [...opinion.reasons, ...plan.reasons],
    next_state: counted(context.state, signal),
  };
}

function hold(
  context: DecisionContext<MomentumParams>,
  inputs: MomentumInputs,
  opinion: Opinion,
  refusals: readonly Reason[],
): Decision {
  return {
    ...common(inputs, opinion),
    signal: 'HOLD',
    position_size: 0,
    entry: null,
    should_execute: false,
    reasons: [...opinion.reasons, ...refusals],
    next_state: counted(context.state, 'HOLD'),
  };
}

function common(inputs: MomentumInputs, opinion: Opinion) {
  const { points } = opinion;
  return {
    conviction_score: opinion.conviction,
    weighted_score: null,
    risk_factor: opinion.multiplier,
    contributions: { ta_momentum: opinion.momentum, regime_filter: opinion.regime },
    signal_strength: inputs.strength,
    risk_level: points !== null && points < WEAK_REGIME ? 'HIGH' : 'MEDIUM',
    // This agent has no conviction threshold, so there is no distance to one.
    distance_to_buy: null,
    distance_to_sell: null,
  } as const;
}

/** Consecutive BUYs and SELLs; a HOLD resets both, as in the other decision agent. */
function counted(state: InstanceState, signal: Decision['signal']): InstanceState {
  return {
    consecutive_bullish_count: signal === 'BUY' ? countOn(state.consecutive_bullish_count) : 0,
    consecutive_bearish_count: signal === 'SELL' ? countOn(state.consecutive_bearish_count) : 0,
  };
}

function countOn(count: number): number {
  return Math.min(count + 1, LARGEST_COUNT);
}

/** No decision: a missing input is a failure, not a neutral opinion. The counters do not change. */
function undecided({ state }: DecisionContext<MomentumParams>, reasons: readonly Reason[]): Decision {
  return {
    conviction_score: null,
    weighted_score: null,
    risk_factor: null,
    contributions: {},
    signal: 'HOLD',
    signal_strength: 0,
    position_size: 0,
    entry: null,
    risk_level: 'MEDIUM',
    should_execute: false,
    reasons,
    distance_to_buy: null,
    distance_to_sell: null,
    next_state: { ...state },
  };
}

/** Support points of m(g): regime points for the wanted side -> multiplier of risk, leverage and target. */
const ANCHORS: readonly (readonly [points: number, multiplier: number])[] = [
  [20, 0.3],
  [40, 0.6],
  [60, 1],
  [80, 1.3],
  [100, 1.6],
];

/** The minimum of {@link regimeMultiplier}. */
const LOWEST_MULTIPLIER = ANCHORS[0]![1];

/** Linear between the support points; constant up to the first. @param points 0..100. */
function regimeMultiplier(points: number): number {
  const above = ANCHORS.findIndex(([anchor]) => points <= anchor);
  if (above <= 0) return above === 0 ? LOWEST_MULTIPLIER : ANCHORS.at(-1)![1];
  const [lowPoints, low] = ANCHORS[above - 1]!;
  const [highPoints, high] = ANCHORS[above]!;
  return low + ((high - low) * (points - lowPoints)) / (highPoints - lowPoints);
}
