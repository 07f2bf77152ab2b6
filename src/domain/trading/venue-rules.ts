import { Money } from '../money/decimal.js';

export type Side = 'BUY' | 'SELL';
export type PositionSide = 'long' | 'short';

/** A venue's requirements for orders in one symbol. Decimal strings, so that JSON lists them exactly. */
export interface VenueRules {
  /** Quantities are multiples of this step, in base units. */
  readonly quantityStep: string;
  /** Prices are multiples of this tick, in quote currency. */
  readonly tickSize: string;
  /** Prices have at most this many significant figures; whole numbers always pass. Absent: only the tick counts. */
  readonly priceFigures?: number;
  /** Smallest notional of an order, in quote currency. */
  readonly minimumNotional: string;
  /** Largest market order in base units; absent: no limit. */
  readonly maximumQuantity?: string;
  /** Largest notional of a market order, in quote currency; absent: no limit. */
  readonly maximumNotional?: string;
  /** Fraction of the notional, for example `0.001` for 0.1 %. */
  readonly takerFeeRate: string;
  readonly makerFeeRate: string;
  /** The currency of prices, fees and cash, for example `USDT`. */
  readonly quoteAsset: string;
  /** Margin rules; absent on spot. */
  readonly perpetual?: PerpetualRules;
}

export interface PerpetualRules {
  /** Fraction of the notional below which equity is liquidated, for example `0.0125`. */
  readonly maintenanceMarginRate: string;
  readonly maxLeverage: number;
  /** Rules for larger positions, the smallest first; absent: one rule for all. */
  readonly upperTiers?: readonly MarginTier[];
}

/** Stricter margin for the part of a position's notional above `from`, in quote currency. */
export interface MarginTier {
  readonly from: string;
  /** Above the rate of the tier below. */
  readonly maintenanceMarginRate: string;
  /** For the whole position, once its notional is above `from`. */
  readonly maxLeverage: number;
}

/** The highest leverage for a position of this notional. */
export function maxLeverageAt(notional: Money, rules: PerpetualRules): number {
  return rules.upperTiers?.findLast(({ from }) => notional.gt(from))?.maxLeverage ?? rules.maxLeverage;
}

/** Maintenance margin as a linear function of the notional: `notional * rate - deduction`. */
interface MaintenanceLine {
  readonly rate: Money;
  readonly deduction: Money;
}

const maintenanceLines = new WeakMap<PerpetualRules, readonly MaintenanceLine[]>();

/**
 * One line for each margin tier. The maintenance margin of a position is the maximum over the lines: rates rise from
 * tier to tier, and each deduction joins its line to the one below. Cached by the identity of the rules.
 */
export function maintenanceLinesOf(rules: PerpetualRules): readonly MaintenanceLine[] {
  const found = maintenanceLines.get(rules);
  if (found) return found;
  const lines = [{ rate: new Money(rules.maintenanceMarginRate), deduction: new Money(0) }];
  for (const { from, maintenanceMarginRate } of rules.upperTiers ?? []) {
    const below = lines.at(-1)!;
    const rate = new Money(maintenanceMarginRate);
    lines.push({ rate, deduction: below.deduction.add(rate.sub(below.rate).mul(from)) });
  }
  maintenanceLines.set(rules, lines);
  return lines;
}

/** Truncates to a multiple of the step; never rounds up. */
export function truncateToStep(quantity: Money, rules: VenueRules): Money {
  return quantity.divToInt(rules.quantityStep).mul(rules.quantityStep);
}

/**
 * The price step near `price`: the tick, or the coarser step that the significant figures allow. Never above 1, because
 * whole numbers always pass.
 */
export function tickAt(price: Money, rules: VenueRules): Money {
  const tick = new Money(rules.tickSize);
  if (rules.priceFigures === undefined) return tick;
  const ofFigures = new Money(10).pow(price.e + 1 - rules.priceFigures);
  return Money.max(tick, Money.min(1, ofFigures));
}

/** Rounds to the nearest price that the venue accepts, halves up. */
export function roundToTick(price: Money, rules: VenueRules): Money {
  return price.toNearest(tickAt(price, rules), Money.ROUND_HALF_UP);
}

/** Fill prices by the identity of the market price, which all instances of a run share. */
const fillPrices = new WeakMap<Money, { side: Side; rules: VenueRules; slippageBps: number; fillPrice: Money }[]>();

/**
 * The expected fill price of a market order: the market's price worsened by `slippageBps` basis points, then rounded to
 * the tick against the trader (BUY up, SELL down). A SELL below one tick gives 0. Cached by price and rules (both by
 * identity), side and slippage.
 *
 * @throws RangeError when the price is not above 0 or the slippage is outside 0..10000.
 */
export function marketFillPrice(side: Side, price: Money, rules: VenueRules, slippageBps: number): Money {
  let known = fillPrices.get(price);
  if (!known) fillPrices.set(price, (known = []));
  const found = known.find(
    (entry) => entry.side === side && entry.rules === rules && entry.slippageBps === slippageBps,
  );
  if (found) return found.fillPrice;
  const fillPrice = worsened(side, price, rules, slippageBps);
  known.push({ side, rules, slippageBps, fillPrice });
  return fillPrice;
}

function worsened(side: Side, price: Money, rules: VenueRules, slippageBps: number): Money {
  if (!price.isFinite() || !price.gt(0))
    throw new RangeError(`A market price must be above 0, not ${price.toString()}.`);
  if (!(slippageBps >= 0 && slippageBps <= 10_000)) {
    throw new RangeError(`Slippage must be 0..10000 basis points, not ${slippageBps}.`);
  }
  const slippage = new Money(slippageBps).div(10_000);
  const worse = side === 'BUY' ? price.mul(slippage.add(1)) : price.mul(slippage.neg().add(1));
  return worse.toNearest(tickAt(worse, rules), side === 'BUY' ? Money.ROUND_UP : Money.ROUND_DOWN);
}

/** A venue's amounts, parsed. */
interface RuleAmounts {
  readonly quantityStep: Money;
  readonly minimumNotional: Money;
  readonly takerFeeRate: Money;
  readonly makerFeeRate: Money;
}

const known = new WeakMap<VenueRules, RuleAmounts>();

/** Cached by the identity of the rules: parsing a number costs more than multiplying by it. */
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
