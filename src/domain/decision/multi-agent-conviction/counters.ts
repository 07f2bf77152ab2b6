import { LARGEST_COUNT, type InstanceState, type Signal } from '../decision.js';

const NEUTRAL_CONVICTION = 50;

/** Fixed, whatever the instance's sell thresholds are. */
const BEARISH_CONVICTION = 45;

/** The counters after a decision: a BUY from 50 on and a SELL below 45 count on, anything else starts over. */
export function countersAfter(signal: Signal, conviction: number, state: InstanceState): InstanceState {
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
