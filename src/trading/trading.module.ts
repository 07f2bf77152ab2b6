import { Module } from '@nestjs/common';
import { NamedCatalogue } from '../domain/catalogue.js';
import { MarketDataModule } from '../market-data/market-data.module.js';
import { CandlesController } from './candles.controller.js';
import { TRADE_CHANNEL_LIST } from './channels/channel-list.js';
import { TRADE_CHANNELS } from './channels/trade-channel.js';
import { PaperPositionCloser } from './closing/paper-position-closer.js';
import { POSITION_CLOSER } from './closing/position-closer.js';
import { CandleStore } from './positions/candle.store.js';
import { ExitStore } from './positions/exit.store.js';
import { FundingStore } from './positions/funding.store.js';
import { MarketCandles } from './positions/market-candles.js';
import { PositionExits } from './positions/position-exits.js';
import { PositionFunding } from './positions/position-funding.js';
import { PositionMonitor } from './positions/position-monitor.js';
import { SettlementFailureStore } from './positions/settlement-failure.store.js';
import { SettlementFailures } from './positions/settlement-failures.js';
import { DailyStatistics } from './valuation/daily-statistics.js';
import { StatisticsStore } from './valuation/statistics.store.js';
import { ValuationService } from './valuation/valuation.service.js';
import { ValuationStore } from './valuation/valuation.store.js';

/** Trade channels, and changes of positions without a decision: funding, stops, valuation, closing. */
@Module({
  imports: [MarketDataModule],
  controllers: [CandlesController],
  providers: [
    { provide: TRADE_CHANNELS, useFactory: () => new NamedCatalogue('trade channel', TRADE_CHANNEL_LIST) },
    { provide: POSITION_CLOSER, useClass: PaperPositionCloser },
    CandleStore,
    DailyStatistics,
    ExitStore,
    FundingStore,
    SettlementFailureStore,
    SettlementFailures,
    MarketCandles,
    PositionExits,
    PositionFunding,
    PositionMonitor,
    StatisticsStore,
    ValuationService,
    ValuationStore,
  ],
  exports: [TRADE_CHANNELS, POSITION_CLOSER, PositionMonitor, ValuationService],
})
export class TradingModule {}
