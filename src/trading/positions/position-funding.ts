import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { DataSource, type EntityManager } from 'typeorm';
import { Money, plainText, toText } from '../../domain/money/decimal.js';
import {
  settleFundingHours,
  type FundedBooks,
  type FundingSettlement,
  HOUR_MS,
  fundingBasesOf,
  type FundingBasis,
} from '../../domain/trading/perp/funding-hours.js';
import type { PerpPosition } from '../../domain/trading/perp/perp-position.js';
import type { Toolbox } from '../../market-data/toolbox.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { emptyBookRows, writeBooks, type BookRows } from '../books/books.store.js';
import { booksOf } from '../books/stored-books.js';
import {
  FundingStore,
  type CashRow,
  type EndedRow,
  type MarginRow,
  type OwedHourRow,
  type OwingRow,
  type SettledHourRow,
} from './funding.store.js';
import { BATCH_SIZE, inBatches } from './in-batches.js';
import { SettlementFailures } from './settlement-failures.js';
import type { MonitoredMarket } from './monitored-position.store.js';

/** Hours that are asked for; older ones are out of the reach of every source. */
const MOST_HOURS = 1000;
/** An hour that could not be settled for so long is given up. */
export const GIVE_UP_AFTER_MS = 14 * 24 * HOUR_MS;

const OUTCOMES = ['settled', 'given_up'] as const;

/** What a look has to settle in a market. */
export interface FundingPlan {
  readonly market: MonitoredMarket;
  readonly quoteAsset: string;
  readonly now: Date;
  /** The earliest hour that is owed. */
  readonly first: Date;
  /** The full hours up to now that are not recorded yet, ascending. */
  readonly hours: readonly Date[];
  /** Price and rate of the hours, owed ones included, of which both are known. */
  readonly known: readonly FundingBasis[];
}

/** Lets perpetual positions pay and receive their funding for every hour that they were held, whenever its rate is known. */
@Injectable()
export class PositionFunding {
  private readonly ended: Counter<'outcome'>;

  constructor(
    private readonly database: DataSource,
    private readonly store: FundingStore,
    private readonly faults: SettlementFailures,
    @Inject(Metrics) { registry }: Pick<Metrics, 'registry'>,
  ) {
    this.ended = new Counter({
      name: 'conclave_funding_hours_total',
      help: 'Hours of funding of perpetual positions by what became of them',
      labelNames: ['outcome'],
      registers: [registry],
    });
    for (const outcome of OUTCOMES) this.ended.inc({ outcome }, 0);
  }

  /** What there is to settle at the toolbox's time; null: nothing is owed. */
  async plan(market: MonitoredMarket, quoteAsset: string, toolbox: Toolbox): Promise<FundingPlan | null> {
    const now = toolbox.at;
    const { first, unrecorded } = await this.store.owed(market, now);
    if (!first) return null;
    const hours = unrecorded ? hoursBetween(unrecorded, now) : [];
    return { market, quoteAsset, now, first, hours, known: await knownHours(market.symbol, first, toolbox) };
  }

  /**
   * Records the full hours up to `until` that positions were held, and settles those that are owed and known, the ones of
   * closed positions included. In portions, each one transaction; what cannot be settled is recorded; an hour is settled
   * once, however often it is called.
   * @param settleUntil later hours stay owed.
   * @returns how many hours were settled.
   */
  async pay({ market, quoteAsset, now, known }: FundingPlan, until: Date, settleUntil: Date): Promise<number> {
    const lastHour = new Date(Math.floor(until.getTime() / HOUR_MS) * HOUR_MS);
    const bases = new Map(
      known.filter(({ hour }) => hour <= settleUntil).map((basis) => [basis.hour.getTime(), basis]),
    );
    const times = [...bases.values()].map(({ hour }) => hour);
    const settled = await inBatches(
      (after) => this.store.portion(market, now, lastHour, times, after, BATCH_SIZE),
      (ids) =>
        this.database.transaction(async (manager) => {
          const locked = await this.store.lock(manager, ids, now);
          await this.store.record(manager, market, now, lastHour, locked);
          return [await this.settle(manager, market.symbol, quoteAsset, locked, bases, now)];
        }),
      (id, error) => this.faults.record(market, 'funding', id, error, now),
    );
    const hours = settled.reduce((sum, ofPortion) => sum + ofPortion, 0);
    this.ended.inc({ outcome: 'settled' }, hours);
    return hours;
  }

  /** Gives up hours that are owed for too long, so that they are seen as what they are. @returns how many. */
  async giveUp({ market, now, first }: FundingPlan): Promise<number> {
    const before = new Date(now.getTime() - GIVE_UP_AFTER_MS);
    if (first >= before) return 0;
    const hours = await this.store.giveUp(market, before, now);
    this.ended.inc({ outcome: 'given_up' }, hours);
    return hours;
  }

