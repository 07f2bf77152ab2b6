import type { DecisionMarket, InstanceState, Reason, Signal } from '../decision.js';
import { reason } from '../reason-codes.js';
import { baseBuySize, buySize } from './buy-size.js';
import type { ConvictionParams } from './params.js';

/** The signal of the conviction alone, before the circuit breaker and the exposure limits. */
export interface ConvictionSignal {
  readonly signal: Signal;
  /** 0 or more. Above 1 only for a BUY whose threshold is below 50. */
  readonly strength: number;
  /** BUY: fraction of total value. SELL: fraction of the holding. */
  readonly size: number;
  readonly reasons: readonly Reason[];
}

/** Conviction points above the buy threshold at which a BUY has strength 1. */
const FULL_STRENGTH_POINTS = 50;

/** Compares the conviction with the thresholds: BUY, hold band, partial SELL, full SELL. */
export function signalOf(
  conviction: number,
  params: ConvictionParams,
  market: DecisionMarket,
  state: InstanceState,
): ConvictionSignal {
  const { buy_threshold: buy, partial_sell_threshold: partial, full_sell_threshold: full } = params;
  if (conviction >= buy) {
    const strength = (conviction - buy) / FULL_STRENGTH_POINTS;
    const sized = buySize(strength, params, market, state);
    const fired = reason('buy_signal', { conviction, threshold: buy, strength, size: baseBuySize(strength) });
    return { signal: 'BUY', strength, size: sized.size, reasons: [fired, ...sized.reasons] };
  }
  if (conviction >= partial) {
    return {
      signal: 'HOLD',
      strength: 0,
      size: 0,
      reasons: [reason('hold_band', { conviction, from: partial, below: buy })],
    };
  }
  if (conviction >= full) {
    const strength = (partial - conviction) / (partial - full);
    const size = 0.5 * strength;
    return sell('partial_sell_signal', conviction, partial, strength, size);
  }
  // Reached only with full > 0, because conviction is never below 0.
  return sell('full_sell_signal', conviction, full, (full - conviction) / full, 1);
}

function sell(
  code: 'partial_sell_signal' | 'full_sell_signal',
  conviction: number,
  threshold: number,
  strength: number,
  size: number,
): ConvictionSignal {
  return { signal: 'SELL', strength, size, reasons: [reason(code, { conviction, threshold, strength, size })] };
}
