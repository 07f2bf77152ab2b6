import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { DecisionAgentsModule } from '../decision-agents/decision-agents.module.js';
import { MarketDataModule } from '../market-data/market-data.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { TradingModule } from '../trading/trading.module.js';
import { DefinitionCatalogues } from './definition-catalogues.js';
import { DefinitionStore } from './definition.store.js';
import { DefinitionsController } from './definitions.controller.js';
import { DefinitionsService } from './definitions.service.js';

@Module({
  imports: [AuthModule, DecisionAgentsModule, MarketDataModule, RegistryModule, TradingModule],
  controllers: [DefinitionsController],
  providers: [DefinitionStore, DefinitionCatalogues, DefinitionsService],
  exports: [DefinitionStore, DefinitionsService],
})
export class DefinitionsModule {}
