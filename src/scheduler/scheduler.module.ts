import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AuthModule } from '../auth/auth.module.js';
import { BusinessAgentsModule } from '../business-agents/business-agents.module.js';
import { DecisionAgentsModule } from '../decision-agents/decision-agents.module.js';
import { MarketDataModule } from '../market-data/market-data.module.js';
import { TradingModule } from '../trading/trading.module.js';
import { ChunkHandler } from './chunks/chunk-handler.js';
import { ChunkStore } from './chunks/chunk.store.js';
import { Heartbeat } from './heartbeat/heartbeat.js';
import { LostWork } from './heartbeat/lost-work.js';
import { RunDispatcher } from './heartbeat/run-dispatcher.js';
import { PartitionKeeper } from './history/partition-keeper.js';
import { RetentionSweep } from './history/retention-sweep.js';
import { InvariantCheckService } from './invariants/invariant-check.service.js';
import { CandleStore } from './keeping/candle.store.js';
import { ExitStore } from './keeping/exit.store.js';
import { FundingStore } from './keeping/funding.store.js';
import { KeepingFaults } from './keeping/keeping-faults.js';
import { MarketCandles } from './keeping/market-candles.js';
import { PositionExits } from './keeping/position-exits.js';
import { PositionFunding } from './keeping/position-funding.js';
import { PositionKeeper } from './keeping/position-keeper.js';
import { RunMetrics } from './metrics/run-metrics.js';
import { ScheduleGauges } from './metrics/schedule-gauges.js';
import { ScheduleGaugesStore } from './metrics/schedule-gauges.store.js';
import { AgentExecutionStore } from './runs/agent-execution.store.js';
import { DividedRunStore } from './runs/divided-run.store.js';
import { RunHandler } from './runs/run-handler.js';
import { RunPlanner } from './runs/run-planner.js';
import { RunStore } from './runs/run.store.js';
import { ConvictionStore } from './views/conviction.store.js';
import { ConvictionsController } from './views/convictions.controller.js';
import { ConvictionsService } from './views/convictions.service.js';
import { RunViewStore } from './views/run-view.store.js';
import { RunsController } from './views/runs.controller.js';
import { DailyStatistics } from './valuation/daily-statistics.js';
import { StatisticsStore } from './valuation/statistics.store.js';
import { ValuationService } from './valuation/valuation.service.js';
import { ValuationStore } from './valuation/valuation.store.js';

/** Due definitions -> runs -> chunks. */
@Module({
  imports: [
    ScheduleModule.forRoot(),
    AuthModule,
    MarketDataModule,
    BusinessAgentsModule,
    DecisionAgentsModule,
    TradingModule,
  ],
  controllers: [RunsController, ConvictionsController],
  providers: [
    AgentExecutionStore,
    CandleStore,
    ChunkHandler,
    ChunkStore,
    ConvictionStore,
    ConvictionsService,
    DailyStatistics,
    DividedRunStore,
    ExitStore,
    FundingStore,
    Heartbeat,
    InvariantCheckService,
    KeepingFaults,
    LostWork,
    MarketCandles,
    PartitionKeeper,
    PositionExits,
    PositionFunding,
    PositionKeeper,
    RetentionSweep,
    RunDispatcher,
    RunHandler,
    RunMetrics,
    RunPlanner,
    RunStore,
    RunViewStore,
    ScheduleGauges,
    ScheduleGaugesStore,
    StatisticsStore,
    ValuationService,
    ValuationStore,
  ],
  exports: [InvariantCheckService, PositionKeeper, RunPlanner, RunHandler, ChunkHandler],
})
export class SchedulerModule {}
