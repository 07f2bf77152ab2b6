import type { InstanceState, Signal } from '../decision.js';

const NEUTRAL_CONVICTION = 50;

/** Fixed, whatever the instance's sell thresholds are. */
const BEARISH_CONVICTION = 45;

/** The counters after a decision: a BUY from 50 on and a SELL below 45 count on, anything else starts over. */
export function countersAfter(signal: Signal, conviction: number, state: InstanceState): InstanceState {
  if (signal === 'BUY' && conviction >= NEUTRAL_CONVICTION) {
    return { consecutive_bullish_count: state.consecutive_bullish_count + 1, consecutive_bearish_count: 0 };
  }
  if (signal === 'SELL' && conviction < BEARISH_CONVICTION) {
    return { consecutive_bullish_count: 0, consecutive_bearish_count: state.consecutive_bearish_count + 1 };
  }
  return { consecutive_bullish_count: 0, consecutive_bearish_count: 0 };
}
