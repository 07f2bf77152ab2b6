import { Money, toStored } from '../money/decimal.js';

/** The market value of a holding, in quote currency, to 18 places. */
export function holdingValueOf(quantity: Money, price: Money): Money {
  return toStored(quantity.mul(price));
}

/** Cash plus the holding at that price, in quote currency, to 18 places. */
export function totalValueOf(cash: Money, quantity: Money, price: Money): Money {
  return toStored(cash.add(quantity.mul(price)));
}
