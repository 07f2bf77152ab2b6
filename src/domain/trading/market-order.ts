import type { Money } from '../money/decimal.js';
import type { Side } from './venue-rules.js';

/** What a venue is asked to do at once, at its price. */
export interface MarketOrder {
  readonly side: Side;
  /** Base units, a multiple of the venue's step, above 0. */
  readonly quantity: Money;
}
