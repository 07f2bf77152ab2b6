import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { Decision } from '../../domain/decision/decision.js';
import { executeInstance, valueBooks } from '../../domain/execution/execute-instance.js';
import { Money, toText } from '../../domain/money/decimal.js';
import { fillingAll, liquidityOf } from '../../domain/trading/liquidity.js';
import { withoutLargestOrder } from '../../domain/trading/order-limits.js';
import { MarketDataUnavailable } from '../../market-data/market-data-errors.js';
import { MarketDataService } from '../../market-data/market-data.service.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { bulkUpdate } from '../../platform/database/bulk-statements.js';
import { Unavailable } from '../../platform/http/problems/app-errors.js';
import { bookExecution } from '../books/book-execution.js';
import { emptyBookRows, writeBooks } from '../books/books.store.js';
import { recordHoursUntil } from '../books/held-hours.store.js';
import { Portfolio } from '../books/portfolio.entity.js';
import { booksOf } from '../books/stored-books.js';
import { TRADE_CHANNELS, type TradeChannel } from '../channels/trade-channel.js';
import type { CloseReason, ClosingMarket, PositionCloser } from './position-closer.js';
import { findHolding } from './holding.store.js';

/** Closes a paper position as a run would: the same order rules, fees, slippage and books. */
@Injectable()
export class PaperPositionCloser implements PositionCloser {
  constructor(
    private readonly market: MarketDataService,
    @Inject(TRADE_CHANNELS) private readonly channels: NamedCatalogue<TradeChannel>,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  async closePositions(
    manager: EntityManager,
    portfolioId: string,
    { price, hourVolume }: ClosingMarket,
    reason: CloseReason,
    now: Date,
  ): Promise<void> {
    const holding = await findHolding(manager, portfolioId);
    if (!holding) return;
    const books = booksOf(holding);
    const rules = withoutLargestOrder(this.channels.get(holding.trade_channel).rulesFor(holding.trade_symbol));
    const venue = {
      baseAsset: holding.trade_symbol,
      rules,
      price: new Money(price),
      slippageBps: this.config.paperSlippageBps,
      ...(hourVolume === null ? {} : { liquidity: fillingAll(liquidityOf(new Money(hourVolume), rules)) }),
    };
    const execution = executeInstance(books, venue, valueBooks(books, venue), SELL_ALL);
    const rows = emptyBookRows();
    const balances = bookExecution(
      rows,
      {
        portfolioId,
        executionId: null,
        channel: holding.trade_channel,
        symbol: holding.trade_symbol,
        price,
        tradeReason: reason,
        lastSnapshotValue: holding.last_snapshot_value,
        openedAt: holding.opened_at,
        lastSnapshotAt: holding.last_snapshot_at,
        now,
      },
      execution,
    );
    await writeBooks(manager, rows);
    await bulkUpdate(manager, Portfolio, 'id', [balances]);
  }

  async leavePositions(manager: EntityManager, portfolioId: string, now: Date): Promise<void> {
    await recordHoursUntil(manager, portfolioId, now);
  }

  async marketOf(symbol: string, channel: string): Promise<ClosingMarket> {
    try {
      const { price, hourVolume } = await this.market.marketNow(symbol, channel);
      return { price: price.value, hourVolume: hourVolume && toText(new Money(hourVolume.value)) };
    } catch (error) {
      if (!(error instanceof MarketDataUnavailable)) throw error;
      throw new Unavailable(
        'market_data_unavailable',
        `There is no price of ${symbol} to close at. Try again, or stop without closing the position.`,
        5,
        { symbol },
      );
    }
  }
}

/** Closing as a decision, so that it passes the same order rules as a run. It buys a short back. */
const SELL_ALL: Decision = {
  conviction_score: null,
  weighted_score: null,
  risk_factor: null,
  contributions: {},
  signal: 'SELL',
  signal_strength: 1,
  position_size: 1,
  risk_level: 'LOW',
  should_execute: true,
  reasons: [],
  distance_to_buy: null,
  distance_to_sell: null,
  next_state: { consecutive_bullish_count: 0, consecutive_bearish_count: 0 },
};
