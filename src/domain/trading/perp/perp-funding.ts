import { Money, toStored } from '../../money/decimal.js';
import { signOf, type PerpPosition } from './perp-position.js';

/** Data has the rate of 8 hours; a venue that settles every hour takes an eighth of it. */
export const HOURS_OF_RATE = 8;

/**
 * What one hour of funding costs a position, to 18 places; negative: it receives. Longs pay shorts when the rate is
 * positive, shorts pay longs when it is negative. Source: Hyperliquid, "Funding": size * oracle price * rate.
 *
 * @param eightHourRate fraction per 8 hours.
 */
export function fundingCost(position: PerpPosition, price: Money, eightHourRate: Money): Money {
  const notional = position.quantity.mul(price);
  return toStored(notional.mul(eightHourRate).div(HOURS_OF_RATE).mul(signOf(position.side)));
}

/** The position after one payment. It comes out of the margin; the cost basis stays, so the trade's result has it. */
export function payFunding(position: PerpPosition, cost: Money): PerpPosition {
  return { ...position, margin: position.margin.sub(cost) };
}
