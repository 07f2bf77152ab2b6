import type { Reason } from '../decision/decision.js';
import { reason } from '../decision/reason-codes.js';
import { Money, toText } from '../money/decimal.js';
import { truncateToStep, type VenueRules } from './venue-rules.js';

/**
 * The largest market order that the venue accepts at a price, in base units, a multiple of the step; null: no limit.
 */
export function largestOrder(price: Money, rules: VenueRules): Money | null {
  const { maximumQuantity, maximumNotional } = rules;
  if (maximumQuantity === undefined && maximumNotional === undefined) return null;
  const byQuantity = new Money(maximumQuantity ?? Infinity);
  const byNotional = new Money(maximumNotional ?? Infinity).div(price);
  return truncateToStep(Money.min(byQuantity, byNotional), rules);
}

/** The quantity, cut to the venue's largest market order; a cut is added to `reasons`. */
export function cutToLargestOrder(quantity: Money, price: Money, rules: VenueRules, reasons: Reason[]): Money {
  const largest = largestOrder(price, rules);
  if (largest === null || quantity.lte(largest)) return quantity;
  reasons.push(reason('order_size_limited', { wanted: toText(quantity), used: toText(largest) }));
  return largest;
}

/** The rules for a close that must be complete: it may take several orders, and the books record their sum. */
export function withoutLargestOrder(rules: VenueRules): VenueRules {
  const { maximumQuantity: _quantity, maximumNotional: _notional, ...others } = rules;
  return others;
}
