import { Money, toStored } from '../../money/decimal.js';
import type { PositionSide } from '../venue-rules.js';

/** A perpetual position with isolated margin. Amounts in quote currency, at most 18 decimal places. */
export interface PerpPosition {
  readonly side: PositionSide;
  /** Base units, above 0. */
  readonly quantity: Money;
  /** What the quantity was bought or sold short for, without fees. */
  readonly entryNotional: Money;
  /** What is held in the position: margin of the opening, less or plus the funding since. */
  readonly margin: Money;
  /** What was put in: margin and fees of the opening. */
  readonly costBasis: Money;
  /** Notional / margin of all that was opened, at its opening. */
  readonly leverage: Money;
}

/** 1 for a long, -1 for a short. */
export function signOf(side: PositionSide): 1 | -1 {
  return side === 'long' ? 1 : -1;
}

/** Average price without fees, to 18 places; for display and stops. */
export function averagePriceOf(position: PerpPosition): Money {
  return toStored(position.entryNotional.div(position.quantity));
}

/** Profit (negative: loss) at a price, without fees and funding. */
export function pricePnlOf(position: PerpPosition, price: Money): Money {
  const value = toStored(position.quantity.mul(price));
  return value.sub(position.entryNotional).mul(signOf(position.side));
}

/** What the position is worth at a price: margin plus profit. Negative when more than the margin is lost. */
export function equityOf(position: PerpPosition, price: Money): Money {
  return position.margin.add(pricePnlOf(position, price));
}