  private async settle(
    manager: EntityManager,
    symbol: string,
    quoteAsset: string,
    ids: readonly string[],
    bases: ReadonlyMap<number, FundingBasis>,
    now: Date,
  ): Promise<number> {
    if (bases.size === 0) return 0;
    const owed = await this.store.owedHours(
      manager,
      symbol,
      ids,
      [...bases.values()].map(({ hour }) => hour),
    );
    if (owed.length === 0) return 0;
    const hoursOf = byInstance(owed);
    const owing = await this.store.owing(manager, symbol, [...hoursOf.keys()]);
    const endedOf = byInstance(await this.store.ended(manager, symbol, [...hoursOf.keys()]));
    const rows: SettledRows = { hours: [], margins: [], cash: [], ended: [], ledger: [] };
    for (const row of owing) {
      const books = fundedBooksOf(row, endedOf.get(row.id) ?? []);
      const hours = hoursOf.get(row.id)!.map((hour) => owedHourOf(hour, bases));
      addSettled(rows, row.id, books, settleFundingHours(books, hours, quoteAsset), now);
    }
    await writeBooks(manager, { ...emptyBookRows(), ledger: rows.ledger });
    await this.store.write(manager, symbol, now, rows.hours, rows.margins, rows.cash, rows.ended);
    return rows.hours.length;
  }
}

interface SettledRows {
  readonly hours: SettledHourRow[];
  readonly margins: MarginRow[];
  readonly cash: CashRow[];
  readonly ended: EndedRow[];
  readonly ledger: BookRows['ledger'];
}

function byInstance<Row extends { readonly portfolio_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const others = found.get(row.portfolio_id);
    if (others) others.push(row);
    else found.set(row.portfolio_id, [row]);
  }
  return found;
}

function hoursBetween(first: Date, last: Date): Date[] {
  const count = Math.floor((last.getTime() - first.getTime()) / HOUR_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => new Date(first.getTime() + index * HOUR_MS));
}

async function knownHours(symbol: string, first: Date, toolbox: Toolbox): Promise<FundingBasis[]> {
  const hours = hoursBetween(first, toolbox.at).slice(-MOST_HOURS);
  if (hours.length === 0) return [];
  const candles = (await toolbox.candles(symbol, '1h', hours.length + 1)).value ?? [];
  const rates = (await toolbox.fundingRates(symbol, Math.ceil(hours.length / 24) + 3)).value ?? [];
  return fundingBasesOf(hours, candles, rates);
}

function fundedBooksOf(row: OwingRow, ended: readonly EndedRow[]): FundedBooks {
  const { cash, position } = booksOf(row);
  return {
    cash,
    open: position && { position: position as PerpPosition, openedAt: row.opened_at! },
    ended: new Map(
      ended.map(({ opened_at, equity, taken_over }) => [
        opened_at.getTime(),
        { equity: new Money(plainText(equity)), takenOver: taken_over },
      ]),
    ),
  };
}

function owedHourOf({ hour, opened_at, quantity }: OwedHourRow, bases: ReadonlyMap<number, FundingBasis>) {
  return { ...bases.get(hour.getTime())!, openedAt: opened_at, quantity: new Money(plainText(quantity)) };
}

function addSettled(
  rows: SettledRows,
  portfolioId: string,
  before: FundedBooks,
  { books, settled, entries }: FundingSettlement,
  now: Date,
): void {
  for (const { hour, price, rate, amount } of settled) {
    const [priceText, rateText, amountText] = [toText(price), toText(rate), toText(amount)];
    rows.hours.push({ portfolio_id: portfolioId, hour, price: priceText, rate: rateText, amount: amountText });
  }
  for (const { asset, amount, kind } of entries) {
    const amountText = toText(amount);
    rows.ledger.push({ portfolio_id: portfolioId, asset, amount: amountText, kind, trade_id: null, occurred_at: now });
  }
  if (books.open && before.open && !books.open.position.margin.eq(before.open.position.margin)) {
    const { margin } = books.open.position;
    const change = toText(margin.sub(before.open.position.margin));
    rows.margins.push({ portfolio_id: portfolioId, margin: toText(margin), change });
  }
  for (const [openedAt, end] of books.ended) {
    if (before.ended.get(openedAt)!.equity.eq(end.equity)) continue;
    const equity = toText(end.equity);
    rows.ended.push({ portfolio_id: portfolioId, opened_at: new Date(openedAt), equity, taken_over: end.takenOver });
  }
  if (!books.cash.eq(before.cash)) rows.cash.push({ id: portfolioId, change: toText(books.cash.sub(before.cash)) });
}
