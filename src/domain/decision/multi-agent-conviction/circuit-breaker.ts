import type { DecisionMarket, Signal } from '../decision.js';
import type { ConvictionParams } from './params.js';

/** A market value that is too extreme to enter at. */
export interface Trip {
  readonly input: 'fear_greed' | 'change_24h_percent';
  readonly value: number;
  readonly limit: number;
}

/** Change over 24 hours, percent either way, beyond which the breaker trips. */
const CHANGE_LIMIT = 15;

/** Every value that trips the breaker; none when the market is calm. An absent value trips nothing. */
export function tripsOf(market: DecisionMarket, params: ConvictionParams): Trip[] {
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

/** Whether a tripped breaker turns this signal into HOLD: all of them, or all but a SELL. */
export function holdsBack(signal: Signal, params: ConvictionParams): boolean {
  return params.circuit_breaker_blocks_exits || signal !== 'SELL';
}
