import { Money, toStored } from '../../money/decimal.js';
import { signedQuantityOf } from '../held-position.js';
import type { Fill } from '../paper-fill.js';
import { SettlementFault, type LedgerEntryDraft, type SettledFill } from '../spot-ledger.js';
import type { PositionSide } from '../venue-rules.js';
import { type PerpPosition, comesBack, type EndedPosition, type Liquidation } from './perp-position.js';

export interface PerpSettlementInput {
  readonly cash: Money;
  readonly position: PerpPosition | null;
  readonly fill: Fill;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  /** Notional / margin of the part that opens; ignored when the fill only closes. */
  readonly leverage: Money;
  /** Set when the fill ends a liquidation. */
  readonly liquidation?: Liquidation;
}

export type SettledPerpFill = Omit<SettledFill, 'position'> & {
  readonly position: PerpPosition | null;
  /** How the position ended; null when the fill closed none, or only a part. */
  readonly ended: EndedPosition | null;
};

const NOTHING = new Money(0);

/** The ledger account for margin in positions, separate from free cash. */
export function marginAccountOf(quoteAsset: string): string {
  return `${quoteAsset}:margin`;
}

/**
 * Books a perpetual fill: it opens or adds on its own side, reduces or closes on the other, and opens any rest on its
 * own side (a flip). Holdings are signed: a short is negative. Amounts move out by exact subtraction, so that at any
 * price realized + unrealized = total value - deposits, to the last of the 18 places. A position never loses more than
 * its margin: the venue bears the rest, as a line of kind `liquidation`. Pure; the caller's unique trade makes sure
 * that a fill counts once.
 *
 * @throws SettlementFault `insufficient_cash` when free cash cannot pay margin and fee.
 */
export function settlePerpFill(input: PerpSettlementInput): SettledPerpFill {
  const { cash, position, fill } = input;
  const side = fill.side === 'BUY' ? 'long' : 'short';
  const closing = position && position.side !== side ? Money.min(position.quantity, fill.quantity) : NOTHING;
  const parts = splitFill(fill, closing);
  const closed = position && parts.closing ? close(input, position, parts.closing) : null;
  const kept = closed ? closed.position : position;
  const cashBetween = cash.add(closed?.cashChange ?? 0);
  const opened = parts.opening ? open(input, kept, parts.opening, side) : null;
  const cashAfter = cashBetween.add(opened?.cashChange ?? 0);
  if (cashAfter.lt(0)) {
    const needed = cashBetween.sub(cashAfter).toFixed();
    throw new SettlementFault(
      'insufficient_cash',
      `A fill needs ${needed} and there is ${cashBetween.toFixed()} of free cash.`,
    );
  }
  const after = opened ? opened.position : kept;
  return {
    cashBefore: cash,
    cashAfter,
    holdingBefore: signedQuantityOf(position),
    holdingAfter: signedQuantityOf(after),
    position: after,
    realizedPnl: closed?.realizedPnl ?? null,
    ended: closed?.ended ?? null,
    entries: [
      { asset: input.baseAsset, amount: fill.side === 'BUY' ? fill.quantity : fill.quantity.neg(), kind: 'trade' },
      ...(closed?.entries ?? []),
      ...(opened?.entries ?? []),
    ],
  };
}

/** A part of a fill with its share of notional and fee. */
interface Part {
  readonly quantity: Money;
  readonly notional: Money;
  readonly fee: Money;
}

/** Splits a fill into a closing and an opening part, which add up exactly. */
function splitFill(fill: Fill, closing: Money): { closing: Part | null; opening: Part | null } {
  if (closing.isZero()) return { closing: null, opening: fill };
  if (closing.eq(fill.quantity)) return { closing: fill, opening: null };
  const share = {
    quantity: closing,
    notional: toStored(closing.mul(fill.price)),
    fee: shareOf(fill.fee, closing, fill.quantity),
  };
  const rest = {
    quantity: fill.quantity.sub(closing),
    notional: fill.notional.sub(share.notional),
    fee: fill.fee.sub(share.fee),
  };
  return { closing: share, opening: rest };
}

function open(input: PerpSettlementInput, before: PerpPosition | null, part: Part, side: PositionSide) {
  const { quoteAsset } = input;
  const margin = toStored(part.notional.div(input.leverage));
  const position: PerpPosition = {
    side,
    quantity: part.quantity.add(before?.quantity ?? 0),
    entryNotional: part.notional.add(before?.entryNotional ?? 0),
    margin: margin.add(before?.margin ?? 0),
    costBasis: margin.add(part.fee).add(before?.costBasis ?? 0),
    leverage: before ? blendedLeverage(before, part.notional, input.leverage) : input.leverage,
  };
  const entries: LedgerEntryDraft[] = [
    { asset: quoteAsset, amount: margin.neg(), kind: 'trade' },
    { asset: marginAccountOf(quoteAsset), amount: margin, kind: 'trade' },
    { asset: quoteAsset, amount: part.fee.neg(), kind: 'fee' },
  ];
  return { position, cashChange: margin.add(part.fee).neg(), entries };
}

/** Leverage of both openings together: their notional / their initial margin. Funding since then does not count. */
function blendedLeverage(before: PerpPosition, notional: Money, leverage: Money): Money {
  if (before.leverage.eq(leverage)) return leverage;
  const margin = before.entryNotional.div(before.leverage).add(notional.div(leverage));
  return toStored(before.entryNotional.add(notional).div(margin));
}

function close(input: PerpSettlementInput, before: PerpPosition, part: Part) {
  const { quoteAsset, liquidation } = input;
  const whole = part.quantity.eq(before.quantity);
  const out = (amount: Money): Money => (whole ? amount : shareOf(amount, part.quantity, before.quantity));
  const closed = {
    ...before,
    quantity: part.quantity,
    entryNotional: out(before.entryNotional),
    margin: out(before.margin),
    costBasis: out(before.costBasis),
  };
  const profit =
    before.side === 'long' ? part.notional.sub(closed.entryNotional) : closed.entryNotional.sub(part.notional);
  const left = closed.margin.add(profit).sub(part.fee);
  const end: EndedPosition = { equity: left, takenOver: liquidation === 'taken_over' };
  const returned = comesBack(end);
  const borne = returned.sub(left);
  const entries: LedgerEntryDraft[] = [
    { asset: marginAccountOf(quoteAsset), amount: closed.margin.neg(), kind: 'trade' },
    { asset: quoteAsset, amount: closed.margin.add(profit), kind: 'trade' },
    { asset: quoteAsset, amount: part.fee.neg(), kind: 'fee' },
    ...(borne.isZero() ? [] : [{ asset: quoteAsset, amount: borne, kind: 'liquidation' } as const]),
  ];
  const position: PerpPosition | null = whole
    ? null
    : {
        ...before,
        quantity: before.quantity.sub(closed.quantity),
        entryNotional: before.entryNotional.sub(closed.entryNotional),
        margin: before.margin.sub(closed.margin),
        costBasis: before.costBasis.sub(closed.costBasis),
      };
  const realizedPnl = returned.sub(closed.costBasis);
  return { position, cashChange: returned, realizedPnl, ended: whole ? end : null, entries };
}

function shareOf(amount: Money, part: Money, whole: Money): Money {
  return toStored(amount.mul(part).div(whole));
}
