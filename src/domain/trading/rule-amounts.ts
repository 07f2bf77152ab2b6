import { Money } from '../money/decimal.js';
import type { VenueRules } from './venue-rules.js';

/** The amounts among a venue's rules, as numbers to calculate with. */
export interface RuleAmounts {
  readonly quantityStep: Money;
  readonly minimumNotional: Money;
  readonly takerFeeRate: Money;
  readonly makerFeeRate: Money;
}

const known = new WeakMap<VenueRules, RuleAmounts>();

/** Read once for an object of rules: to read a number costs more than to multiply by it. */
export function amountsOf(rules: VenueRules): RuleAmounts {
  const found = known.get(rules);
  if (found) return found;
  const amounts = {
    quantityStep: new Money(rules.quantityStep),
    minimumNotional: new Money(rules.minimumNotional),
    takerFeeRate: new Money(rules.takerFeeRate),
    makerFeeRate: new Money(rules.makerFeeRate),
  };
  known.set(rules, amounts);
  return amounts;
}
