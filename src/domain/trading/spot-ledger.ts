import { DomainFault } from '../fault.js';
import { Money, toStored } from '../money/decimal.js';
import type { Fill } from './paper-fill.js';

export interface SpotPosition {
  /** Base units, above 0. */
  readonly quantity: Money;
  /** Total cost of the quantity, buy fees included, in quote currency. */
  readonly costBasis: Money;
  /** costBasis / quantity, to 18 places: fees included. For display and for the trailing stop. */
  readonly averageEntryPrice: Money;
}

/** A line of the append-only ledger: the stored balance of an asset is the sum of its lines. */
export interface LedgerEntryDraft {
  readonly asset: string;
  /** Signed, at most 18 decimal places. */
  readonly amount: Money;
  readonly kind: 'trade' | 'fee' | 'funding' | 'liquidation';
}

/** The balances before and after a fill, with its ledger lines. */
export interface SettledFill {
  readonly cashBefore: Money;
  readonly cashAfter: Money;
  readonly holdingBefore: Money;
  readonly holdingAfter: Money;
  /** null when the holding is sold completely. */
  readonly position: SpotPosition | null;
  /** Proceeds after the fee minus the cost of the sold quantity; null on a BUY. */
  readonly realizedPnl: Money | null;
  readonly entries: readonly LedgerEntryDraft[];
}

export interface SettlementInput {
  readonly cash: Money;
  readonly position: SpotPosition | null;
  readonly fill: Fill;
  readonly baseAsset: string;
  readonly quoteAsset: string;
}

/** A fill that the books cannot cover: `insufficient_cash` or `insufficient_holding`. */
export class SettlementFault extends DomainFault {}

const NOTHING = new Money(0);

/**
 * Books a fill. The cost basis includes buy fees and moves out by exact subtraction, so that at any price realized +
 * unrealized = total value - deposits, to the last of the 18 places. Pure; the caller's unique trade makes sure that a
 * fill counts once.
 *
 * @throws SettlementFault when cash or holding would fall below 0.
 */
export function settleSpotFill(input: SettlementInput): SettledFill {
  return input.fill.side === 'BUY' ? settleBuy(input) : settleSell(input);
}

function settleBuy({ cash, position, fill, baseAsset, quoteAsset }: SettlementInput): SettledFill {
  const cost = fill.notional.add(fill.fee);
  const cashAfter = cash.sub(cost);
  if (cashAfter.lt(0)) {
    throw new SettlementFault('insufficient_cash', `A fill costs ${cost.toFixed()} and there is ${cash.toFixed()}.`);
  }
  const holdingBefore = position?.quantity ?? NOTHING;
  const holdingAfter = holdingBefore.add(fill.quantity);
  return {
    cashBefore: cash,
    cashAfter,
    holdingBefore,
    holdingAfter,
    position: positionOf(holdingAfter, (position?.costBasis ?? NOTHING).add(cost)),
    realizedPnl: null,
    entries: [
      { asset: baseAsset, amount: fill.quantity, kind: 'trade' },
      { asset: quoteAsset, amount: fill.notional.neg(), kind: 'trade' },
      { asset: quoteAsset, amount: fill.fee.neg(), kind: 'fee' },
    ],
  };
}

function settleSell({ cash, position, fill, baseAsset, quoteAsset }: SettlementInput): SettledFill {
  if (!position || fill.quantity.gt(position.quantity)) {
    const held = (position?.quantity ?? NOTHING).toFixed();
    throw new SettlementFault('insufficient_holding', `A fill sells ${fill.quantity.toFixed()} of ${held}.`);
  }
  const holdingAfter = position.quantity.sub(fill.quantity);
  // A full close takes the whole cost without a division: a rounded rest would be a cost without a holding.
  const costOfSold = holdingAfter.isZero()
    ? position.costBasis
    : toStored(position.costBasis.mul(fill.quantity).div(position.quantity));
  const proceeds = fill.notional.sub(fill.fee);
  return {
    cashBefore: cash,
    cashAfter: cash.add(proceeds),
    holdingBefore: position.quantity,
    holdingAfter,
    position: holdingAfter.isZero() ? null : positionOf(holdingAfter, position.costBasis.sub(costOfSold)),
    realizedPnl: proceeds.sub(costOfSold),
    entries: [
      { asset: baseAsset, amount: fill.quantity.neg(), kind: 'trade' },
      { asset: quoteAsset, amount: fill.notional, kind: 'trade' },
      { asset: quoteAsset, amount: fill.fee.neg(), kind: 'fee' },
    ],
  };
}

function positionOf(quantity: Money, costBasis: Money): SpotPosition {
  return { quantity, costBasis, averageEntryPrice: toStored(costBasis.div(quantity)) };
}
