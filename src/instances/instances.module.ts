import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { DecisionAgentsModule } from '../decision-agents/decision-agents.module.js';
import { DefinitionsModule } from '../definitions/definitions.module.js';
import { MarketDataModule } from '../market-data/market-data.module.js';
import { RetentionModule } from '../retention/retention.module.js';
import { TradingModule } from '../trading/trading.module.js';
import { InstanceChangesService } from './instance-changes.service.js';
import { InstanceCreationService } from './instance-creation.service.js';
import { BookStore } from './history/book.store.js';
import { ExecutionStore } from './history/execution.store.js';
import { InstanceHistoryController } from './history/instance-history.controller.js';
import { InstanceHistoryService } from './history/instance-history.service.js';
import { PositionExitStore } from './history/position-exit.store.js';
import { TradeStore } from './history/trade.store.js';
import { InstancesController } from './instances.controller.js';
import { PerformanceController, PerformanceService } from './performance/performance.controller.js';
import { PerformanceStore } from './performance/performance.store.js';
import { PortfolioStore } from './portfolios/portfolio.store.js';
import { RecomputeController } from './recompute/recompute.controller.js';
import { RecomputeService } from './recompute/recompute.service.js';
import { RecomputeStore } from './recompute/recompute.store.js';
import { ParamsUpgrade } from './params-upgrade.service.js';
import { InstanceViewStore } from './views/instance-view.store.js';
import { InstanceViewsService } from './views/instance-views.service.js';

/** Instances: made, changed, archived, shown. */
@Module({
  imports: [AuthModule, DecisionAgentsModule, DefinitionsModule, MarketDataModule, RetentionModule, TradingModule],
  controllers: [InstancesController, InstanceHistoryController, PerformanceController, RecomputeController],
  providers: [
    BookStore,
    ExecutionStore,
    InstanceChangesService,
    InstanceCreationService,
    InstanceHistoryService,
    InstanceViewStore,
    InstanceViewsService,
    ParamsUpgrade,
    PerformanceService,
    PerformanceStore,
    PortfolioStore,
    PositionExitStore,
    RecomputeService,
    RecomputeStore,
    TradeStore,
  ],
  exports: [InstanceChangesService, InstanceCreationService],
})
export class InstancesModule {}
