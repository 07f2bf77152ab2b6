import { Money, toStored } from '../../money/decimal.js';
import { maintenanceLinesOf, type PositionSide, type PerpetualRules } from '../venue-rules.js';

/** A perpetual position with isolated margin. Amounts in quote currency, at most 18 decimal places. */
export interface PerpPosition {
  readonly side: PositionSide;
  /** Base units, above 0. */
  readonly quantity: Money;
  /** What the quantity was bought or sold short for, without fees. */
  readonly entryNotional: Money;
  /** What is held in the position: margin of the opening, less or plus the funding since. */
  readonly margin: Money;
  /** What was put in: margin and fees of the opening. */
  readonly costBasis: Money;
  /** Notional / margin of all that was opened, at its opening. */
  readonly leverage: Money;
}

/** 1 for a long, -1 for a short. */
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

/** What the position is worth at a price: margin plus profit. Negative when more than the margin is lost. */
export function equityOf(position: PerpPosition, price: Money): Money {
  return position.margin.add(pricePnlOf(position, price));
}

/** Below this part of the maintenance margin the venue's backstop takes the position and all that is left of it. */
const BACKSTOP = new Money(2).div(3);
const NOTHING = new Money(0);

/** `closed`: at the market, the rest comes back. `taken_over`: by the backstop, nothing comes back. */
export type Liquidation = 'closed' | 'taken_over';

/** How a position ended. */
export interface EndedPosition {
  /** Margin and profit at its close, less the fee; negative: more than the margin was lost. */
  readonly equity: Money;
  /** By the venue's backstop. */
  readonly takenOver: boolean;
}

/** What of a position comes back to free cash: never less than nothing, and nothing from the backstop. */
export function comesBack({ equity, takenOver }: EndedPosition): Money {
  return takenOver ? NOTHING : Money.max(equity, NOTHING);
}

/** Whether a price liquidates the position, and how; null: it stays. A position exactly at the limit stays. */
export function liquidationAt(position: PerpPosition, price: Money, rules: PerpetualRules): Liquidation | null {
  const notional = position.quantity.mul(price);
  const lines = maintenanceLinesOf(rules).map(({ rate, deduction }) => notional.mul(rate).sub(deduction));
  const maintenance = Money.max(...lines);
  const equity = equityOf(position, price);
  if (equity.gte(maintenance)) return null;
  return equity.lt(maintenance.mul(BACKSTOP)) ? 'taken_over' : 'closed';
}

/**
 * The price at which equity equals the maintenance margin, to 18 places: beyond it the position is liquidated.
 * long: (entry notional - margin - deduction) / (quantity * (1 - rate)); short: (entry notional + margin + deduction) /
 * (quantity * (1 + rate)); of the margin tiers the one that comes first. A long with more margin than notional has a price that is not above 0: it can't be liquidated.
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
