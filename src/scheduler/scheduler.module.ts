import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AuthModule } from '../auth/auth.module.js';
import { BusinessAgentsModule } from '../business-agents/business-agents.module.js';
import { DecisionAgentsModule } from '../decision-agents/decision-agents.module.js';
import { InvariantsModule } from '../invariants/invariants.module.js';
import { MarketDataModule } from '../market-data/market-data.module.js';
import { TradingModule } from '../trading/trading.module.js';
import { ChunkHandler } from './chunks/chunk-handler.js';
import { ChunkStore } from './chunks/chunk.store.js';
import { Heartbeat } from './planner/heartbeat.js';
import { StalledWorkRecovery } from './planner/stalled-work-recovery.js';
import { RunDispatcher } from './planner/run-dispatcher.js';
import { RunMetrics } from './runs/run-metrics.js';
import { ScheduleGauges } from './planner/schedule-gauges.js';
import { ScheduleGaugesStore } from './planner/schedule-gauges.store.js';
import { AgentExecutionStore } from './runs/agent-execution.store.js';
import { RunProgressStore } from './runs/run-progress.store.js';
import { RunHandler } from './runs/run-handler.js';
import { PlannerStore } from './planner/planner.store.js';
import { RunPlanner } from './planner/run-planner.js';
import { RunStore } from './runs/run.store.js';
import { ConvictionStore } from './views/conviction.store.js';
import { ConvictionsController } from './views/convictions.controller.js';
import { ConvictionsService } from './views/convictions.service.js';
import { RunViewStore } from './views/run-view.store.js';
import { RunsController } from './views/runs.controller.js';

/** Due definitions -> runs -> chunks. */
@Module({
  imports: [
    ScheduleModule.forRoot(),
    AuthModule,
    InvariantsModule,
    MarketDataModule,
    BusinessAgentsModule,
    DecisionAgentsModule,
    TradingModule,
  ],
  controllers: [RunsController, ConvictionsController],
  providers: [
    AgentExecutionStore,
    ChunkHandler,
    ChunkStore,
    ConvictionStore,
    ConvictionsService,
    RunProgressStore,
    Heartbeat,
    StalledWorkRecovery,
    RunDispatcher,
    RunHandler,
    RunMetrics,
    PlannerStore,
    RunPlanner,
    RunStore,
    RunViewStore,
    ScheduleGauges,
    ScheduleGaugesStore,
  ],
  exports: [RunPlanner, RunHandler, ChunkHandler],
})
export class SchedulerModule {}
