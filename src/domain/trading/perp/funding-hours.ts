import type { Candle, ObservedValue } from '../../market/market-snapshot.js';
import { Money, toStored } from '../../money/decimal.js';
import type { LedgerEntryDraft } from '../spot-ledger.js';
import { marginAccountOf } from './perp-ledger.js';
import { type PerpPosition, comesBack, type EndedPosition } from './perp-position.js';

/** An hour that a position was held at the end of, and that is to be settled. */
export interface OwedHour extends FundingBasis {
  /** Which position: when it was opened. */
  readonly openedAt: Date;
  /** Base units that were held then, negative for a short. */
  readonly quantity: Money;
}

/** The part of an instance's books that funding changes. */
export interface FundedBooks {
  /** Free cash, in quote currency. */
  readonly cash: Money;
  /** The open position; null when there is none. */
  readonly open: { readonly position: PerpPosition; readonly openedAt: Date } | null;
  /** How those ended that are closed, by the time (ms) they were opened at. */
  readonly ended: ReadonlyMap<number, EndedPosition>;
}

/** An hour with what was received for it; negative: paid. */
export interface SettledHour extends OwedHour {
  readonly amount: Money;
}

export interface FundingSettlement {
  readonly books: FundedBooks;
  readonly settled: readonly SettledHour[];
  readonly entries: readonly LedgerEntryDraft[];
}

/**
 * Pays and receives the funding of hours, in their order. Pure; that an hour counts once is the caller's business.
 *
 * - The position is open: its margin changes.
 * - It has been closed since: free cash changes by what more or less would have come back, had the margin had the amount
 *   at the close. That is the amount itself, but where the position lost its margin: it never loses more. What the venue
 *   bears or keeps is a line of kind `liquidation`.
 * - An hour that free cash cannot pay is left out and stays owed.
 *
 * @throws Error when it is not known how a position ended.
 */
export function settleFundingHours(
  books: FundedBooks,
  hours: readonly OwedHour[],
  quoteAsset: string,
): FundingSettlement {
  const settled: SettledHour[] = [];
  const entries: LedgerEntryDraft[] = [];
  const ended = new Map(books.ended);
  let { cash } = books;
  let position = books.open?.position ?? null;
  for (const hour of hours) {
    const amount = fundingCost(hour.quantity, hour.price, hour.rate).neg();
    if (position && books.open?.openedAt.getTime() === hour.openedAt.getTime()) {
      position = payFunding(position, amount.neg());
      entries.push({ asset: marginAccountOf(quoteAsset), amount, kind: 'funding' });
    } else {
      const before = endedAt(ended, hour.openedAt);
      const after = { ...before, equity: before.equity.add(amount) };
      const change = comesBack(after).sub(comesBack(before));
      if (cash.add(change).lt(0)) continue;
      cash = cash.add(change);
      ended.set(hour.openedAt.getTime(), after);
      entries.push({ asset: quoteAsset, amount, kind: 'funding' });
      entries.push({ asset: quoteAsset, amount: change.sub(amount), kind: 'liquidation' });
    }
    settled.push({ ...hour, amount });
  }
  const open = books.open && position ? { position, openedAt: books.open.openedAt } : null;
  return { books: { cash, open, ended }, settled, entries: entries.filter(({ amount }) => !amount.isZero()) };
}

function endedAt(ended: ReadonlyMap<number, EndedPosition>, openedAt: Date): EndedPosition {
  const found = ended.get(openedAt.getTime());
  if (!found) throw new Error(`It is not known how the position of ${openedAt.toISOString()} ended.`);
  return found;
}

/** Data has the rate of 8 hours; a venue that settles every hour takes an eighth of it. */
const HOURS_OF_RATE = 8;

/**
 * What one hour of funding costs, to 18 places; negative: it is received. Longs pay shorts when the rate is positive,
 * shorts pay longs when it is negative. Source: Hyperliquid, "Funding": size * oracle price * rate.
 *
 * @param quantity base units that were held at the end of the hour, negative for a short.
 * @param eightHourRate fraction per 8 hours.
 */
export function fundingCost(quantity: Money, price: Money, eightHourRate: Money): Money {
  return toStored(quantity.mul(price).mul(eightHourRate).div(HOURS_OF_RATE));
}

/** The position after one payment. It comes out of the margin; the cost basis stays, so the trade's result has it. */
export function payFunding(position: PerpPosition, cost: Money): PerpPosition {
  return { ...position, margin: position.margin.sub(cost) };
}

export const HOUR_MS = 3_600_000;
/** A daily rate counts for so long. */
const RATE_AGE_MS = 48 * HOUR_MS;

/** What the funding of an hour is computed from; both with at most 18 places, so that it can be computed again. */
export interface FundingBasis {
  /** The end of the hour. */
  readonly hour: Date;
  /** Quote currency, above 0. */
  readonly price: Money;
  /** Fraction per 8 hours. */
  readonly rate: Money;
}

/**
 * The price and the rate of each hour of which both are known, in the order of the hours. The price is the close of the
 * candle that closed at that very moment, whatever is known besides; the rate is the last one that was known then, at most
 * 48 hours old. An hour that lacks one is left out and keeps no other from being there.
 *
 * @param candles of one hour, in any order.
 * @param rates ascending by the time they were known.
 */
export function fundingBasesOf(
  hours: readonly Date[],
  candles: readonly Candle[],
  rates: readonly ObservedValue[],
): FundingBasis[] {
  const closes = new Map(candles.map(({ closeTime, close }) => [closeTime, close]));
  return hours.flatMap((hour) => {
    const time = hour.getTime();
    const close = closes.get(time);
    const rate = rates.findLast(({ observed_at }) => Date.parse(observed_at) <= time);
    if (close === undefined || !rate || time - Date.parse(rate.observed_at) > RATE_AGE_MS) return [];
    return [{ hour, price: toStored(new Money(close)), rate: toStored(new Money(rate.value)) }];
  });
}
