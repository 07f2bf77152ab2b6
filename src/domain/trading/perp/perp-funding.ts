import { Money, toStored } from '../../money/decimal.js';
import type { PerpPosition } from './perp-position.js';

/** Data has the rate of 8 hours; a venue that settles every hour takes an eighth of it. */
export const HOURS_OF_RATE = 8;

/**
 * What one hour of funding costs, to 18 places; negative: it is received. Longs pay shorts when the rate is positive,
 * shorts pay longs when it is negative. Source: Hyperliquid, "Funding": size * oracle price * rate.
 *
 * @param quantity base units that were held at the end of the hour, negative for a short.
 * @param eightHourRate fraction per 8 hours.
 */
export function fundingCost(quantity: Money, price: Money, eightHourRate: Money): Money {
  return toStored(quantity.mul(price).mul(eightHourRate).div(HOURS_OF_RATE));
}

/** The position after one payment. It comes out of the margin; the cost basis stays, so the trade's result has it. */
export function payFunding(position: PerpPosition, cost: Money): PerpPosition {
  return { ...position, margin: position.margin.sub(cost) };
}
