import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { applyObservation } from '../../domain/execution/apply-observation.js';
import { toText } from '../../domain/money/decimal.js';
import type { Observation } from '../../domain/trading/exits.js';
import type { HeldPosition } from '../../domain/trading/held-position.js';
import { sideOfHeld } from '../../domain/trading/held-position.js';
import type { VenueRules } from '../../domain/trading/venue-rules.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { bulkUpdate } from '../../platform/database/bulk-statements.js';
import type { Row } from '../../platform/database/row.js';
import { uuidv7 } from '../../platform/database/uuid.js';
import { bookExecution, type BalanceRow } from '../books/book-execution.js';
import { emptyBookRows, writeBooks } from '../books/books.store.js';
import { Portfolio } from '../books/portfolio.entity.js';
import { booksOf } from '../books/stored-books.js';
import { ExitStore, type ExitRow, type TrailedStop } from './exit.store.js';
import type { ExitBasis } from './position-exit.entity.js';
import { BATCH_SIZE, inBatches } from './in-batches.js';
import { SettlementFailures } from './settlement-failures.js';
import { levelsOf, type MonitoredMarket, type MonitoredRow } from './monitored-position.store.js';

/** Runs scheduled before `kept_at` must not decide any more, whatever their decision agent reads. */
type SettledBalanceRow = BalanceRow & Pick<Row<Portfolio>, 'kept_at'>;

/** Closes positions whose level an observation reached, and trails the other stops. */
@Injectable()
export class PositionExits {
  constructor(
    private readonly database: DataSource,
    private readonly store: ExitStore,
    private readonly faults: SettlementFailures,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Works in batches, each one transaction; a position that fails is recorded and does not block the others. Idempotent: a
   * second or concurrent pass over the same observation finds the positions closed and the stops moved.
   * @returns the closed positions.
   */
  async observe(market: MonitoredMarket, rules: VenueRules, observation: Observation, now: Date): Promise<ExitRow[]> {
    return inBatches(
      (after) => this.store.reached(market, observation, rules.perpetual ?? null, now, after, BATCH_SIZE),
      (ids) => this.act(market, rules, observation, ids, now),
      (id, error) => this.faults.record(market, 'exits', id, error, now),
    );
  }

  private async act(
    market: MonitoredMarket,
    rules: VenueRules,
    observation: Observation,
    ids: readonly string[],
    now: Date,
  ): Promise<ExitRow[]> {
    return this.database.transaction(async (manager) => {
      const reached = await this.store.lock(manager, market, ids, now);
      const rows = emptyBookRows();
      const balances: SettledBalanceRow[] = [];
      const exits: ExitRow[] = [];
      const stops: TrailedStop[] = [];
      const venue = { baseAsset: market.symbol, rules, slippageBps: this.config.paperSlippageBps };
      for (const row of reached) {
        const books = booksOf(row) as ReturnType<typeof booksOf> & { readonly position: HeldPosition };
        const change = applyObservation(books, levelsOf(row), observation, venue);
        if (!change) continue;
        if (!change.exit) {
          stops.push({ portfolioId: row.id, stopLoss: change.trailedTo });
          continue;
        }
        const { exit, concluded } = change;
        const context = {
          portfolioId: row.id,
          executionId: null,
          channel: market.channel,
          symbol: market.symbol,
          price: toText(observation.close),
          tradeReason: exit.kind,
          lastSnapshotValue: row.last_snapshot_value,
          openedAt: row.opened_at,
          lastSnapshotAt: row.last_snapshot_at,
          // The time within a candle is unknown, so an hour that ends inside it counts as not held.
          heldUntil: observation.from,
          now,
        };
        balances.push({ ...bookExecution(rows, context, concluded), kept_at: now });
        exits.push({
          id: uuidv7(now.getTime()),
          portfolio_id: row.id,
          symbol: market.symbol,
          side: sideOfHeld(books.position),
          kind: exit.kind,
          level: toText(exit.level),
          price: toText(exit.price),
          observed_from: observation.from,
          observed_until: observation.until,
          opened_at: row.opened_at,
          order_id: rows.orders.at(-1)!.id,
          executed_at: now,
          basis: basisOf(row, observation, venue.slippageBps),
        });
      }
      await writeBooks(manager, rows);
      await bulkUpdate(manager, Portfolio, 'id', balances);
      await this.store.addExits(manager, exits);
      await this.store.moveStops(manager, market.symbol, stops, observation.until);
      return exits;
    });
  }
}

function basisOf(
  row: MonitoredRow,
  { open, high, low, close, hourVolume }: Observation,
  slippageBps: number,
): ExitBasis {
  const { side, quantity, entry_notional, margin, cost_basis, leverage, average_entry_price } = row;
  const { stop_loss, take_profit, stop_distance, expires_at, levels_since } = row;
  return {
    position: {
      side: side!,
      quantity: quantity!,
      entry_notional: entry_notional!,
      margin: margin!,
      cost_basis: cost_basis!,
      leverage: leverage!,
      average_entry_price: average_entry_price!,
    },
    levels: { stop_loss, take_profit, stop_distance, expires_at, levels_since },
    observation: { open: toText(open), high: toText(high), low: toText(low), close: toText(close) },
    hour_volume: hourVolume ? toText(hourVolume) : null,
    slippage_bps: slippageBps,
  };
}
