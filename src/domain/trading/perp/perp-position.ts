import { Money, toStored } from '../../money/decimal.js';
import { maintenanceLinesOf, type PositionSide, type PerpetualRules } from '../venue-rules.js';

/** A perpetual position with isolated margin. Amounts in quote currency, at most 18 decimal places. */
export interface PerpPosition {
  readonly side: PositionSide;
  /** Base units, above 0. */
  readonly quantity: Money;
  /** Notional at the opening, without fees. */
  readonly entryNotional: Money;
  /** Margin in the position: that of the opening, plus or minus funding since. */
  readonly margin: Money;
  /** Margin and fees paid at the opening. */
  readonly costBasis: Money;
  /** Notional / margin at the opening, of all openings together. */
  readonly leverage: Money;
}

export function signOf(side: PositionSide): 1 | -1 {
  return side === 'long' ? 1 : -1;
}

/** Average price without fees, to 18 places; for display and stops. */
export function averagePriceOf(position: PerpPosition): Money {
  return toStored(position.entryNotional.div(position.quantity));
}

/** Profit (negative: loss) at a price, without fees and funding. */
export function pricePnlOf(position: PerpPosition, price: Money): Money {
  const value = toStored(position.quantity.mul(price));
  return value.sub(position.entryNotional).mul(signOf(position.side));
}

/** Margin plus profit at a price. Negative when more than the margin is lost. */
export function equityOf(position: PerpPosition, price: Money): Money {
  return position.margin.add(pricePnlOf(position, price));
}

/** Below this fraction of the maintenance margin the venue's backstop takes over the position with all its equity. */
const BACKSTOP = new Money(2).div(3);
const NOTHING = new Money(0);

/** `closed`: at the market, and remaining equity is paid out. `taken_over`: by the backstop, without a payout. */
export type Liquidation = 'closed' | 'taken_over';

export interface EndedPosition {
  /** Margin and profit at the close, less the fee; negative: more than the margin was lost. */
  readonly equity: Money;
  /** Taken over by the venue's backstop. */
  readonly takenOver: boolean;
}

/** The payout to free cash: never below 0, and 0 after a takeover by the backstop. */
export function comesBack({ equity, takenOver }: EndedPosition): Money {
  return takenOver ? NOTHING : Money.max(equity, NOTHING);
}

/** How a price liquidates the position; null: not at all. Equity equal to the maintenance margin does not liquidate. */
export function liquidationAt(position: PerpPosition, price: Money, rules: PerpetualRules): Liquidation | null {
  const notional = position.quantity.mul(price);
  const lines = maintenanceLinesOf(rules).map(({ rate, deduction }) => notional.mul(rate).sub(deduction));
  const maintenance = Money.max(...lines);
  const equity = equityOf(position, price);
  if (equity.gte(maintenance)) return null;
  return equity.lt(maintenance.mul(BACKSTOP)) ? 'taken_over' : 'closed';
}

/**
 * The price beyond which the position is liquidated: where equity equals the maintenance margin, to 18 places.
 * - long: (entry notional - margin - deduction) / (quantity * (1 - rate))
 * - short: (entry notional + margin + deduction) / (quantity * (1 + rate))
 *
 * With several margin tiers, the price nearest to the entry counts. A long with more margin than notional has a price
 * of 0 or below: it cannot be liquidated.
 */
export function liquidationPriceOf(position: PerpPosition, rules: PerpetualRules): Money {
  const { side, quantity, entryNotional, margin } = position;
  const prices = maintenanceLinesOf(rules).map(({ rate, deduction }) =>
    side === 'long'
      ? entryNotional
          .sub(margin)
          .sub(deduction)
          .div(quantity.mul(rate.neg().add(1)))
      : entryNotional
          .add(margin)
          .add(deduction)
          .div(quantity.mul(rate.add(1))),
  );
  return toStored(side === 'long' ? Money.max(...prices) : Money.min(...prices));
}
