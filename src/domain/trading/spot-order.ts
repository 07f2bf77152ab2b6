import type { Reason } from '../decision/decision.js';
import { reason } from '../decision/reason-codes.js';
import { MONEY_SCALE, Money, toText } from '../money/decimal.js';
import { filledOf, slippageOf, type Liquidity } from './liquidity.js';
import { cutToLargestOrder } from './order-limits.js';
import { fillOnPaper, type MarketOrder } from './paper-fill.js';
import { marketFillPrice, truncateToStep, type Side, type VenueRules, amountsOf } from './venue-rules.js';

/** An order, or none. `reasons` names every limit that reduced or refused it. */
export type OrderPlan =
  | { readonly order: MarketOrder; readonly reasons: readonly Reason[] }
  | { readonly order: null; readonly reasons: readonly Reason[] };

export interface SpotOrderInput {
  readonly side: Side;
  /** BUY: fraction of total value. SELL: fraction of the holding. 0..1. */
  readonly size: number;
  /** Free cash, in quote currency. */
  readonly cash: Money;
  /** Base units held. */
  readonly holding: Money;
  /** Cash and holding at the market's price, in quote currency. */
  readonly totalValue: Money;
  /** The market's price, in quote currency. */
  readonly price: Money;
  readonly rules: VenueRules;
  readonly slippageBps: number;
  /** As in `Venue`. */
  readonly liquidity?: Liquidity | null;
}

const LAST_PLACE = new Money(10).pow(-MONEY_SCALE);

/**
 * Turns a decision's size into a market order that the venue accepts and the cash can pay.
 *
 * - BUY spends `totalValue * size` at the expected fill price, cut to the cash including the fee.
 * - SELL sells `holding * size`; size 1 leaves at most a remainder smaller than the step.
 * - The quantity is truncated to the step and cut to the venue's largest market order. An order of quantity 0, or with
 *   an expected notional below the venue's minimum, is refused: reason `below_min_notional`.
 *
 * @throws RangeError when the size is outside 0..1 or the price is not above 0.
 */
export function planSpotOrder(input: SpotOrderInput): OrderPlan {
  if (!(input.size >= 0 && input.size <= 1)) throw new RangeError(`An order's size must be 0..1, not ${input.size}.`);
  const plan = planAt(input);
  if (!plan.order) return plan;
  // A large order fills at a worse price, and the cash must pay that price.
  const slippageBps = slippageOf(filledOf(plan.order.quantity, input.liquidity), input.slippageBps, input.liquidity);
  return slippageBps === input.slippageBps ? plan : planAt({ ...input, slippageBps });
}

function planAt(input: SpotOrderInput): OrderPlan {
  return input.side === 'BUY' ? planBuy(input) : planSell(input);
}

function planBuy(input: SpotOrderInput): OrderPlan {
  const fillPrice = marketFillPrice('BUY', input.price, input.rules, input.slippageBps);
  const { quantityStep } = amountsOf(input.rules);
  const { costOfStep, costOfStepWithFee } = stepCosts(fillPrice, input.rules);
  // divToInt counts whole steps, so the truncation is exact: no quotient is rounded.
  const wantedSteps = input.totalValue.mul(input.size).divToInt(costOfStep);
  const affordableSteps = Money.max(input.cash, 0).divToInt(costOfStepWithFee);
  if (wantedSteps.lte(affordableSteps)) return checkLimits(input, wantedSteps.mul(quantityStep), []);

  const quantity = affordable(input, affordableSteps, costOfStep);
  const cut = reason('cash_limited', {
    wanted: toText(wantedSteps.mul(costOfStep)),
    affordable: toText(quantity.mul(fillPrice)),
    cash: toText(input.cash),
  });
  return checkLimits(input, quantity, [cut]);
}

const costs = new WeakMap<Money, { rules: VenueRules; costOfStep: Money; costOfStepWithFee: Money }>();

/** Costs of one step; cached by the identity of fill price and rules. */
function stepCosts(fillPrice: Money, rules: VenueRules): { costOfStep: Money; costOfStepWithFee: Money } {
  const known = costs.get(fillPrice);
  if (known?.rules === rules) return known;
  const { quantityStep, takerFeeRate } = amountsOf(rules);
  const costOfStep = fillPrice.mul(quantityStep);
  const made = { rules, costOfStep, costOfStepWithFee: costOfStep.mul(takerFeeRate.add(1)) };
  costs.set(fillPrice, made);
  return made;
}

/**
 * Notional and fee are each rounded to 18 places, so the stored cost can exceed the cash by one unit of the last place.
 * In that case drops as many steps as are worth that unit: one, at any real venue.
 */
function affordable(input: SpotOrderInput, steps: Money, costOfStep: Money): Money {
  const quantity = steps.mul(amountsOf(input.rules).quantityStep);
  const fill = fillOnPaper({ side: 'BUY', quantity }, input.price, input.rules, input.slippageBps);
  if (fill.notional.add(fill.fee).lte(input.cash)) return quantity;
  const leftOut = LAST_PLACE.div(costOfStep).ceil();
  return steps.sub(leftOut).mul(amountsOf(input.rules).quantityStep);
}

function planSell(input: SpotOrderInput): OrderPlan {
  return checkLimits(input, truncateToStep(input.holding.mul(input.size), input.rules), []);
}

function checkLimits(input: SpotOrderInput, wanted: Money, reasons: Reason[]): OrderPlan {
  const fillPrice = marketFillPrice(input.side, input.price, input.rules, input.slippageBps);
  const quantity = cutToLargestOrder(wanted, fillPrice, input.rules, reasons);
  const notional = quantity.mul(fillPrice);
  if (quantity.gt(0) && notional.gte(amountsOf(input.rules).minimumNotional)) {
    return { order: { side: input.side, quantity }, reasons };
  }
  const refusal = reason('below_min_notional', {
    notional: toText(notional),
    minimum: input.rules.minimumNotional,
    quantity: toText(quantity),
  });
  return { order: null, reasons: [...reasons, refusal] };
}
