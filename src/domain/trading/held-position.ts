import { Money, toStored } from '../money/decimal.js';
import { equityOf, type PerpPosition } from './perp/perp-position.js';
import type { SpotPosition } from './spot-ledger.js';
import type { PositionSide } from './venue-rules.js';

/** An instance's position in its symbol, on spot or perpetual. */
export type HeldPosition = SpotPosition | PerpPosition;

const NOTHING = new Money(0);

/** A spot holding has no `side`: it is always long. */
export function isPerpetual(position: HeldPosition): position is PerpPosition {
  return 'side' in position;
}

export function sideOfHeld(position: HeldPosition): PositionSide {
  return isPerpetual(position) ? position.side : 'long';
}

/** Base units, negative for a short. */
export function signedQuantityOf(position: HeldPosition | null): Money {
  if (!position) return NOTHING;
  return sideOfHeld(position) === 'long' ? position.quantity : position.quantity.neg();
}

/**
 * Value of a position at a price, in quote currency, to 18 places: the holding on spot, margin plus profit on a
 * perpetual.
 */
export function heldValueOf(position: HeldPosition | null, price: Money): Money {
  if (!position) return NOTHING;
  return isPerpetual(position) ? equityOf(position, price) : holdingValueOf(position.quantity, price);
}

/** In quote currency, to 18 places. */
export function holdingValueOf(quantity: Money, price: Money): Money {
  return toStored(quantity.mul(price));
}

/** Cash plus the holding at that price, in quote currency, to 18 places. */
export function totalValueOf(cash: Money, quantity: Money, price: Money): Money {
  return toStored(cash.add(quantity.mul(price)));
}
