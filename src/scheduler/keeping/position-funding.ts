import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ObservedValue } from '../../domain/market/market-snapshot.js';
import type { Candle } from '../../domain/market/market-snapshot.js';
import { Money, toText } from '../../domain/money/decimal.js';
import { fundingCost, payFunding } from '../../domain/trading/perp/perp-funding.js';
import { marginAccountOf } from '../../domain/trading/perp/perp-ledger.js';
import type { PerpPosition } from '../../domain/trading/perp/perp-position.js';
import type { VenueRules } from '../../domain/trading/venue-rules.js';
import type { Toolbox } from '../../market-data/toolbox.js';
import type { LedgerRow } from '../../trading/books/book-rows.js';
import { emptyBookRows, writeBooks } from '../../trading/books/book-writer.js';
import { booksOf } from '../../trading/books/stored-books.js';
import { FundingStore, type FundedRow } from './funding.store.js';
import type { KeptMarket, KeptRow } from './kept-position.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Hours that are made up for at once; the next look goes on. */
const MOST_HOURS = 240;
/** The series of rates is that of this perpetual; another's rate is not known, and no other stands in for it. */
const SYMBOL_OF_RATES = 'BTC';
/** A daily rate counts for so long. */
const RATE_AGE_MS = 2 * DAY_MS;

/** What an hour of funding is computed from. */
interface FundingHour {
  readonly hour: Date;
  readonly price: Money;
  /** Fraction per 8 hours. */
  readonly rate: Money;
}

/** Lets perpetual positions pay and receive their funding, every hour, those that were missed included. */
@Injectable()
export class PositionFunding {
  constructor(
    private readonly database: DataSource,
    private readonly store: FundingStore,
  ) {}

  /**
   * One transaction; an hour is paid once, whoever asks how often. Hours whose price or rate is not known are paid
   * when it is.
   * @returns how many positions paid or received something.
   */
  async pay(market: KeptMarket, rules: VenueRules, toolbox: Toolbox): Promise<number> {
    const now = toolbox.at;
    const oldest = await this.store.oldest(market, now);
    if (!oldest) return 0;
    const hours = await knownHours(market.symbol, oldest, toolbox);
    if (hours.length === 0) return 0;
    return this.database.transaction(async (manager) => {
      const rows = emptyBookRows();
      const funded: FundedRow[] = [];
      for (const row of await this.store.lockDue(manager, market, now)) {
        const paid = payHours(row, hours, marginAccountOf(rules.quoteAsset), now);
        if (!paid) continue;
        rows.ledger.push(...paid.ledger);
        funded.push({ ...paid.position, portfolio_id: row.id, symbol: market.symbol, updated_at: now });
      }
      await writeBooks(manager, rows);
      await this.store.write(manager, funded);
      return funded.length;
    });
  }
}

/** The hours after `since` up to the toolbox's time, up to the first one of which something is not known. */
async function knownHours(symbol: string, since: Date, toolbox: Toolbox): Promise<FundingHour[]> {
  if (symbol !== SYMBOL_OF_RATES) return [];
  const first = since.getTime() + HOUR_MS;
  const last = Math.min(toolbox.at.getTime(), since.getTime() + MOST_HOURS * HOUR_MS);
  const wanted = Math.ceil((toolbox.at.getTime() - since.getTime()) / HOUR_MS) + 2;
  const candles = (await toolbox.candles(symbol, '1h', wanted)).value ?? [];
  const rates = (await toolbox.series('get_funding', Math.ceil(wanted / 24) + 3)).value ?? [];
  const hours: FundingHour[] = [];
  for (let time = first; time <= last; time += HOUR_MS) {
    const price = candles.findLast(({ closeTime }: Candle) => closeTime <= time)?.close;
    const rate = rates.findLast(({ observed_at }: ObservedValue) => Date.parse(observed_at) <= time);
    if (price === undefined || !rate || time - Date.parse(rate.observed_at) > RATE_AGE_MS) break;
    hours.push({ hour: new Date(time), price: new Money(price), rate: new Money(rate.value) });
  }
  return hours;
}

function payHours(row: KeptRow, hours: readonly FundingHour[], account: string, now: Date) {
  const due = hours.filter(({ hour }) => hour > row.funding_until!);
  if (due.length === 0) return null;
  let position = booksOf(row).position as PerpPosition;
  const ledger: LedgerRow[] = [];
  for (const { price, rate } of due) {
    const cost = fundingCost(position, price, rate);
    position = payFunding(position, cost);
    if (cost.isZero()) continue;
    const amount = toText(cost.neg());
    ledger.push({ portfolio_id: row.id, asset: account, amount, kind: 'funding', trade_id: null, occurred_at: now });
  }
  return { ledger, position: { margin: toText(position.margin), funding_until: due.at(-1)!.hour } };
}
