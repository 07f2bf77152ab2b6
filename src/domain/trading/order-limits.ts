import type { Reason } from '../decision/decision.js';
import { reason } from '../decision/reason-codes.js';
import { Money, toText } from '../money/decimal.js';
import { truncateToStep, type VenueRules } from './venue-rules.js';

/** The largest market order that the venue takes at a price, in base units and whole steps; null: there is no limit. */
export function largestOrder(price: Money, rules: VenueRules): Money | null {
  const { maximumQuantity, maximumNotional } = rules;
  if (maximumQuantity === undefined && maximumNotional === undefined) return null;
  const byQuantity = new Money(maximumQuantity ?? Infinity);
  const byNotional = new Money(maximumNotional ?? Infinity).div(price);
  return truncateToStep(Money.min(byQuantity, byNotional), rules);
}

/** The quantity, cut to the venue's largest market order; the cut is added to `reasons`. */
export function cutToLargestOrder(quantity: Money, price: Money, rules: VenueRules, reasons: Reason[]): Money {
  const largest = largestOrder(price, rules);
  if (largest === null || quantity.lte(largest)) return quantity;
  reasons.push(reason('order_size_limited', { wanted: toText(quantity), used: toText(largest) }));
  return largest;
}

/** The same rules for a close that must be complete: it takes as many orders as it needs, and the books have their sum. */
export function withoutLargestOrder(rules: VenueRules): VenueRules {
  const { maximumQuantity: _quantity, maximumNotional: _notional, ...others } = rules;
  return others;
}
