import { Money } from '../../money/decimal.js';
import type { Observation } from './exit-levels.js';
import type { Protected } from './exit-on.js';

/** Gain in R from which the stop moves, and where it stands then, in R from the entry; the largest gain first. */
export const TRAILING_STEPS: readonly (readonly [gain: number, stop: number])[] = [
  [2, 1],
  [1.5, 0.5],
  [1, 0],
];

/**
 * Where the stop stands after an observation that closed nothing; null: where it was. It only ever moves towards
 * profit, and only for observations that the present stop held during.
 */
export function trailedStop(position: Protected, { high, low, from }: Observation): Money | null {
  const { side, entryPrice, levels } = position;
  const { stopDistance, stopLoss, levelsSince } = levels;
  if (stopDistance === null || from < levelsSince) return null;
  const gain = side === 'long' ? high.sub(entryPrice) : entryPrice.sub(low);
  const step = TRAILING_STEPS.find(([reached]) => gain.gte(stopDistance.mul(reached)));
  if (!step) return null;
  const offset = stopDistance.mul(step[1]);
  const stop = side === 'long' ? entryPrice.add(offset) : entryPrice.sub(offset);
  const isTighter = stopLoss === null || (side === 'long' ? stop.gt(stopLoss) : stop.lt(stopLoss));
  return isTighter ? stop : null;
}
