import type { DecisionMarket, InstanceState, Reason } from '../decision.js';
import { reason } from '../reason-codes.js';
import type { ConvictionParams } from './params.js';

/** The smallest buy as a fraction of total value, unless max_position_size is smaller. */
export const MINIMUM_BUY = 0.002;

/** Fractions of total value: the size of a BUY at strength 0, and the addition at strength 1. */
const BASE_SIZE = 0.002;
const SIZE_OF_STRENGTH = 0.003;

/** Bullish decisions beyond the threshold until the multiplier reaches its maximum. */
const ACCELERATION_RAMP = 100;

/** The size before adjustments, a fraction of total value. */
export function baseBuySize(strength: number): number {
  return BASE_SIZE + strength * SIZE_OF_STRENGTH;
}

/** The adjusted size of a BUY, within its limits, and a reason for each adjustment. */
export function buySize(
  strength: number,
  params: ConvictionParams,
  market: DecisionMarket,
  state: InstanceState,
): { readonly size: number; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = [];
  let size = baseBuySize(strength);

  const count = state.consecutive_bullish_count;
  const threshold = params.consecutive_signal_threshold;
  if (count >= threshold) {
    const multiplier = accelerationOf(count - threshold, params);
    size *= multiplier;
    reasons.push(reason('consecutive_acceleration', { count, threshold, multiplier }));
  }

  const volatility = volatilityReductionOf(market.change_24h_percent);
  if (volatility) {
    size *= volatility.factor;
    reasons.push(reason('volatility_reduction', { value: market.change_24h_percent, ...volatility }));
  }

  const limit = params.fg_position_adjust_threshold;
  if (market.fear_greed !== null && market.fear_greed < limit) {
    size *= 0.8;
    reasons.push(reason('fear_greed_reduction', { value: market.fear_greed, limit, factor: 0.8 }));
  }

  const used = Math.min(Math.max(size, MINIMUM_BUY), params.max_position_size);
  if (used !== size) {
    const limits = { minimum: MINIMUM_BUY, maximum: params.max_position_size };
    reasons.push(reason('size_limited', { wanted: size, used, ...limits }));
  }
  return { size: used, reasons };
}

function accelerationOf(beyondThreshold: number, params: ConvictionParams): number {
  const { acceleration_multiplier_min: least, acceleration_multiplier_max: most } = params;
  return Math.min(least + (beyondThreshold * (most - least)) / ACCELERATION_RAMP, most);
}

function volatilityReductionOf(change: number | null): { readonly limit: number; readonly factor: number } | null {
  if (change === null) return null;
  if (Math.abs(change) > 10) return { limit: 10, factor: 0.5 };
  return Math.abs(change) > 5 ? { limit: 5, factor: 0.75 } : null;
}
