import type { Reason } from '../../decision/decision.js';
import { reason } from '../../decision/reason-codes.js';
import { MONEY_SCALE, Money, toStored, toText } from '../../money/decimal.js';
import { filledOf, slippageOf, type Liquidity } from '../liquidity.js';
import { cutToLargestOrder } from '../order-limits.js';
import { fillOnPaper, type MarketOrder } from '../paper-fill.js';
import { settlePerpFill } from './perp-ledger.js';
import type { PerpPosition } from './perp-position.js';
import { marketFillPrice, maxLeverageAt, truncateToStep, type PositionSide, type VenueRules } from '../venue-rules.js';

/** An order with the leverage of its opening part, or the reasons against one. */
export type PerpOrderPlan =
  | { readonly order: MarketOrder; readonly leverage: Money; readonly reasons: readonly Reason[] }
  | { readonly order: null; readonly reasons: readonly Reason[] };

export interface PerpEntryInput {
  readonly side: PositionSide;
  /** Base units to open. */
  readonly quantity: Money;
  /** Notional / margin, 1 or more. */
  readonly leverage: Money;
  /** Free cash, in quote currency. */
  readonly cash: Money;
  readonly position: PerpPosition | null;
  /** The market's price, in quote currency. */
  readonly price: Money;
  readonly rules: VenueRules;
  readonly slippageBps: number;
  /** As in `Venue`. */
  readonly liquidity?: Liquidity | null;
  readonly firstRules?: boolean;
}

/**
 * Turns an entry into a market order; the same order closes a position on the other side. The quantity is truncated to
 * the step and cut to the margin and fee that free cash can pay, including the proceeds of the close. The order is also
 * cut to the venue's largest order, which may leave only a part of the close. An entry below the venue's minimum is
 * refused and closes nothing: reason `below_min_notional`.
 *
 * @throws RangeError when quantity or leverage is out of bounds.
 */
export function planPerpEntry(input: PerpEntryInput): PerpOrderPlan {
  const plan = planEntryAt(input);
  if (!plan.order) return plan;
  // A large order fills at a worse price, and the cash must pay that price.
  const slippageBps = slippageOf(filledOf(plan.order.quantity, input.liquidity), input.slippageBps, input.liquidity);
  return slippageBps === input.slippageBps ? plan : planEntryAt({ ...input, slippageBps });
}

function planEntryAt(input: PerpEntryInput): PerpOrderPlan {
  const { side, position, price, rules, slippageBps } = input;
  if (!input.quantity.gte(0)) throw new RangeError(`A quantity must not be ${input.quantity.toFixed()}.`);
  if (!input.leverage.gte(1)) throw new RangeError(`A leverage must be at least 1, not ${input.leverage.toFixed()}.`);
  const reasons: Reason[] = [];
  const orderSide = side === 'long' ? 'BUY' : 'SELL';
  const closing = position && position.side !== side ? position : null;
  const cash = closing ? cashAfterClosing(input, closing) : input.cash;
  const fillPrice = marketFillPrice(orderSide, price, rules, slippageBps);
  const wanted = truncateToStep(input.quantity, rules);
  const added = position && !closing ? position.entryNotional : 0;
  const leverage = withinVenue(input.leverage, wanted.mul(fillPrice).add(added), rules, reasons);
  const costOfStep = fillPrice.mul(rules.quantityStep);
  const costOfStepInCash = costOfStep.div(leverage).add(costOfStep.mul(rules.takerFeeRate));
  const steps = Money.max(cash, 0).divToInt(costOfStepInCash);
  // A flip splits its fill, which rounds one more time.
  const payable = closing ? cash.sub(ROUNDING) : cash;
  // Version 0.1.0 always dropped one step.
  const most = input.firstRules
    ? Money.max(0, steps.sub(1)).mul(rules.quantityStep)
    : affordable(steps, fillPrice, leverage, payable, rules);
  const quantity = Money.min(wanted, most);
  if (quantity.lt(wanted)) {
    reasons.push(
      reason('cash_limited', {
        wanted: toText(wanted.mul(fillPrice)),
        affordable: toText(quantity.mul(fillPrice)),
        cash: toText(cash),
      }),
    );
  }
  const notional = quantity.mul(fillPrice);
  if (quantity.isZero() || notional.lt(rules.minimumNotional)) {
    const minimum = rules.minimumNotional;
    reasons.push(reason('below_min_notional', { notional: toText(notional), minimum, quantity: toText(quantity) }));
    return { order: null, reasons };
  }
  const whole = quantity.add(closing?.quantity ?? 0);
  return {
    order: { side: orderSide, quantity: cutToLargestOrder(whole, fillPrice, rules, reasons) },
    leverage,
    reasons,
  };
}

