import { Inject, Injectable } from '@nestjs/common';
import type { NamedCatalogue } from '../domain/catalogue.js';
import type { DecisionAgent } from '../domain/decision/decision-agent.js';
import { DECISION_AGENTS } from '../decision-agents/decision-agents.token.js';
import { MarketDataService } from '../market-data/market-data.service.js';
import { RegistryService } from '../registry/registry.service.js';
import { TRADE_CHANNELS, type TradeChannel } from '../trading/channels/trade-channel.js';
import type { KnownCatalogues } from './definition-rules.js';

/** Gathers what a definition can be made of at this moment. */
@Injectable()
export class DefinitionCatalogues {
  constructor(
    @Inject(DECISION_AGENTS) readonly decisionAgents: NamedCatalogue<DecisionAgent>,
    @Inject(TRADE_CHANNELS) readonly channels: NamedCatalogue<TradeChannel>,
    private readonly registry: RegistryService,
    private readonly market: MarketDataService,
  ) {}

  /** One statement: the switches of the registry. Call it before a transaction begins, not within. */
  async load(): Promise<KnownCatalogues> {
    const { agents } = await this.registry.switches();
    return {
      decisionAgents: this.decisionAgents,
      channels: this.channels,
      agentSwitches: agents,
      market: this.market.market,
      hasMarket: (symbol, channel) => this.market.hasMarket(symbol, channel),
    };
  }
}
