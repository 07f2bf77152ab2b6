import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { keepPosition } from '../../domain/execution/keep-position.js';
import { toText } from '../../domain/money/decimal.js';
import type { Observation } from '../../domain/trading/exits/exit-levels.js';
import type { HeldPosition } from '../../domain/trading/held-position.js';
import { sideOfHeld } from '../../domain/trading/held-position.js';
import type { VenueRules } from '../../domain/trading/venue-rules.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { bulkUpdate } from '../../platform/database/bulk-update.js';
import { uuidv7 } from '../../platform/database/uuid.js';
import { bookExecution } from '../../trading/books/book-execution.js';
import type { BalanceRow } from '../../trading/books/book-rows.js';
import { BALANCE_COLUMNS, emptyBookRows, writeBooks } from '../../trading/books/book-writer.js';
import { booksOf } from '../../trading/books/stored-books.js';
import { ExitStore, type ExitRow, type TrailedStop } from './exit.store.js';
import { levelsOf, type KeptMarket } from './kept-position.js';

/** Closes what an observation has reached, and moves the stops of the others. */
@Injectable()
export class PositionExits {
  constructor(
    private readonly database: DataSource,
    private readonly store: ExitStore,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * One transaction. Whoever looks at the same observation a second time, or at the same time, finds the positions closed
   * and the stops moved.
   * @returns what was closed.
   */
  async observe(market: KeptMarket, rules: VenueRules, observation: Observation, now: Date): Promise<ExitRow[]> {
    const rate = rules.perpetual?.maintenanceMarginRate ?? null;
    return this.database.transaction(async (manager) => {
      const reached = await this.store.lockReached(manager, market, observation, rate, now);
      const rows = emptyBookRows();
      const balances: BalanceRow[] = [];
      const exits: ExitRow[] = [];
      const stops: TrailedStop[] = [];
      const venue = { baseAsset: market.symbol, rules, slippageBps: this.config.paperSlippageBps };
      for (const row of reached) {
        const books = booksOf(row) as ReturnType<typeof booksOf> & { readonly position: HeldPosition };
        const kept = keepPosition(books, levelsOf(row), observation, venue);
        if (!kept) continue;
        if (!kept.exit) {
          stops.push({ portfolioId: row.id, stopLoss: kept.trailedTo });
          continue;
        }
        const { exit, concluded } = kept;
        balances.push(
          bookExecution(
            rows,
            {
              portfolioId: row.id,
              executionId: null,
              channel: market.channel,
              symbol: market.symbol,
              price: toText(observation.close),
              tradeReason: exit.kind,
              lastSnapshotValue: row.last_snapshot_value,
              openedAt: row.opened_at,
              lastSnapshotAt: row.last_snapshot_at,
              // Within a candle it is not known when: whatever hour ends in it was not held to its end.
              heldUntil: observation.from,
              now,
            },
            concluded,
          ),
        );
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
        });
      }
      await writeBooks(manager, rows);
      if (balances.length > 0) await bulkUpdate(manager, 'portfolios', BALANCE_COLUMNS, balances);
      await this.store.addExits(manager, exits);
      await this.store.moveStops(manager, market.symbol, stops, observation.until);
      return exits;
    });
  }
}
