import type { PositionSide } from '../../trading/venue-rules.js';
import type { DecisionContext, OpenPosition, Reason } from '../decision.js';
import { reason } from '../reason-codes.js';
import type { MomentumInputs } from './momentum-inputs.js';
import type { MomentumParams } from './params.js';

/** Regime points for a side: the score for a long, 100 minus the score for a short. */
export function pointsFor(side: PositionSide, regimeScore: number): number {
  return side === 'long' ? regimeScore : 100 - regimeScore;
}

/** The side of the momentum; null when it is neutral. */
export function sideOf({ signal }: MomentumInputs): PositionSide | null {
  if (signal === 'NEUTRAL') return null;
  return signal === 'LONG' ? 'long' : 'short';
}

/** Every rule that forbids an entry, each with its own code; empty when an entry is allowed. */
export function refusalsOf(context: DecisionContext<MomentumParams>, inputs: MomentumInputs): Reason[] {
  const { params } = context;
  const side = sideOf(inputs);
  const refusals: Reason[] = [];
  if (side === null) refusals.push(reason('signal_neutral', { signal: inputs.signal }));
  if (inputs.strength < params.min_signal_strength) {
    refusals.push(reason('strength_below_minimum', { strength: inputs.strength, minimum: params.min_signal_strength }));
  }
  if (inputs.confidence < params.min_confidence) {
    refusals.push(
      reason('confidence_below_minimum', { confidence: inputs.confidence, minimum: params.min_confidence }),
    );
  }
  if (side !== null) refusals.push(...refusalsOfSide(context, side, pointsFor(side, inputs.regimeScore)));
  const minutes = context.portfolio.minutes_since_last_trade ?? null;
  if (minutes !== null && minutes < params.cooldown_minutes) {
    refusals.push(reason('cooldown_active', { minutes, cooldown: params.cooldown_minutes }));
  }
  return refusals;
}

function refusalsOfSide(context: DecisionContext<MomentumParams>, side: PositionSide, points: number): Reason[] {
  const { params, symbol, channel } = context;
  const open = openPositionsOf(context);
  const own = open.find((position) => position.symbol === symbol);
  const refusals: Reason[] = [];
  if (own?.side === side) refusals.push(reason('position_open_same_side', { side }));
  // An entry replaces a position on the other side, so that one does not count; one on the same side does.
  const taken = open.length - (own && own.side !== side ? 1 : 0);
  if (taken >= params.max_concurrent_positions) {
    refusals.push(reason('too_many_positions', { open: taken, maximum: params.max_concurrent_positions }));
  }
  if (points < params.extreme_regime_threshold) {
    refusals.push(reason('regime_extreme', { points, threshold: params.extreme_regime_threshold }));
  }
  if (side === 'short' && !channel.can_short) refusals.push(reason('channel_cannot_short', { side }));
  return refusals;
}

function openPositionsOf({ portfolio, symbol }: DecisionContext<MomentumParams>): readonly OpenPosition[] {
  if (portfolio.open_positions) return portfolio.open_positions;
  return Number(portfolio.quantity) > 0 ? [{ symbol, side: 'long' }] : [];
}
