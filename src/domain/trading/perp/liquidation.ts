import { Money, toStored } from '../../money/decimal.js';
import type { PerpetualRules } from '../venue-rules.js';
import { equityOf, type PerpPosition } from './perp-position.js';

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
  const maintenance = position.quantity.mul(price).mul(rules.maintenanceMarginRate);
  const equity = equityOf(position, price);
  if (equity.gte(maintenance)) return null;
  return equity.lt(maintenance.mul(BACKSTOP)) ? 'taken_over' : 'closed';
}

/**
 * The price at which equity equals the maintenance margin, to 18 places: beyond it the position is liquidated.
 * long: (entry notional - margin) / (quantity * (1 - rate)); short: (entry notional + margin) / (quantity * (1 + rate)).
 * A long with more margin than notional has one that is not above 0: it can't be liquidated.
 */
export function liquidationPriceOf(position: PerpPosition, rules: PerpetualRules): Money {
  const { side, quantity, entryNotional, margin } = position;
  const rate = new Money(rules.maintenanceMarginRate);
  return toStored(
    side === 'long'
      ? entryNotional.sub(margin).div(quantity.mul(rate.neg().add(1)))
      : entryNotional.add(margin).div(quantity.mul(rate.add(1))),
  );
}
