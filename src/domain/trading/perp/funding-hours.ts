import type { Candle, ObservedValue } from '../../market/market-snapshot.js';
import { Money, toStored } from '../../money/decimal.js';
import type { LedgerEntryDraft } from '../spot-ledger.js';
import { marginAccountOf } from './perp-ledger.js';
import { type PerpPosition, comesBack, type EndedPosition } from './perp-position.js';

/** An hour of funding that is not settled: the position was held at its end. */
export interface OwedHour extends FundingBasis {
  /** When the position was opened; identifies the position. */
  readonly openedAt: Date;
  /** Base units held at the end of the hour, negative for a short. */
  readonly quantity: Money;
}

/** The part of an instance's books that funding changes. */
export interface FundedBooks {
  /** Free cash, in quote currency. */
  readonly cash: Money;
  /** The open position; null when there is none. */
  readonly open: { readonly position: PerpPosition; readonly openedAt: Date } | null;
  /** How the closed positions ended, by opening time in ms. */
  readonly ended: ReadonlyMap<number, EndedPosition>;
}

/** An hour with the amount received; negative: paid. */
export interface SettledHour extends OwedHour {
  readonly amount: Money;
}

export interface FundingSettlement {
  readonly books: FundedBooks;
  readonly settled: readonly SettledHour[];
  readonly entries: readonly LedgerEntryDraft[];
}

/**
 * Pays and receives funding hour by hour, in the given order. Pure; the caller makes sure that each hour counts once.
 *
 * - Position still open: its margin changes.
 * - Position closed since: free cash changes by the difference that the amount would have made to the payout at the
 *   close. That is the amount itself, unless the position lost its whole margin, because losses are capped at the
 *   margin. A `liquidation` line books the part of the amount that the cap cuts off.
 * - An hour that free cash cannot pay is skipped and stays owed.
 *
 * @throws Error when a position is neither open nor in `ended`.
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

/** Market data quotes the rate for 8 hours; a venue that settles hourly charges an eighth of it. */
const HOURS_OF_RATE = 8;

/**
 * The cost of one hour of funding, to 18 places; negative: received. Longs pay shorts when the rate is positive, shorts
 * pay longs when it is negative. Source: Hyperliquid, "Funding": size * oracle price * rate.
 *
 * @param quantity base units held at the end of the hour, negative for a short.
 * @param eightHourRate fraction per 8 hours.
 */
export function fundingCost(quantity: Money, price: Money, eightHourRate: Money): Money {
  return toStored(quantity.mul(price).mul(eightHourRate).div(HOURS_OF_RATE));
}

/**
 * The position after one payment. Only the margin changes; the cost basis does not, so funding counts in the trade's
 * realized result.
 */
export function payFunding(position: PerpPosition, cost: Money): PerpPosition {
  return { ...position, margin: position.margin.sub(cost) };
}

export const HOUR_MS = 3_600_000;
/** A rate older than this is stale; rates are daily. */
const RATE_AGE_MS = 48 * HOUR_MS;

/** The inputs of an hour's funding, to at most 18 places each, so that a stored amount can be recomputed exactly. */
export interface FundingBasis {
  /** The end of the hour. */
  readonly hour: Date;
  /** Quote currency, above 0. */
  readonly price: Money;
  /** Fraction per 8 hours. */
  readonly rate: Money;
}

/**
 * Price and rate of each hour for which both are known, in the order of the hours. The price is the close of the candle
 * that closes exactly at that hour. The rate is the last one known by then, at most 48 hours old. An hour without a
 * price or a rate is skipped and does not block the others.
 *
 * @param candles of one hour, in any order.
 * @param rates ascending by the time they became known.
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
