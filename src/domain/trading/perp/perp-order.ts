import type { Reason } from '../../decision/decision.js';
import { reason } from '../../decision/reason-codes.js';
import { MONEY_SCALE, Money, toStored, toText } from '../../money/decimal.js';
import { filledOf, slippageOf, type Liquidity } from '../liquidity.js';
import { cutToLargestOrder } from '../order-limits.js';
import { fillOnPaper, type MarketOrder } from '../paper-fill.js';
import { settlePerpFill } from './perp-ledger.js';
import type { PerpPosition } from './perp-position.js';
import { marketFillPrice, maxLeverageAt, truncateToStep, type PositionSide, type VenueRules } from '../venue-rules.js';

/** An order with the leverage that its opening part uses, or why there is none. */
export type PerpOrderPlan =
  | { readonly order: MarketOrder; readonly leverage: Money; readonly reasons: readonly Reason[] }
  | { readonly order: null; readonly reasons: readonly Reason[] };

export interface PerpEntryInput {
  readonly side: PositionSide;
  /** Base units to have opened. */
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
  /** As those of a venue. */
  readonly liquidity?: Liquidity | null;
  readonly firstRules?: boolean;
}

/**
 * Turns an entry into a market order. A position on the other side is closed by the same order. The quantity is
 * truncated to the step and cut to what free cash (with what the close brings) can pay, margin and fee, and to the
 * venue's largest order, which may leave nothing but a part of the close. An entry below
 * the venue's minimum is not made, and closes nothing: reason `below_min_notional`.
 *
 * @throws RangeError when quantity or leverage is out of bounds.
 */
export function planPerpEntry(input: PerpEntryInput): PerpOrderPlan {
  const plan = planEntryAt(input);
  if (!plan.order) return plan;
  // A large order fills at a worse price, at which it has to be paid.
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
  // The fill of a flip is split, which rounds once more.
  const payable = closing ? cash.sub(ROUNDING) : cash;
  // Version 0.1.0 always left a step out.
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
 * An order that closes a part of a position (0..1), truncated to the step; all of it always can be closed, however
 * little it is worth: a stop that the minimum held back would be no stop.
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

/** Notional, margin and fee are each stored to 18 places: together they may cost so much more than they are. */
const ROUNDING = new Money(10).pow(-MONEY_SCALE).mul(2);

/**
 * What the stored amounts of so many steps can be paid from the cash: as many steps as are worth the {@link ROUNDING}
 * are left out where they cost more than the steps do; one, at any real venue.
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

/** @param notional of the position afterwards. */
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
