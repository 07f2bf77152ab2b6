import { Money, toStored } from '../money/decimal.js';
import { marketFillPrice, roundToTick, type Side, type VenueRules, amountsOf } from './venue-rules.js';

/** An executed order and its cost. Amounts have at most 18 decimal places. */
export interface Fill {
  readonly side: Side;
  /** Base units. */
  readonly quantity: Money;
  /** Quote currency for one base unit. */
  readonly price: Money;
  /** quantity * price, in quote currency, without the fee. */
  readonly notional: Money;
  /** In {@link feeAsset}, never negative. */
  readonly fee: Money;
  readonly feeAsset: string;
}

/**
 * Fills a market order at once and completely, as a taker, at {@link marketFillPrice}.
 *
 * @param price the market's price, in quote currency, above 0.
 */
export function fillOnPaper(order: MarketOrder, price: Money, rules: VenueRules, slippageBps: number): Fill {
  return fillAt(order, marketFillPrice(order.side, price, rules, slippageBps), amountsOf(rules).takerFeeRate, rules);
}

/** Fills a resting order at its limit: completely, as a maker, without slippage. */
export function fillResting(order: MarketOrder, limit: Money, rules: VenueRules): Fill {
  return fillAt(order, roundToTick(limit, rules), amountsOf(rules).makerFeeRate, rules);
}

function fillAt(order: MarketOrder, fillPrice: Money, feeRate: Money, rules: VenueRules): Fill {
  const notional = toStored(order.quantity.mul(fillPrice));
  return {
    side: order.side,
    quantity: order.quantity,
    price: fillPrice,
    notional,
    fee: toStored(notional.mul(feeRate)),
    feeAsset: rules.quoteAsset,
  };
}

/** An order that executes at once at the market's price. */
export interface MarketOrder {
  readonly side: Side;
  /** Base units, a multiple of the venue's step, above 0. */
  readonly quantity: Money;
}