/**
 * An order that closes a fraction (0..1) of a position, truncated to the step. The venue's minimum does not apply to a
 * full close: it would block the stops of small positions.
 */
export function planPerpClose(
  position: PerpPosition | null,
  fraction: number,
  { price, rules, slippageBps }: Pick<PerpEntryInput, 'price' | 'rules' | 'slippageBps'>,
): PerpOrderPlan {
  if (!(fraction >= 0 && fraction <= 1)) throw new RangeError(`A part must be 0..1, not ${fraction}.`);
  const held = position?.quantity ?? new Money(0);
  const quantity = fraction === 1 ? held : truncateToStep(held.mul(fraction), rules);
  const notional = quantity.mul(price);
  if (!position || quantity.isZero() || (fraction < 1 && notional.lt(rules.minimumNotional))) {
    const minimum = rules.minimumNotional;
    const refusal = reason('below_min_notional', { notional: toText(notional), minimum, quantity: toText(quantity) });
    return { order: null, reasons: [refusal] };
  }
  const side = position.side === 'long' ? 'SELL' : 'BUY';
  const reasons: Reason[] = [];
  const cut = cutToLargestOrder(quantity, marketFillPrice(side, price, rules, slippageBps), rules, reasons);
  return { order: { side, quantity: cut }, leverage: position.leverage, reasons };
}

/** Notional, margin and fee are each rounded to 18 places, so the stored cost can exceed the exact one by this much. */
const ROUNDING = new Money(10).pow(-MONEY_SCALE).mul(2);

/**
 * The quantity of `steps`, if the cash pays its stored cost. Otherwise drops as many steps as are worth {@link
 * ROUNDING}: one, at any real venue.
 */
function affordable(steps: Money, fillPrice: Money, leverage: Money, cash: Money, rules: VenueRules): Money {
  const quantity = steps.mul(rules.quantityStep);
  const notional = toStored(quantity.mul(fillPrice));
  const cost = toStored(notional.div(leverage)).add(toStored(notional.mul(rules.takerFeeRate)));
  if (cost.lte(cash) || steps.isZero()) return quantity;
  const costOfStep = fillPrice.mul(rules.quantityStep).div(leverage);
  const leftOut = ROUNDING.div(costOfStep).ceil();
  return Money.max(0, steps.sub(leftOut)).mul(rules.quantityStep);
}

/** @param notional of the position after the order. */
function withinVenue(wanted: Money, notional: Money, rules: VenueRules, reasons: Reason[]): Money {
  const maximum = rules.perpetual ? maxLeverageAt(notional, rules.perpetual) : 1;
  if (wanted.lte(maximum)) return wanted;
  reasons.push(reason('leverage_limited', { wanted: toText(wanted), used: maximum }));
  return new Money(maximum);
}

function cashAfterClosing({ cash, price, rules, slippageBps }: PerpEntryInput, position: PerpPosition): Money {
  const side = position.side === 'long' ? 'SELL' : 'BUY';
  const fill = fillOnPaper({ side, quantity: position.quantity }, price, rules, slippageBps);
  const assets = { baseAsset: 'base', quoteAsset: rules.quoteAsset };
  return settlePerpFill({ cash, position, fill, leverage: position.leverage, ...assets }).cashAfter;
}
